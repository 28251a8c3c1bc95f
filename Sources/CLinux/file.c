#define _GNU_SOURCE
#include "clinux_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

// Calls again as long as a signal interrupts; gives the result or a negative errno.
#define PC_AGAIN(call) \
  ({                                              \
    int64_t result;                               \
    do {                                          \
      result = (int64_t)(call);                   \
    } while (result < 0 && errno == EINTR);       \
    result < 0 ? -(int64_t)errno : result;        \
  })

int32_t pc_file_open(const char *path, int32_t way, uint32_t mode) {
  int flags;
  switch (way) {
    case PC_FILE_READ: flags = O_RDONLY; break;
    case PC_FILE_UPDATE: flags = O_RDWR; break;
    case PC_FILE_REPLACE: flags = O_WRONLY | O_CREAT | O_TRUNC; break;
    case PC_FILE_APPEND: flags = O_WRONLY | O_CREAT | O_APPEND; break;
    case PC_FILE_CREATE: flags = O_WRONLY | O_CREAT | O_EXCL; break;
    default: return -EINVAL;
  }
  return (int32_t)PC_AGAIN(open(path, flags | O_CLOEXEC, (mode_t)mode));
}

int32_t pc_file_close(int32_t descriptor) { return close(descriptor) == 0 ? 0 : -errno; }

int64_t pc_file_read(int32_t descriptor, uint8_t *bytes, uint64_t room) {
  return PC_AGAIN(read(descriptor, bytes, room));
}

int64_t pc_file_read_at(int32_t descriptor, uint8_t *bytes, uint64_t room, uint64_t offset) {
  return PC_AGAIN(pread(descriptor, bytes, room, (off_t)offset));
}

int64_t pc_file_write(int32_t descriptor, const uint8_t *bytes, uint64_t count) {
  return PC_AGAIN(write(descriptor, bytes, count));
}

int32_t pc_file_write_all(int32_t descriptor, const uint8_t *bytes, uint64_t count) {
  uint64_t written = 0;
  while (written < count) {
    const int64_t taken = pc_file_write(descriptor, bytes + written, count - written);
    if (taken < 0) return (int32_t)taken;
    written += (uint64_t)taken;
  }
  return 0;
}

int64_t pc_file_write_at(
    int32_t descriptor, const uint8_t *bytes, uint64_t count, uint64_t offset) {
  return PC_AGAIN(pwrite(descriptor, bytes, count, (off_t)offset));
}

int32_t pc_file_sync(int32_t descriptor) { return (int32_t)PC_AGAIN(fdatasync(descriptor)); }

int64_t pc_file_length(int32_t descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 ? (int64_t)status.st_size : -(int64_t)errno;
}

int32_t pc_file_truncate(int32_t descriptor, uint64_t length) {
  return (int32_t)PC_AGAIN(ftruncate(descriptor, (off_t)length));
}

int32_t pc_file_rename(const char *from, const char *to) {
  return rename(from, to) == 0 ? 0 : -errno;
}

int32_t pc_file_remove(const char *path) { return unlink(path) == 0 ? 0 : -errno; }

int32_t pc_directory_make(const char *path, uint32_t mode) {
  return mkdir(path, (mode_t)mode) == 0 || errno == EEXIST ? 0 : -errno;
}

int32_t pc_directory_sync(const char *path) {
  const int64_t descriptor = PC_AGAIN(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor < 0) return (int32_t)descriptor;
  const int32_t outcome = (int32_t)PC_AGAIN(fsync((int)descriptor));
  close((int)descriptor);
  return outcome;
}

int64_t pc_medium_free(const char *path) {
  struct statvfs status;
  if (statvfs(path, &status) != 0) return -(int64_t)errno;
  return (int64_t)status.f_bavail * (int64_t)status.f_frsize;
}

int32_t pc_pipe_open(int32_t *read_end, int32_t *write_end) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -errno;
  *read_end = ends[0];
  *write_end = ends[1];
  return 0;
}

const char *pc_environment(const char *name) { return getenv(name); }

int32_t pc_directory_open(const char *path) {
  return (int32_t)PC_AGAIN(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

int64_t pc_directory_read(int32_t directory, uint8_t *entries, uint64_t room) {
  return PC_AGAIN(syscall(SYS_getdents64, directory, entries, room));
}

const char *pc_directory_name(const uint8_t *entries, int64_t length, int64_t *offset) {
  // struct linux_dirent64: inode and offset (8 bytes each), length of the entry (2), kind (1), name.
  enum { length_at = 16, name_at = 19 };
  if (*offset + name_at >= length) return NULL;
  const uint8_t *entry = entries + *offset;
  const int64_t entry_length = entry[length_at] | entry[length_at + 1] << 8;
  *offset += entry_length > 0 ? entry_length : length;
  return (const char *)entry + name_at;
}

int32_t pc_console_open(const char *path) {
  const int32_t console =
      (int32_t)PC_AGAIN(open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  struct termios settings;
  if (console >= 0 && tcgetattr(console, &settings) == 0) {
    cfmakeraw(&settings);
    if (tcsetattr(console, TCSANOW, &settings) != 0) {
      const int error = errno;
      close(console);
      return -error;
    }
  }
  return console;
}
