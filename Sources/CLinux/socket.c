#define _GNU_SOURCE
#include "clinux_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int32_t address_of(const char *path, struct sockaddr_un *address) {
  if (strlen(path) >= sizeof address->sun_path) return -ENAMETOOLONG;
  memset(address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  strcpy(address->sun_path, path);
  return 0;
}

// Removes a socket at which nobody listens any more.
static int32_t clear_path(const char *path, const struct sockaddr_un *address) {
  struct stat status;
  if (lstat(path, &status) != 0) return errno == ENOENT ? 0 : -errno;
  if (!S_ISSOCK(status.st_mode)) return -EADDRINUSE;
  const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (probe < 0) return -errno;
  const int answers = connect(probe, (const struct sockaddr *)address, sizeof *address) == 0;
  const int error = errno;
  close(probe);
  if (answers || error == EAGAIN) return -EADDRINUSE;
  if (error != ECONNREFUSED) return -error;
  return unlink(path) == 0 || errno == ENOENT ? 0 : -errno;
}

// The number of a group by name, read from the group file: a static program cannot ask the name
// service.
static int32_t group_number(const char *name, uint32_t *number) {
  FILE *groups = fopen("/etc/group", "re");
  if (groups == NULL) return -errno;
  const size_t length = strlen(name);
  char line[1024];
  int32_t outcome = -ENOENT;
  while (outcome != 0 && fgets(line, sizeof line, groups) != NULL) {
    if (strncmp(line, name, length) != 0 || line[length] != ':') continue;
    const char *second = strchr(line + length + 1, ':');
    if (second == NULL) continue;
    *number = (uint32_t)strtoul(second + 1, NULL, 10);
    outcome = 0;
  }
  fclose(groups);
  return outcome;
}

static int32_t set_access(const char *path, uint32_t mode, const char *group) {
  if (group[0] != '\0') {
    uint32_t number = 0;
    const int32_t outcome = group_number(group, &number);
    if (outcome != 0) return outcome;
    if (chown(path, (uid_t)-1, (gid_t)number) != 0) return -errno;
  }
  return chmod(path, (mode_t)mode) == 0 ? 0 : -errno;
}

int32_t pc_socket_listen(const char *path, uint32_t mode, const char *group) {
  struct sockaddr_un address;
  int32_t outcome = address_of(path, &address);
  if (outcome == 0) outcome = clear_path(path, &address);
  if (outcome != 0) return outcome;
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener < 0) return -errno;
  // Nobody connects before the mode is set: bind with no access first.
  const mode_t before = umask(0777);
  outcome = bind(listener, (struct sockaddr *)&address, sizeof address) == 0 ? 0 : -errno;
  umask(before);
  if (outcome == 0) outcome = set_access(path, mode, group);
  if (outcome == 0 && listen(listener, 16) != 0) outcome = -errno;
  if (outcome != 0) {
    close(listener);
    return outcome;
  }
  return listener;
}

int32_t pc_socket_accept(int32_t listener) {
  int connection;
  do {
    connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  } while (connection < 0 && (errno == EINTR || errno == ECONNABORTED));
  return connection < 0 ? -errno : connection;
}

int32_t pc_socket_connect(const char *path) {
  struct sockaddr_un address;
  const int32_t outcome = address_of(path, &address);
  if (outcome != 0) return outcome;
  const int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connection < 0) return -errno;
  if (connect(connection, (struct sockaddr *)&address, sizeof address) != 0) {
    const int error = errno;
    close(connection);
    return -error;
  }
  return connection;
}

int32_t pc_socket_pair(int32_t *first, int32_t *second) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) != 0) return -errno;
  *first = ends[0];
  *second = ends[1];
  return 0;
}

int32_t pc_socket_set_blocking(int32_t descriptor, int32_t is_blocking) {
  const int flags = fcntl(descriptor, F_GETFL);
  if (flags < 0) return -errno;
  const int wanted = is_blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
  return fcntl(descriptor, F_SETFL, wanted) == 0 ? 0 : -errno;
}

int32_t pc_socket_peer(int32_t connection, pc_peer *peer) {
  struct ucred credentials;
  socklen_t length = sizeof credentials;
  if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) return -errno;
  peer->process = credentials.pid;
  peer->user = credentials.uid;
  peer->group = credentials.gid;
  return 0;
}

int64_t pc_socket_receive(int32_t connection, uint8_t *bytes, uint64_t room) {
  ssize_t length;
  do {
    length = recv(connection, bytes, room, 0);
  } while (length < 0 && errno == EINTR);
  return length < 0 ? -(int64_t)errno : length;
}

int64_t pc_socket_send(int32_t connection, const uint8_t *bytes, uint64_t count) {
  ssize_t length;
  do {
    length = send(connection, bytes, count, MSG_NOSIGNAL);
  } while (length < 0 && errno == EINTR);
  return length < 0 ? -(int64_t)errno : length;
}
