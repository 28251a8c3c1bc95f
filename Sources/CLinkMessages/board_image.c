#include "CLinkMessages.h"

#include <pb_decode.h>
#include <pb_encode.h>
#include <string.h>

int32_t pc_board_encode(const perfusion_board_Board *board, uint8_t *bytes, uint32_t room) {
  pb_ostream_t stream = pb_ostream_from_buffer(bytes, room);
  if (!pb_encode(&stream, perfusion_board_Board_fields, board)) return PC_MESSAGE_NO_ROOM;
  return (int32_t)stream.bytes_written;
}

int32_t pc_board_decode(const uint8_t *bytes, uint32_t length, perfusion_board_Board *board) {
  pb_istream_t stream = pb_istream_from_buffer(bytes, length);
  if (pb_decode(&stream, perfusion_board_Board_fields, board)) return 0;
  const char *cause = PB_GET_ERROR(&stream);
  if (strcmp(cause, "array overflow") == 0 || strcmp(cause, "string overflow") == 0)
    return PC_MESSAGE_TOO_MANY;
  return PC_MESSAGE_MALFORMED;
}
