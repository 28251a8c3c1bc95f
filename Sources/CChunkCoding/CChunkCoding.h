// Compression and check sums of the black box, and the schema that every file carries: a narrow
// header over zstd, so that Swift sees fixed-width integers only.
#ifndef PERFUSION_CHUNK_CODING_H
#define PERFUSION_CHUNK_CODING_H

#include <stdint.h>

// Outcomes of the calls below; lengths are never negative.
enum {
  // The compressor refused, or the bytes are no zstd frame.
  PC_CHUNK_MALFORMED = -1,
  // The result does not fit into the room given.
  PC_CHUNK_NO_ROOM = -2,
  // The memory given to a compressor is too small or not aligned to 8 bytes.
  PC_CHUNK_NO_MEMORY = -3,
};

// What a call of zstd came to: the length it gave, or one of the outcomes above.
int64_t pc_chunk_outcome(uint64_t result);

// CRC-32 of IEEE 802.3; begin with sum 0 and hand on the result.
uint32_t pc_crc32(uint32_t sum, const uint8_t *bytes, uint64_t length);

// Memory that a compressor needs.
uint64_t pc_compressor_memory(void);

// Most bytes that `length` bytes can become.
uint64_t pc_compressed_bound(uint64_t length);

// Compresses one chunk into one zstd frame with its content size. All memory it uses is `memory`,
// of `memory_length` bytes aligned to 8; nothing is kept there between calls. Returns the length.
int64_t pc_compress(
  uint8_t *memory, uint64_t memory_length, const uint8_t *bytes, uint64_t length, uint8_t *out,
  uint64_t room);

// Expands one zstd frame of untrusted bytes. Returns the length.
int64_t pc_expand(const uint8_t *bytes, uint64_t length, uint8_t *out, uint64_t room);

// The FileDescriptorSet of proto/blackbox.proto.
const uint8_t *pc_record_schema(void);
uint32_t pc_record_schema_length(void);

// The commit that this program was built from, as text.
const char *pc_commit(void);

#endif
