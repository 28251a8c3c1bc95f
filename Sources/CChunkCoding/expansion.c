// Beside the compressor, not with it: the firmware links no code that reads compressed bytes.
#include "CChunkCoding.h"
#include <zstd.h>

int64_t pc_expand(const uint8_t *bytes, uint64_t length, uint8_t *out, uint64_t room) {
  return pc_chunk_outcome(ZSTD_decompress(out, room, bytes, length));
}
