#define _GNU_SOURCE
#include "vhost_user.h"

#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { most_descriptors = 8, patience_milliseconds = 60000 };

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

int32_t pc_vhost_read_some(int32_t socket, void *bytes, uint32_t room, bool waits) {
  for (;;) {
    const ssize_t got = recv(socket, bytes, room, waits ? 0 : MSG_DONTWAIT);
    if (got > 0) return (int32_t)got;
    if (got == 0) return -ECONNRESET;
    if (!waits && (errno == EAGAIN || errno == EWOULDBLOCK)) return 0;
    if (errno != EINTR) return -errno;
  }
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

int32_t pc_vhost_watch_open(void) {
  const int watch = epoll_create1(EPOLL_CLOEXEC);
  return watch >= 0 ? watch : -errno;
}

int32_t pc_vhost_watch(int32_t watch, int32_t socket, uint32_t key) {
  struct epoll_event event = {.events = EPOLLIN, .data = {.u32 = key}};
  return epoll_ctl(watch, EPOLL_CTL_ADD, socket, &event) == 0 ? 0 : -errno;
}

int32_t pc_vhost_next(int32_t watch) {
  for (;;) {
    struct epoll_event event;
    const int ready = epoll_wait(watch, &event, 1, patience_milliseconds);
    if (ready == 1) return (int32_t)event.data.u32;
    if (ready == 0) return -ETIMEDOUT;
    if (ready < 0 && errno != EINTR) return -errno;
  }
}

int32_t pc_vhost_share_processor(void) {
  const int processor = sched_getcpu();
  if (processor < 0 || processor >= CPU_SETSIZE) return -EINVAL;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processor, &set);
  if (sched_setaffinity(0, sizeof set, &set) < 0) return -errno;
  const struct sched_param none = {.sched_priority = 0};
  return sched_setscheduler(0, SCHED_BATCH, &none) == 0 ? 0 : -errno;
}

void *pc_vhost_map(int32_t descriptor, uint64_t length) {
  void *address = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  return address == MAP_FAILED ? NULL : address;
}

void pc_vhost_unmap(void *address, uint64_t length) { munmap(address, length); }

void pc_vhost_close(int32_t descriptor) { close(descriptor); }
