// The advanced calls give a compressor whose memory the caller owns.
#define ZSTD_STATIC_LINKING_ONLY
#include "CChunkCoding.h"
#include <zstd.h>

// Cheap enough for a small board, and one strategy for every length, so that the static firmware need
// not hold the others (left_out.c). Measured on recordings: files are 3 % longer than those of level 5,
// 3 % shorter than those of level 3; larger tables gain nothing on a chunk.
static const struct {
  ZSTD_cParameter name;
  int value;
} settings[] = {
  {ZSTD_c_strategy, ZSTD_dfast}, {ZSTD_c_minMatch, 4},  {ZSTD_c_windowLog, 18},
  {ZSTD_c_hashLog, 15},          {ZSTD_c_chainLog, 15}, {ZSTD_c_searchLog, 1},
  {ZSTD_c_targetLength, 1},
};
enum { setting_count = sizeof settings / sizeof settings[0] };

uint64_t pc_compressor_memory(void) {
  const ZSTD_compressionParameters parameters = {
    .windowLog = 18, .chainLog = 15, .hashLog = 15, .searchLog = 1, .minMatch = 4,
    .targetLength = 1, .strategy = ZSTD_dfast,
  };
  return ZSTD_estimateCCtxSize_usingCParams(parameters);
}

uint64_t pc_compressed_bound(uint64_t length) { return ZSTD_compressBound(length); }

int64_t pc_compress(
  uint8_t *memory, uint64_t memory_length, const uint8_t *bytes, uint64_t length, uint8_t *out,
  uint64_t room) {
  ZSTD_CCtx *context = ZSTD_initStaticCCtx(memory, memory_length);
  if (!context) return PC_CHUNK_NO_MEMORY;
  for (int index = 0; index < setting_count; index++) {
    const size_t result =
      ZSTD_CCtx_setParameter(context, settings[index].name, settings[index].value);
    if (ZSTD_isError(result)) return pc_chunk_outcome(result);
  }
  return pc_chunk_outcome(ZSTD_compress2(context, out, room, bytes, length));
}
