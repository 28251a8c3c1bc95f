// Takes the place of ioctl for one descriptor: an I2C adapter behind which each chip answers with
// rising bytes. Linked with --wrap=ioctl.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <stdarg.h>
#include <string.h>

#include "paper.h"

int paper_adapter = -1;
int paper_bus_error;

int __real_ioctl(int descriptor, unsigned long request, ...);
int __wrap_ioctl(int descriptor, unsigned long request, ...);

static int refused(void) {
  if (paper_bus_error == 0) return 0;
  errno = paper_bus_error;
  return 1;
}

static int transfer(struct i2c_rdwr_ioctl_data *asked) {
  if (refused()) return -1;
  for (unsigned int index = 0; index < asked->nmsgs; index++) {
    struct i2c_msg *message = &asked->msgs[index];
    if ((message->flags & I2C_M_RD) == 0) continue;
    for (unsigned int place = 0; place < message->len; place++) message->buf[place] = (__u8)place;
  }
  return (int)asked->nmsgs;
}

static int smbus(struct i2c_smbus_ioctl_data *asked) {
  if (refused()) return -1;
  if (asked->read_write != I2C_SMBUS_READ) return 0;
  if (asked->size == I2C_SMBUS_BYTE) asked->data->byte = 42;
  if (asked->size == I2C_SMBUS_I2C_BLOCK_DATA) {
    for (int place = 1; place <= asked->data->block[0]; place++) {
      asked->data->block[place] = (__u8)place;
    }
  }
  return 0;
}

int __wrap_ioctl(int descriptor, unsigned long request, ...) {
  va_list arguments;
  va_start(arguments, request);
  void *argument = va_arg(arguments, void *);
  va_end(arguments);
  if (descriptor != paper_adapter || paper_adapter < 0) {
    return __real_ioctl(descriptor, request, argument);
  }
  switch (request) {
    case I2C_FUNCS:
      *(unsigned long *)argument = I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
      return 0;
    case I2C_RDWR: return transfer(argument);
    case I2C_SMBUS: return smbus(argument);
    default: return 0;
  }
}
