// Parts of zstd that the strategy of compression.c never calls, left out of the static firmware (a fifth of its size): a
// weak stand-in keeps the linker from taking the library's. Each does what is right should it be
// called after all: a search finds no match, so the block is kept as it is; the rest does nothing.
#ifdef PERFUSION_STATIC_FIRMWARE

#include <stddef.h>

#define FINDS_NOTHING(name)                                                                     \
  size_t name(void *state, void *sequences, void *offsets, const void *source, size_t length);  \
  __attribute__((weak)) size_t name(                                                            \
    void *state, void *sequences, void *offsets, const void *source, size_t length) {           \
    (void)state, (void)sequences, (void)offsets, (void)source;                                  \
    return length;                                                                              \
  }
#define DOES_NOTHING(name) \
  void *name(void);        \
  __attribute__((weak)) void *name(void) { return NULL; }
#define WITH_DICTIONARIES(name)       \
  FINDS_NOTHING(name)                 \
  FINDS_NOTHING(name##_dictMatchState) \
  FINDS_NOTHING(name##_extDict)
#define WITH_ALL(name)                             \
  WITH_DICTIONARIES(name)                          \
  FINDS_NOTHING(name##_dedicatedDictSearch)        \
  FINDS_NOTHING(name##_dedicatedDictSearch_row)    \
  FINDS_NOTHING(name##_dictMatchState_row)         \
  FINDS_NOTHING(name##_extDict_row)                \
  FINDS_NOTHING(name##_row)

WITH_DICTIONARIES(ZSTD_compressBlock_fast)
WITH_ALL(ZSTD_compressBlock_greedy)
WITH_ALL(ZSTD_compressBlock_lazy)
WITH_ALL(ZSTD_compressBlock_lazy2)
WITH_DICTIONARIES(ZSTD_compressBlock_btlazy2)
WITH_DICTIONARIES(ZSTD_compressBlock_btopt)
WITH_DICTIONARIES(ZSTD_compressBlock_btultra)
FINDS_NOTHING(ZSTD_compressBlock_btultra2)
DOES_NOTHING(ZSTD_fillHashTable)
DOES_NOTHING(ZSTD_dedicatedDictSearch_lazy_loadDictionary)
DOES_NOTHING(ZSTD_insertAndFindFirstIndex)
DOES_NOTHING(ZSTD_row_update)
DOES_NOTHING(ZSTD_updateTree)
DOES_NOTHING(ZSTDMT_compressStream_generic)
DOES_NOTHING(ZSTDMT_createCCtx_advanced)
DOES_NOTHING(ZSTDMT_freeCCtx)
DOES_NOTHING(ZSTDMT_getFrameProgression)
DOES_NOTHING(ZSTDMT_initCStream_internal)
DOES_NOTHING(ZSTDMT_nextInputSizeHint)
DOES_NOTHING(ZSTDMT_sizeof_CCtx)
DOES_NOTHING(ZSTDMT_toFlushNow)
DOES_NOTHING(ZSTDMT_updateCParams_whileCompressing)

#endif
