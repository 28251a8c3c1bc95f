// Those who watch the firmware: the service manager and the watchdog of the board.
#ifndef CLINUX_SUPERVISOR_H
#define CLINUX_SUPERVISOR_H

#include <stdint.h>

// Tells the service manager a state ("READY=1"). 1 when it was told, 0 when nobody asked to be
// told (NOTIFY_SOCKET is not set).
int32_t pc_supervisor_notify(const char *state);

// How often the service manager wants WATCHDOG=1, in microseconds; 0 when it does not, or when it
// wants it of another process.
int64_t pc_supervisor_watchdog_period(void);

// Opens a watchdog device; from now on it must be fed.
int32_t pc_watchdog_open(const char *path, uint32_t timeout_seconds);

// Feeds it.
int32_t pc_watchdog_feed(int32_t watchdog);

// Stops it, where the device allows that, and closes it.
int32_t pc_watchdog_close(int32_t watchdog);

#endif
