// Clocks. Every call of CLinux returns zero or a count when it went well and a negative errno when
// it did not; no call decides what that means.
#ifndef CLINUX_TIME_H
#define CLINUX_TIME_H

#include <stdint.h>

// Nanoseconds of CLOCK_MONOTONIC.
int64_t pc_clock_now(void);

// Nanoseconds since 1970 of CLOCK_REALTIME.
int64_t pc_clock_civil(void);

// Sleeps until this moment of CLOCK_MONOTONIC, signals or not. A moment in the past returns at once.
int32_t pc_clock_sleep_until(int64_t nanoseconds);

#endif
