#include "CChunkCoding.h"
#include <zstd.h>
#include <zstd_errors.h>

int64_t pc_chunk_outcome(uint64_t result) {
  if (!ZSTD_isError(result)) return (int64_t)result;
  switch (ZSTD_getErrorCode(result)) {
  case ZSTD_error_memory_allocation: return PC_CHUNK_NO_MEMORY;
  case ZSTD_error_dstSize_tooSmall: return PC_CHUNK_NO_ROOM;
  default: return PC_CHUNK_MALFORMED;
  }
}
