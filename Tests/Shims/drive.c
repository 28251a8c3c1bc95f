// Drives every shim of CLinux through its good and its bad ways, to be run under valgrind: what is
// read is initialised, what is taken is given back, descriptors too.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "clinux_file.h"
#include "clinux_gpio.h"
#include "clinux_i2c.h"
#include "clinux_process.h"
#include "clinux_socket.h"
#include "clinux_supervisor.h"
#include "clinux_thread.h"
#include "clinux_time.h"
#include "paper.h"

static char folder[] = "/tmp/shims-XXXXXX";
static char path[128];

#define MUST(condition) \
  do {                                                                           \
    if (!(condition)) {                                                          \
      fprintf(stderr, "shims: %s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                                   \
    }                                                                            \
  } while (0)

static const char *in_folder(const char *name) {
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static void files(void) {
  uint8_t bytes[8] = {0};
  const int32_t file = pc_file_open(in_folder("file"), PC_FILE_REPLACE, 0600);
  MUST(file >= 0 && pc_file_write_all(file, (const uint8_t *)"abcdef", 6) == 0);
  MUST(pc_file_sync(file) == 0 && pc_file_length(file) == 6 && pc_file_truncate(file, 4) == 0);
  MUST(pc_file_close(file) == 0 && pc_file_close(file) == -EBADF);
  const int32_t again = pc_file_open(in_folder("file"), PC_FILE_UPDATE, 0);
  MUST(pc_file_read_at(again, bytes, 8, 1) == 3 && bytes[0] == 'b');
  MUST(pc_file_write_at(again, bytes, 2, 9) == 2 && pc_file_read(again, bytes, 8) == 8);
  pc_file_close(again);
  MUST(pc_file_open(in_folder("none"), PC_FILE_READ, 0) == -ENOENT);
  MUST(pc_file_open(in_folder("file"), PC_FILE_CREATE, 0600) == -EEXIST);
  MUST(pc_file_open(folder, 99, 0) == -EINVAL);
  char from[128];
  snprintf(from, sizeof from, "%s", in_folder("file"));
  MUST(pc_file_rename(from, in_folder("renamed")) == 0 && pc_file_remove(from) == -ENOENT);
  MUST(pc_directory_make(in_folder("inner"), 0700) == 0 && rmdir(in_folder("inner")) == 0);
  MUST(pc_directory_sync(folder) == 0 && pc_directory_sync(in_folder("none")) == -ENOENT);
  MUST(pc_medium_free(folder) > 0 && pc_medium_free(in_folder("none")) == -ENOENT);
}

static void directories(void) {
  uint64_t entries[128];
  const int32_t directory = pc_directory_open(folder);
  MUST(directory >= 0);
  int names = 0;
  int64_t length;
  while ((length = pc_directory_read(directory, (uint8_t *)entries, sizeof entries)) > 0) {
    int64_t offset = 0;
    const char *name;
    while ((name = pc_directory_name((const uint8_t *)entries, length, &offset)) != NULL) {
      names += strlen(name) > 0;
    }
  }
  MUST(length == 0 && names == 3 && pc_file_close(directory) == 0);
}

static void consoles(void) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  MUST(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
  const int32_t console = pc_console_open(ptsname(master));
  uint8_t byte = 0;
  MUST(console >= 0 && pc_file_read(console, &byte, 1) == -EAGAIN);
  MUST(pc_file_write(console, (const uint8_t *)"\n", 1) == 1 && read(master, &byte, 1) == 1);
  MUST(byte == '\n');
  pc_file_close(console);
  close(master);
  MUST(pc_console_open(in_folder("none")) == -ENOENT);
}

static void sockets(void) {
  uint8_t bytes[4];
  pc_peer peer;
  const int32_t listener = pc_socket_listen(in_folder("socket"), 0600, "root");
  MUST(listener >= 0 || listener == -EPERM);
  const int32_t door = listener >= 0 ? listener : pc_socket_listen(path, 0600, "");
  MUST(pc_socket_accept(door) == -EAGAIN && pc_socket_listen(path, 0600, "") == -EADDRINUSE);
  // Whoever wanted the path has knocked to see whether somebody is at home.
  pc_file_close(pc_socket_accept(door));
  const int32_t client = pc_socket_connect(path), served = pc_socket_accept(door);
  MUST(client >= 0 && served >= 0 && pc_socket_peer(served, &peer) == 0);
  MUST(peer.process == pc_process_number());
  MUST(pc_socket_send(client, (const uint8_t *)"xyz", 3) == 3);
  MUST(pc_socket_receive(served, bytes, 4) == 3 && bytes[2] == 'z');
  MUST(pc_socket_set_blocking(client, 0) == 0 && pc_socket_receive(client, bytes, 4) == -EAGAIN);
  pc_file_close(served);
  MUST(pc_socket_receive(client, bytes, 4) == 0);
  pc_file_close(client);
  pc_file_close(door);
  MUST(pc_socket_connect(path) == -ECONNREFUSED && pc_socket_listen(path, 0600, "?") == -ENOENT);
  MUST(pc_socket_set_blocking(-1, 1) == -EBADF && pc_socket_peer(-1, &peer) == -EBADF);
  int32_t first, second;
  MUST(pc_socket_pair(&first, &second) == 0);
  pc_file_close(first);
  pc_file_close(second);
  pc_file_remove(path);
}

static void waits(void) {
  pc_wait_item item = {.descriptor = pc_wake_open(), .wants_read = true};
  MUST(pc_wait(&item, 1, pc_clock_now() + 100000) == 0 && !item.is_readable);
  MUST(pc_wake_raise(item.descriptor) == 0 && pc_wait(&item, 1, -1) == 1 && item.is_readable);
  MUST(pc_wake_clear(item.descriptor) == 0 && pc_wake_clear(item.descriptor) == 0);
  pc_file_close(item.descriptor);
  int32_t ends[2];
  MUST(pc_pipe_open(&ends[0], &ends[1]) == 0);
  pc_wait_item pipe = {.descriptor = ends[0], .wants_read = true};
  pc_file_close(ends[1]);
  MUST(pc_wait(&pipe, 1, 0) == 1 && pipe.is_broken && pc_wait(&pipe, 65, 0) == -EINVAL);
  pc_file_close(ends[0]);
}

static void processes(void) {
  char release[16];
  MUST(pc_kernel_release(release, sizeof release) == 0 && strlen(release) > 0);
  MUST(pc_kernel_release(release, 0) == -EINVAL);
  const int32_t signals = pc_signals_open();
  MUST(signals >= 0 && pc_signals_take(signals) == 0);
  MUST(pc_process_signal(pc_process_number(), 15) == 0 && pc_signals_take(signals) == 15);
  pc_file_close(signals);
  const int32_t child = pc_process_fork();
  if (child == 0) pc_process_exit(7);
  const int32_t watched = pc_process_watch(child);
  pc_wait_item item = {.descriptor = watched, .wants_read = true};
  MUST(watched < 0 || pc_wait(&item, 1, -1) == 1);
  MUST(pc_process_wait(child) == 7 && pc_process_wait(child) == -ECHILD);
  if (watched >= 0) pc_file_close(watched);
}

static void count(void *context) { (*(int *)context)++; }

static void threads(void) {
  uint64_t thread = 0;
  int counted = 0;
  MUST(pc_thread_start(&thread, count, &counted, 262144, 0, 0, "a name that is far too long") == 0);
  MUST(pc_thread_join(thread) == 0 && counted == 1);
  MUST(pc_thread_start(&thread, count, &counted, 262144, 0, 100000, "none") == -EINVAL);
  MUST(pc_thread_start(&thread, count, &counted, 1, 0, -1, "small") == -EINVAL);
  const int32_t hurried = pc_thread_start(&thread, count, &counted, 262144, 10, -1, "fifo");
  MUST(hurried == 0 || hurried == -EPERM);
  if (hurried == 0) MUST(pc_thread_join(thread) == 0);
  pc_memory_share_heap();
  uint8_t *memory = pc_memory_shared(8192);
  MUST(memory != NULL && memory[8191] == 0 && pc_memory_resident_peak() > 0);
  const int32_t awake = pc_processor_hold_awake();
  if (awake >= 0) pc_file_close(awake);
}

static void supervisors(void) {
  unsetenv("NOTIFY_SOCKET");
  MUST(pc_supervisor_notify("READY=1") == 0 && pc_supervisor_watchdog_period() == 0);
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%s/notify", folder);
  const int manager = socket(AF_UNIX, SOCK_DGRAM, 0);
  MUST(bind(manager, (struct sockaddr *)&address, sizeof address) == 0);
  setenv("NOTIFY_SOCKET", address.sun_path, 1);
  setenv("WATCHDOG_USEC", "2000000", 1);
  char told[16] = {0};
  MUST(pc_supervisor_notify("READY=1") == 1 && recv(manager, told, sizeof told - 1, 0) == 7);
  MUST(strcmp(told, "READY=1") == 0 && pc_supervisor_watchdog_period() == 2000000);
  setenv("WATCHDOG_PID", "1", 1);
  MUST(pc_supervisor_watchdog_period() == 0 && strlen(pc_environment("WATCHDOG_PID")) == 1);
  close(manager);
  MUST(pc_supervisor_notify("READY=1") < 0 && unlink(address.sun_path) == 0);
  const int32_t watchdog = pc_watchdog_open("/dev/null", 15);
  MUST(watchdog >= 0 && pc_watchdog_feed(watchdog) == 0 && pc_watchdog_close(watchdog) == 0);
  MUST(pc_watchdog_open(in_folder("none"), 15) == -ENOENT);
}

static void buses(void) {
  uint32_t functions = 0;
  uint8_t read[40] = {0};
  const uint8_t register_number[] = {3, 4, 5};
  MUST(pc_i2c_open(in_folder("none"), 10, 1, &functions) == -ENOENT);
  MUST(pc_i2c_open("/dev/null", 10, 1, &functions) == -ENOTTY);
  // The lowest free descriptor is the next one.
  paper_adapter = open("/dev/null", O_RDONLY);
  close(paper_adapter);
  const int32_t adapter = pc_i2c_open("/dev/null", 10, 1, &functions);
  MUST(adapter == paper_adapter && functions == (PC_I2C_PLAIN | PC_I2C_READ_BLOCK | PC_I2C_WRITE_BLOCK));
  MUST(pc_i2c_transfer(adapter, 0x48, register_number, 1, read, 6) == 0 && read[5] == 5);
  MUST(pc_i2c_transfer(adapter, 0x48, NULL, 0, read, 2) == 0);
  MUST(pc_i2c_transfer(adapter, 0x48, register_number, 0, NULL, 0) == 0);
  MUST(pc_i2c_transfer(adapter, 0x48, register_number, 70000, read, 1) == -EINVAL);
  MUST(pc_i2c_transfer_smbus(adapter, 0x48, register_number, 1, read, 6) == 0 && read[5] == 6);
  MUST(pc_i2c_transfer_smbus(adapter, 0x48, register_number, 3, NULL, 0) == 0);
  MUST(pc_i2c_transfer_smbus(adapter, 0x48, register_number, 1, NULL, 0) == 0);
  MUST(pc_i2c_transfer_smbus(adapter, 0x48, NULL, 0, read, 1) == 0 && read[0] == 42);
  MUST(pc_i2c_transfer_smbus(adapter, 0x48, NULL, 0, NULL, 0) == 0);
  MUST(pc_i2c_transfer_smbus(adapter, 0x48, register_number, 2, read, 9) == -EOPNOTSUPP);
  paper_bus_error = EREMOTEIO;
  MUST(pc_i2c_transfer(adapter, 0x48, register_number, 1, read, 6) == -EREMOTEIO);
  MUST(pc_i2c_transfer_smbus(adapter, 0x48, register_number, 1, read, 6) == -EREMOTEIO);
  paper_bus_error = 0;
  pc_file_close(adapter);
  paper_adapter = -1;
}

#ifndef PC_LIBGPIOD_2
static void outputs(void) {
  pc_gpio_request *request = NULL;
  uint64_t levels = 0;
  const uint32_t offsets[] = {0, 2, 4}, held[] = {1, paper_held}, beyond[] = {1, 77};
  pc_gpio_settings settings = {.is_output = true, .bias = PC_GPIO_BIAS_PULL_UP};
  MUST(pc_gpio_open(paper_chip, offsets, 3, &settings, 5, &request) == 0);
  MUST(pc_gpio_read(request, &levels) == 0 && levels == 5);
  MUST(pc_gpio_write(request, 2) == 0 && pc_gpio_read(request, &levels) == 0 && levels == 2);
  pc_gpio_close(request);
  MUST(pc_gpio_open(paper_chip, held, 2, &settings, 0, &request) == -EBUSY);
  MUST(pc_gpio_open(paper_chip, beyond, 2, &settings, 0, &request) == -EINVAL);
  MUST(pc_gpio_open("/dev/gpiochip9", offsets, 3, &settings, 0, &request) == -ENOENT);
  MUST(pc_gpio_open(paper_chip, offsets, 0, &settings, 0, &request) == -EINVAL);
  paper_refusal = EPERM;
  MUST(pc_gpio_open(paper_chip, offsets, 3, &settings, 0, &request) == -EPERM);
  MUST(pc_gpio_peek(paper_chip, 1, true) == -EPERM);
  paper_refusal = 0;
}

static void lines(void) {
  pc_gpio_chip chips[4], chip;
  char consumer[16];
  MUST(pc_gpio_chips(chips, 4) >= 0);
  memset(&chip, 0, sizeof chip);
  MUST(pc_gpio_describe(paper_chip, &chip) == 0 && chip.lines == paper_lines);
  MUST(strcmp(chip.label, "paper") == 0 && pc_gpio_describe("/dev/none", &chip) == -ENOENT);
  MUST(pc_gpio_find(paper_chip, "three") == 3 && pc_gpio_find(paper_chip, "nine") == -ENOENT);
  MUST(pc_gpio_consumer(paper_chip, paper_held, consumer, sizeof consumer) == 1);
  MUST(strcmp(consumer, "somebody") == 0);
  MUST(pc_gpio_consumer(paper_chip, 0, consumer, sizeof consumer) == 0 && consumer[0] == '\0');
  MUST(pc_gpio_consumer(paper_chip, 99, consumer, sizeof consumer) == -EINVAL);
  MUST(pc_gpio_peek(paper_chip, 1, true) == 0 && pc_gpio_peek(paper_chip, 99, false) == -EINVAL);
  outputs();
  pc_gpio_request *request = NULL;
  pc_gpio_edge edges[8];
  int32_t descriptors[4];
  const uint32_t offsets[] = {1, 6};
  pc_gpio_settings settings = {.captures_edges = true, .bias = PC_GPIO_BIAS_PULL_DOWN};
  MUST(pc_gpio_open(paper_chip, offsets, 2, &settings, 0, &request) == 0);
  MUST(pc_gpio_edge_descriptors(request, descriptors, 4) == 2);
  MUST(pc_gpio_take_edges(request, edges, 8) == 2 && edges[1].line == 1 && edges[0].is_asserted);
  MUST(edges[0].at == 3000000007 && pc_gpio_take_edges(request, edges, 8) == 0);
  pc_gpio_close(request);
  MUST(paper_open_chips == 0);
}
#endif

int main(void) {
  MUST(mkdtemp(folder) != NULL);
  files();
  directories();
  consoles();
  sockets();
  waits();
  processes();
  threads();
  supervisors();
  buses();
#ifndef PC_LIBGPIOD_2
  lines();
#endif
  MUST(pc_clock_civil() > 0 && pc_clock_sleep_until(pc_clock_now() + 1000) == 0);
  MUST(pc_clock_sleep_until(-1) == 0);
  pc_file_remove(in_folder("renamed"));
  MUST(rmdir(folder) == 0);
  puts("shims: every way was gone");
  return 0;
}
