#include "CChunkCoding.h"

#ifndef PERFUSION_COMMIT
#define PERFUSION_COMMIT "unknown"
#endif

const char *pc_commit(void) { return PERFUSION_COMMIT; }
