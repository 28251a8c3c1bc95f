#define _GNU_SOURCE
#include "clinux_time.h"

#include <errno.h>
#include <time.h>

static int64_t nanoseconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t pc_clock_now(void) { return nanoseconds(CLOCK_MONOTONIC); }

int64_t pc_clock_civil(void) { return nanoseconds(CLOCK_REALTIME); }

int32_t pc_clock_sleep_until(int64_t moment) {
  if (moment < 0) return 0;
  const struct timespec until = {
      .tv_sec = (time_t)(moment / 1000000000),
      .tv_nsec = (long)(moment % 1000000000),
  };
  int error;
  do {
    error = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
  } while (error == EINTR);
  return -error;
}
