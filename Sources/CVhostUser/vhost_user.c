#define _GNU_SOURCE
#include "vhost_user.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { most_sockets = 32, most_descriptors = 8 };

int32_t pc_vhost_listen(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) return -ENAMETOOLONG;
  strcpy(address.sun_path, path);
  unlink(path);
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) return -errno;
  if (bind(listener, (const struct sockaddr *)&address, sizeof address) < 0
      || listen(listener, 4) < 0) {
    const int error = errno;
    close(listener);
    return -error;
  }
  return listener;
}

int32_t pc_vhost_accept(int32_t listener) {
  for (;;) {
    const int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (connection >= 0) return connection;
    if (errno != EINTR) return -errno;
  }
}

int32_t pc_vhost_read(int32_t socket, void *bytes, uint32_t count) {
  uint32_t done = 0;
  while (done < count) {
    const ssize_t got = read(socket, (uint8_t *)bytes + done, count - done);
    if (got == 0) return -ECONNRESET;
    if (got < 0 && errno != EINTR) return -errno;
    if (got > 0) done += (uint32_t)got;
  }
  return 0;
}

int32_t pc_vhost_read_with_descriptors(
    int32_t socket, void *bytes, uint32_t count, int32_t *descriptors, uint32_t *descriptor_count) {
  union {
    char space[CMSG_SPACE(most_descriptors * sizeof(int))];
    struct cmsghdr alignment;
  } control;
  struct iovec piece = {.iov_base = bytes, .iov_len = count};
  struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1,
      .msg_control = control.space, .msg_controllen = sizeof control.space};
  const uint32_t room = *descriptor_count;
  *descriptor_count = 0;
  ssize_t got;
  do {
    got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return -errno;
  if (got == 0) return -ECONNRESET;
  for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const uint32_t sent = (uint32_t)((part->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    for (uint32_t index = 0; index < sent; index++) {
      int descriptor;
      memcpy(&descriptor, CMSG_DATA(part) + index * sizeof(int), sizeof(int));
      if (*descriptor_count < room) descriptors[(*descriptor_count)++] = descriptor;
      else close(descriptor);
    }
  }
  return pc_vhost_read(socket, (uint8_t *)bytes + got, count - (uint32_t)got);
}

int32_t pc_vhost_write(int32_t socket, const void *bytes, uint32_t count) {
  uint32_t done = 0;
  while (done < count) {
    const ssize_t put = send(socket, (const uint8_t *)bytes + done, count - done, MSG_NOSIGNAL);
    if (put < 0 && errno != EINTR) return -errno;
    if (put > 0) done += (uint32_t)put;
  }
  return 0;
}

int32_t pc_vhost_wait(const int32_t *sockets, uint32_t count, int32_t milliseconds) {
  struct pollfd polled[most_sockets];
  if (count > most_sockets) return -EINVAL;
  for (uint32_t index = 0; index < count; index++) {
    polled[index] = (struct pollfd){.fd = sockets[index], .events = POLLIN};
  }
  for (;;) {
    const int ready = poll(polled, count, milliseconds);
    if (ready == 0) return -ETIMEDOUT;
    if (ready < 0 && errno != EINTR) return -errno;
    if (ready < 0) continue;
    for (uint32_t index = 0; index < count; index++) {
      if (polled[index].revents != 0) return (int32_t)index;
    }
  }
}

void *pc_vhost_map(int32_t descriptor, uint64_t length) {
  void *address = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  return address == MAP_FAILED ? NULL : address;
}

void pc_vhost_unmap(void *address, uint64_t length) { munmap(address, length); }

void pc_vhost_close(int32_t descriptor) { close(descriptor); }
