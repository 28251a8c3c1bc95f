// Files and pipes by descriptor. Paths end in a zero byte.
#ifndef CLINUX_FILE_H
#define CLINUX_FILE_H

#include <stdint.h>

// How a file is opened.
enum {
  // For reading; it must be there.
  PC_FILE_READ = 0,
  // For reading and writing; it must be there.
  PC_FILE_UPDATE = 1,
  // For writing; created when it is not there, emptied when it is.
  PC_FILE_REPLACE = 2,
  // For writing behind what is there; created when it is not there.
  PC_FILE_APPEND = 3,
  // For writing; it must not be there.
  PC_FILE_CREATE = 4,
};

// Opens a file in one of these ways; `mode` is that of a file that is created.
int32_t pc_file_open(const char *path, int32_t way, uint32_t mode);

// Closes a descriptor of any kind.
int32_t pc_file_close(int32_t descriptor);

// Reads what is there, at most `room` bytes; 0 at the end. Goes on after a signal.
int64_t pc_file_read(int32_t descriptor, uint8_t *bytes, uint64_t room);

// Reads at an offset and leaves the position alone.
int64_t pc_file_read_at(int32_t descriptor, uint8_t *bytes, uint64_t room, uint64_t offset);

// Writes once; how many bytes were taken. Goes on after a signal.
int64_t pc_file_write(int32_t descriptor, const uint8_t *bytes, uint64_t count);

// Writes everything or fails.
int32_t pc_file_write_all(int32_t descriptor, const uint8_t *bytes, uint64_t count);

// Writes at an offset and leaves the position alone.
int64_t pc_file_write_at(
    int32_t descriptor, const uint8_t *bytes, uint64_t count, uint64_t offset);

// Waits until data, and what is needed to read it back, are on the medium.
int32_t pc_file_sync(int32_t descriptor);

// Length in bytes.
int64_t pc_file_length(int32_t descriptor);

// Cuts a file to a length.
int32_t pc_file_truncate(int32_t descriptor, uint64_t length);

// Makes a file readable under another name, in place of what was there.
int32_t pc_file_rename(const char *from, const char *to);

// Removes a file.
int32_t pc_file_remove(const char *path);

// Makes a directory; one that is there already is as good.
int32_t pc_directory_make(const char *path, uint32_t mode);

// Waits until the names in a directory are on the medium.
int32_t pc_directory_sync(const char *path);

// Opens a directory to read its entries.
int32_t pc_directory_open(const char *path);

// Fills memory, aligned to 8, with entries of a directory; how many bytes, 0 at the end.
int64_t pc_directory_read(int32_t directory, uint8_t *entries, uint64_t room);

// The name of the entry at `offset` of what pc_directory_read gave, nothing behind the last one;
// `offset` goes on to the next. The name is valid as long as the memory.
const char *pc_directory_name(const uint8_t *entries, int64_t length, int64_t *offset);

// Opens a character device for reading and writing that never block, a terminal without echo and
// without any change of its bytes.
int32_t pc_console_open(const char *path);

// Bytes that an ordinary user may still write on the medium of a path.
int64_t pc_medium_free(const char *path);

// Opens a pipe; both ends close on exec.
int32_t pc_pipe_open(int32_t *read_end, int32_t *write_end);

// The value of an environment variable; nothing when it is not set.
const char *pc_environment(const char *name);

#endif
