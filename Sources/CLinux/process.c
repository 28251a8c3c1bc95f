#define _GNU_SOURCE
#include "clinux_process.h"
#include "clinux_time.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int32_t pc_process_number(void) { return (int32_t)getpid(); }

int32_t pc_kernel_release(char *text, uint32_t room) {
  struct utsname names;
  if (room == 0) return -EINVAL;
  if (uname(&names) != 0) return -errno;
  strncpy(text, names.release, room - 1);
  text[room - 1] = '\0';
  return 0;
}

int32_t pc_process_fork(void) {
  const pid_t process = fork();
  return process < 0 ? -errno : (int32_t)process;
}

int32_t pc_process_watch(int32_t process) {
  const long descriptor = syscall(SYS_pidfd_open, process, 0);
  return descriptor < 0 ? -errno : (int32_t)descriptor;
}

int32_t pc_process_signal(int32_t process, int32_t number) {
  return kill(process, number) == 0 ? 0 : -errno;
}

int32_t pc_process_wait(int32_t process) {
  int status;
  pid_t ended;
  do {
    ended = waitpid(process, &status, 0);
  } while (ended < 0 && errno == EINTR);
  if (ended < 0) return -errno;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void pc_descriptors_open(uint64_t words[4]) {
  for (int descriptor = 0; descriptor < 256; descriptor++) {
    const uint64_t bit = (uint64_t)1 << (descriptor % 64);
    if (descriptor % 64 == 0) words[descriptor / 64] = 0;
    if (fcntl(descriptor, F_GETFD) >= 0) words[descriptor / 64] |= bit;
  }
}

void pc_process_exit(int32_t code) { _exit(code); }

int32_t pc_signals_open(void) {
  signal(SIGPIPE, SIG_IGN);
  // A terminal that closes is no wish to end a machine.
  signal(SIGHUP, SIG_IGN);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  if (sigprocmask(SIG_BLOCK, &set, NULL) != 0) return -errno;
  const int descriptor = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  return descriptor < 0 ? -errno : descriptor;
}

int32_t pc_signals_take(int32_t descriptor) {
  struct signalfd_siginfo info;
  const ssize_t length = read(descriptor, &info, sizeof info);
  if (length == (ssize_t)sizeof info) return (int32_t)info.ssi_signo;
  return length < 0 && errno != EAGAIN ? -errno : 0;
}

int32_t pc_wake_open(void) {
  const int descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  return descriptor < 0 ? -errno : descriptor;
}

int32_t pc_wake_raise(int32_t descriptor) {
  const uint64_t one = 1;
  return write(descriptor, &one, sizeof one) == (ssize_t)sizeof one ? 0 : -errno;
}

int32_t pc_wake_clear(int32_t descriptor) {
  uint64_t count;
  if (read(descriptor, &count, sizeof count) == (ssize_t)sizeof count || errno == EAGAIN) return 0;
  return -errno;
}

int32_t pc_wait(pc_wait_item *items, uint32_t count, int64_t until) {
  enum { most = 64 };
  struct pollfd polled[most];
  if (count > most) return -EINVAL;
  for (uint32_t index = 0; index < count; index++) {
    polled[index].fd = items[index].descriptor;
    polled[index].events =
        (short)((items[index].wants_read ? POLLIN : 0) | (items[index].wants_write ? POLLOUT : 0));
    polled[index].revents = 0;
  }
  int ready;
  do {
    struct timespec rest = {0, 0};
    if (until >= 0) {
      const int64_t left = until - pc_clock_now();
      if (left > 0) {
        rest.tv_sec = (time_t)(left / 1000000000);
        rest.tv_nsec = (long)(left % 1000000000);
      }
    }
    ready = ppoll(polled, count, until < 0 ? NULL : &rest, NULL);
  } while (ready < 0 && errno == EINTR);
  if (ready < 0) return -errno;
  for (uint32_t index = 0; index < count; index++) {
    items[index].is_readable = (polled[index].revents & POLLIN) != 0;
    items[index].is_writable = (polled[index].revents & POLLOUT) != 0;
    items[index].is_broken = (polled[index].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
  }
  return ready;
}
