// Threads, their priority and place, and memory that stays resident.
#ifndef CLINUX_THREAD_H
#define CLINUX_THREAD_H

#include <stdint.h>

// What a thread runs.
typedef void (*pc_thread_body)(void *context);

// Starts a thread with a stack of this size, every page of which is touched before `body` runs.
// `name` has at most 15 bytes. A priority of 1...99 puts it under SCHED_FIFO, 0 leaves it as its
// maker is; a processor of 0 and more keeps it there, -1 anywhere. EPERM when the priority is not
// allowed. Signals are blocked in it, so that they reach the main thread.
int32_t pc_thread_start(
    uint64_t *thread, pc_thread_body body, void *context, uint64_t stack_bytes, int32_t priority,
    int32_t processor, const char *name);

// Puts the calling thread under SCHED_FIFO with this priority.
int32_t pc_thread_hurry(int32_t priority);

// Waits for a thread to end.
int32_t pc_thread_join(uint64_t thread);

// Gives all threads one heap, so that the C library takes none for each; before threads start.
void pc_memory_share_heap(void);

// Locks all memory of the process, present and future.
int32_t pc_memory_lock(void);

// Memory that is zero, page aligned, resident, and shared with processes forked later; nothing
// when there is none. It is never given back.
void *pc_memory_shared(uint64_t bytes);

// Largest resident memory of the process so far, in bytes.
int64_t pc_memory_resident_peak(void);

// Asks the processors to stay out of deep sleep as long as the descriptor that it returns is open.
int32_t pc_processor_hold_awake(void);

#endif
