#define _GNU_SOURCE
#include "clinux_i2c.h"

#include <errno.h>
#include <fcntl.h>
#include <i2c/smbus.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int32_t functionality_of(int adapter, uint32_t *functionality) {
  unsigned long known = 0;
  if (ioctl(adapter, I2C_FUNCS, &known) != 0) return -errno;
  *functionality = (known & I2C_FUNC_I2C ? (uint32_t)PC_I2C_PLAIN : 0) |
      (known & I2C_FUNC_SMBUS_READ_I2C_BLOCK ? (uint32_t)PC_I2C_READ_BLOCK : 0) |
      (known & I2C_FUNC_SMBUS_WRITE_I2C_BLOCK ? (uint32_t)PC_I2C_WRITE_BLOCK : 0);
  return 0;
}

int32_t pc_i2c_open(
    const char *path, uint32_t timeout_milliseconds, uint32_t retries, uint32_t *functionality) {
  const int adapter = open(path, O_RDWR | O_CLOEXEC);
  if (adapter < 0) return -errno;
  const int32_t outcome = functionality_of(adapter, functionality);
  if (outcome != 0) {
    close(adapter);
    return outcome;
  }
  const int is_timed =
      ioctl(adapter, I2C_TIMEOUT, (unsigned long)(timeout_milliseconds + 9) / 10) == 0 &&
      ioctl(adapter, I2C_RETRIES, (unsigned long)retries) == 0;
  if (!is_timed) *functionality |= (uint32_t)PC_I2C_UNTIMED;
  return adapter;
}

int32_t pc_i2c_transfer(
    int32_t adapter, uint16_t address, const uint8_t *written, uint32_t write_count, uint8_t *read,
    uint32_t read_count) {
  if (write_count > UINT16_MAX || read_count > UINT16_MAX) return -EINVAL;
  struct i2c_msg messages[2];
  uint32_t count = 0;
  if (write_count > 0 || read_count == 0) {
    // The kernel does not write to what it sends.
    messages[count++] = (struct i2c_msg){
        .addr = address, .len = (uint16_t)write_count, .buf = (uint8_t *)(uintptr_t)written};
  }
  if (read_count > 0) {
    messages[count++] = (struct i2c_msg){
        .addr = address, .flags = I2C_M_RD, .len = (uint16_t)read_count, .buf = read};
  }
  struct i2c_rdwr_ioctl_data transfer = {.msgs = messages, .nmsgs = count};
  const int done = ioctl(adapter, I2C_RDWR, &transfer);
  if (done < 0) return -errno;
  // Fewer messages than asked for: the adapter stopped half way without saying why.
  return (uint32_t)done == count ? 0 : -EIO;
}

int32_t pc_i2c_transfer_smbus(
    int32_t adapter, uint16_t address, const uint8_t *written, uint32_t write_count, uint8_t *read,
    uint32_t read_count) {
  if (ioctl(adapter, I2C_SLAVE, (unsigned long)address) != 0) return -errno;
  int32_t done;
  if (write_count == 0 && read_count == 0) {
    done = i2c_smbus_write_quick(adapter, I2C_SMBUS_WRITE);
  } else if (read_count == 0 && write_count == 1) {
    done = i2c_smbus_write_byte(adapter, written[0]);
  } else if (read_count == 0 && write_count <= 1 + I2C_SMBUS_BLOCK_MAX) {
    done = i2c_smbus_write_i2c_block_data(
        adapter, written[0], (uint8_t)(write_count - 1), written + 1);
  } else if (write_count == 0 && read_count == 1) {
    done = i2c_smbus_read_byte(adapter);
    if (done >= 0) read[0] = (uint8_t)done;
  } else if (write_count == 1 && read_count <= I2C_SMBUS_BLOCK_MAX) {
    done = i2c_smbus_read_i2c_block_data(adapter, written[0], (uint8_t)read_count, read);
    if (done >= 0 && (uint32_t)done != read_count) return -EIO;
  } else {
    return -EOPNOTSUPP;
  }
  // libi2c gives -errno or -1 with errno, by version.
  if (done < 0) return done == -1 && errno != 0 ? -errno : done;
  return 0;
}
