#define _GNU_SOURCE
#include "clinux_supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/watchdog.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int32_t pc_supervisor_notify(const char *state) {
  const char *path = getenv("NOTIFY_SOCKET");
  if (path == NULL || path[0] == '\0') return 0;
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const size_t length = strlen(path);
  if (length >= sizeof address.sun_path) return -ENAMETOOLONG;
  memcpy(address.sun_path, path, length);
  // An abstract name is written with @ and begins with a zero byte.
  if (path[0] == '@') address.sun_path[0] = '\0';
  const int connection = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (connection < 0) return -errno;
  const socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
  const ssize_t sent = sendto(
      connection, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&address, size);
  const int error = errno;
  close(connection);
  return sent < 0 ? -error : 1;
}

int64_t pc_supervisor_watchdog_period(void) {
  const char *process = getenv("WATCHDOG_PID");
  if (process != NULL && strtol(process, NULL, 10) != (long)getpid()) return 0;
  const char *period = getenv("WATCHDOG_USEC");
  return period == NULL ? 0 : (int64_t)strtoll(period, NULL, 10);
}

int32_t pc_watchdog_open(const char *path, uint32_t timeout_seconds) {
  const int watchdog = open(path, O_WRONLY | O_CLOEXEC);
  if (watchdog < 0) return -errno;
  int timeout = (int)timeout_seconds;
  if (ioctl(watchdog, WDIOC_SETTIMEOUT, &timeout) != 0 && errno != EOPNOTSUPP && errno != ENOTTY) {
    const int error = errno;
    close(watchdog);
    return -error;
  }
  return watchdog;
}

int32_t pc_watchdog_feed(int32_t watchdog) {
  return write(watchdog, "\0", 1) == 1 ? 0 : -errno;
}

int32_t pc_watchdog_close(int32_t watchdog) {
  // The magic close: a device that takes it stops.
  const int32_t outcome = write(watchdog, "V", 1) == 1 ? 0 : -errno;
  return close(watchdog) == 0 ? outcome : -errno;
}
