// I2C adapters over i2c-dev and libi2c. Descriptors are closed with pc_file_close.
//
// What an adapter reports stays apart: ENXIO or EREMOTEIO no acknowledge, ETIMEDOUT a clock held
// too long, EAGAIN lost arbitration, EIO or EPROTO an electrical fault, EOPNOTSUPP a transfer that
// the adapter cannot do.
#ifndef CLINUX_I2C_H
#define CLINUX_I2C_H

#include <stdint.h>

// Bits of an adapter's functionality: plain transfers, and the SMBus block transfers that can
// stand in for short ones; and that it refused its time limit or its retries.
enum { PC_I2C_PLAIN = 1, PC_I2C_READ_BLOCK = 2, PC_I2C_WRITE_BLOCK = 4, PC_I2C_UNTIMED = 8 };

// Opens an adapter. Sets how long it waits, in milliseconds (rounded up to ten), and how often it
// tries again after lost arbitration; fills in its functionality. An adapter that takes no such
// setting keeps its own and is PC_I2C_UNTIMED.
int32_t pc_i2c_open(
    const char *path, uint32_t timeout_milliseconds, uint32_t retries, uint32_t *functionality);

// Writes, then reads with a repeated start, both in one call to the kernel. Nothing to write or
// nothing to read leaves that half out.
int32_t pc_i2c_transfer(
    int32_t adapter, uint16_t address, const uint8_t *written, uint32_t write_count, uint8_t *read,
    uint32_t read_count);

// The same by SMBus commands, for adapters that know no plain transfers: at most 32 bytes behind a
// one-byte register. EOPNOTSUPP for any other shape.
int32_t pc_i2c_transfer_smbus(
    int32_t adapter, uint16_t address, const uint8_t *written, uint32_t write_count, uint8_t *read,
    uint32_t read_count);

#endif
