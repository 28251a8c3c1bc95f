// Unix sockets. Descriptors are closed with pc_file_close.
#ifndef CLINUX_SOCKET_H
#define CLINUX_SOCKET_H

#include <stdint.h>

// Who is at the other end of a connection.
typedef struct {
  int32_t process;
  uint32_t user;
  uint32_t group;
} pc_peer;

// Listens at a path, in place of a socket that was left there (a file that is not a socket, or a
// socket at which somebody listens, gives EADDRINUSE). The socket gets this mode, and the group
// unless that is empty. Does not block.
int32_t pc_socket_listen(const char *path, uint32_t mode, const char *group);

// Takes a connection that waits; EAGAIN when none does. The connection does not block.
int32_t pc_socket_accept(int32_t listener);

// Connects to a path. The connection blocks.
int32_t pc_socket_connect(const char *path);

// A connected pair of datagram-like stream ends (SOCK_SEQPACKET). Both block and survive exec.
int32_t pc_socket_pair(int32_t *first, int32_t *second);

// Makes a descriptor block or not.
int32_t pc_socket_set_blocking(int32_t descriptor, int32_t is_blocking);

// Who is at the other end.
int32_t pc_socket_peer(int32_t connection, pc_peer *peer);

// Receives what is there, at most `room` bytes; 0 when the other side has closed.
int64_t pc_socket_receive(int32_t connection, uint8_t *bytes, uint64_t room);

// Sends; how many bytes were taken. Never raises SIGPIPE.
int64_t pc_socket_send(int32_t connection, const uint8_t *bytes, uint64_t count);

#endif
