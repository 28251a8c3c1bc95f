#include "CLinkMessages.h"

#include <pb_decode.h>
#include <pb_encode.h>
#include <string.h>

static const pb_msgdesc_t *fields(int32_t kind) {
  switch (kind) {
  case PC_CLIENT_MESSAGE: return perfusion_ClientMessage_fields;
  case PC_SERVER_MESSAGE: return perfusion_ServerMessage_fields;
  default: return NULL;
  }
}

int32_t pc_link_encode(int32_t kind, const void *message, uint8_t *bytes, uint32_t room) {
  const pb_msgdesc_t *description = fields(kind);
  if (description == NULL) return PC_MESSAGE_MALFORMED;
  pb_ostream_t stream = pb_ostream_from_buffer(bytes, room);
  if (!pb_encode(&stream, description, message)) return PC_MESSAGE_NO_ROOM;
  return (int32_t)stream.bytes_written;
}

int32_t pc_link_decode(int32_t kind, const uint8_t *bytes, uint32_t length, void *message) {
  const pb_msgdesc_t *description = fields(kind);
  if (description == NULL) return PC_MESSAGE_MALFORMED;
  pb_istream_t stream = pb_istream_from_buffer(bytes, length);
  if (pb_decode(&stream, description, message)) return 0;
  const char *cause = PB_GET_ERROR(&stream);
  if (strcmp(cause, "array overflow") == 0 || strcmp(cause, "string overflow") == 0 ||
      strcmp(cause, "bytes overflow") == 0)
    return PC_MESSAGE_TOO_MANY;
  return PC_MESSAGE_MALFORMED;
}
