// The advanced calls give a compressor whose memory the caller owns.
#define ZSTD_STATIC_LINKING_ONLY
#include "CChunkCoding.h"
#include <zstd.h>
#include <zstd_errors.h>

// Cheap enough for a small board; higher levels gained under 3 % on recordings.
static const int level = 5;

uint64_t pc_compressor_memory(void) { return ZSTD_estimateCCtxSize(level); }

uint64_t pc_compressed_bound(uint64_t length) { return ZSTD_compressBound(length); }

static int64_t outcome(size_t result) {
  if (!ZSTD_isError(result)) return (int64_t)result;
  switch (ZSTD_getErrorCode(result)) {
  case ZSTD_error_memory_allocation: return PC_CHUNK_NO_MEMORY;
  case ZSTD_error_dstSize_tooSmall: return PC_CHUNK_NO_ROOM;
  default: return PC_CHUNK_MALFORMED;
  }
}

int64_t pc_compress(
  uint8_t *memory, uint64_t memory_length, const uint8_t *bytes, uint64_t length, uint8_t *out,
  uint64_t room) {
  ZSTD_CCtx *context = ZSTD_initStaticCCtx(memory, memory_length);
  if (!context) return PC_CHUNK_NO_MEMORY;
  return outcome(ZSTD_compressCCtx(context, out, room, bytes, length, level));
}

int64_t pc_expand(const uint8_t *bytes, uint64_t length, uint8_t *out, uint64_t room) {
  return outcome(ZSTD_decompress(out, room, bytes, length));
}
