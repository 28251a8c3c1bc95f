// Sockets of the vhost-user protocol: messages with file descriptors, shared memory, waiting.
// Everything here returns a negative errno on failure and decides nothing.
#ifndef PC_VHOST_USER_H
#define PC_VHOST_USER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Listens on a Unix stream socket; an old socket of that name is replaced.
int32_t pc_vhost_listen(const char *path);
// Takes a connection.
int32_t pc_vhost_accept(int32_t listener);
// Reads exactly `count` bytes; -ECONNRESET when the other side has closed.
int32_t pc_vhost_read(int32_t socket, void *bytes, uint32_t count);
// Reads as many bytes as are there, at most `room`: their number. Waits for the first, or gives 0 when
// there are none.
int32_t pc_vhost_read_some(int32_t socket, void *bytes, uint32_t room, bool waits);
// Reads exactly `count` bytes and the descriptors that come with the first of them, at most
// `*descriptor_count`, which is set to their number.
int32_t pc_vhost_read_with_descriptors(
    int32_t socket, void *bytes, uint32_t count, int32_t *descriptors, uint32_t *descriptor_count);
// Writes all bytes.
int32_t pc_vhost_write(int32_t socket, const void *bytes, uint32_t count);
// Opens a watch over sockets.
int32_t pc_vhost_watch_open(void);
// Watches a socket under a key, at most 0x7fffffff, until it is closed.
int32_t pc_vhost_watch(int32_t watch, int32_t socket, uint32_t key);
// Waits until one of the sockets can be read: its key. When several can, it gives them by turns.
// -ETIMEDOUT after a minute.
int32_t pc_vhost_next(int32_t watch);
// Keeps this thread, and what it starts, on the processor on which it runs now, and lets none of them
// take it from another before that waits: two programs that only ever wait for each other are quickest
// so.
int32_t pc_vhost_share_processor(void);
// Maps shared memory for reading and writing; NULL when that fails.
void *pc_vhost_map(int32_t descriptor, uint64_t length);
// Ends a mapping.
void pc_vhost_unmap(void *address, uint64_t length);
// Closes a descriptor.
void pc_vhost_close(int32_t descriptor);
#endif
