// What the calls of zstd came to.
#ifndef PERFUSION_CHUNK_OUTCOME_H
#define PERFUSION_CHUNK_OUTCOME_H

#include "CChunkCoding.h"
#include <zstd.h>
#include <zstd_errors.h>

static inline int64_t outcome(size_t result) {
  if (!ZSTD_isError(result)) return (int64_t)result;
  switch (ZSTD_getErrorCode(result)) {
  case ZSTD_error_memory_allocation: return PC_CHUNK_NO_MEMORY;
  case ZSTD_error_dstSize_tooSmall: return PC_CHUNK_NO_ROOM;
  default: return PC_CHUNK_MALFORMED;
  }
}

#endif
