// Processes, signals and the wake-ups between threads.
#ifndef CLINUX_PROCESS_H
#define CLINUX_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

// Number of the calling process.
int32_t pc_process_number(void);

// The release of the running kernel, ended by a zero, cut to the room.
int32_t pc_kernel_release(char *text, uint32_t room);

// Forks: 0 in the new process, its number in the old one.
int32_t pc_process_fork(void);

// A descriptor that becomes readable when the process has ended.
int32_t pc_process_watch(int32_t process);

// Sends a signal to a process.
int32_t pc_process_signal(int32_t process, int32_t number);

// Waits for a child to end; its exit code, or 128 + the signal that ended it.
int32_t pc_process_wait(int32_t process);

// Ends the process at once, without anything that is done at exit.
void pc_process_exit(int32_t code);

// Which of the descriptors 0...255 are open: bit i of the first word is descriptor i.
void pc_descriptors_open(uint64_t words[4]);

// Makes SIGTERM and SIGINT readable at the descriptor that it returns, and ignores SIGPIPE and SIGHUP.
int32_t pc_signals_open(void);

// What Ctrl-C sends.
#define PC_SIGNAL_INTERRUPT 2

// Takes a signal that waits: its number, 0 when none does.
int32_t pc_signals_take(int32_t descriptor);

// A counter that threads wake each other with.
int32_t pc_wake_open(void);

// Makes the counter readable.
int32_t pc_wake_raise(int32_t descriptor);

// Makes it unreadable again.
int32_t pc_wake_clear(int32_t descriptor);

// One descriptor of a wait.
typedef struct {
  int32_t descriptor;
  bool wants_read;
  bool wants_write;
  bool is_readable;
  bool is_writable;
  // Closed by the other side, or in error.
  bool is_broken;
} pc_wait_item;

// Waits until one of the descriptors (at most 64) is ready, or until a moment of CLOCK_MONOTONIC in
// nanoseconds; a negative moment waits for ever. A negative descriptor is passed over. Returns how
// many are ready.
int32_t pc_wait(pc_wait_item *items, uint32_t count, int64_t until);

#endif
