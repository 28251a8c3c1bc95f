#define _GNU_SOURCE
#include "clinux_thread.h"

#include <alloca.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

struct beginning {
  pc_thread_body body;
  void *context;
  uint64_t stack_bytes;
  char name[16];
};

// Touches the stack below the caller, a page at a time, and leaves a margin for what is in use.
static void __attribute__((noinline)) touch_stack(uint64_t bytes) {
  const uint64_t margin = 32768, page = 4096;
  if (bytes <= margin) return;
  volatile char *stack = alloca(bytes - margin);
  for (uint64_t offset = 0; offset < bytes - margin; offset += page) stack[offset] = 0;
}

static void *begin(void *argument) {
  struct beginning beginning = *(struct beginning *)argument;
  free(argument);
  pthread_setname_np(pthread_self(), beginning.name);
  touch_stack(beginning.stack_bytes);
  beginning.body(beginning.context);
  return NULL;
}

static int ask_fifo(pthread_attr_t *attributes, int32_t priority) {
  const struct sched_param parameters = {.sched_priority = priority};
  int error = pthread_attr_setinheritsched(attributes, PTHREAD_EXPLICIT_SCHED);
  if (error == 0) error = pthread_attr_setschedpolicy(attributes, SCHED_FIFO);
  if (error == 0) error = pthread_attr_setschedparam(attributes, &parameters);
  return error;
}

static int ask_processor(pthread_attr_t *attributes, int32_t processor) {
  if (processor >= CPU_SETSIZE) return EINVAL;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processor, &set);
  return pthread_attr_setaffinity_np(attributes, sizeof set, &set);
}

int32_t pc_thread_start(
    uint64_t *thread, pc_thread_body body, void *context, uint64_t stack_bytes, int32_t priority,
    int32_t processor, const char *name) {
  struct beginning *beginning = calloc(1, sizeof *beginning);
  if (beginning == NULL) return -ENOMEM;
  beginning->body = body;
  beginning->context = context;
  beginning->stack_bytes = stack_bytes;
  strncpy(beginning->name, name, sizeof beginning->name - 1);

  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  int error = pthread_attr_setstacksize(&attributes, stack_bytes);
  if (error == 0 && priority > 0) error = ask_fifo(&attributes, priority);
  if (error == 0 && processor >= 0) error = ask_processor(&attributes, processor);
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  pthread_t created;
  if (error == 0) error = pthread_create(&created, &attributes, begin, beginning);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  if (error != 0) {
    free(beginning);
    return -error;
  }
  *thread = (uint64_t)created;
  return 0;
}

int32_t pc_thread_hurry(int32_t priority) {
  const struct sched_param parameters = {.sched_priority = priority};
  return -pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters);
}

int32_t pc_thread_join(uint64_t thread) { return -pthread_join((pthread_t)thread, NULL); }

void pc_memory_share_heap(void) { mallopt(M_ARENA_MAX, 1); }

int32_t pc_memory_lock(void) { return mlockall(MCL_CURRENT | MCL_FUTURE) == 0 ? 0 : -errno; }

void *pc_memory_shared(uint64_t bytes) {
  void *memory = mmap(
      NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

int64_t pc_memory_resident_peak(void) {
  struct rusage usage;
  if (getrusage(RUSAGE_SELF, &usage) != 0) return -errno;
  return (int64_t)usage.ru_maxrss * 1024;
}

int32_t pc_processor_hold_awake(void) {
  const int descriptor = open("/dev/cpu_dma_latency", O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return -errno;
  const int32_t latency = 0;
  if (write(descriptor, &latency, sizeof latency) != (ssize_t)sizeof latency) {
    const int error = errno;
    close(descriptor);
    return -error;
  }
  return descriptor;
}
