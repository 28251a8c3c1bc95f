#define _GNU_SOURCE
#include "clinux_gpio.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A link is another name of a chip that is there (gpiochip4 on a Raspberry Pi): listed twice, every
// line of it would be ambiguous.
static int is_chip(const struct dirent *entry) {
  return strncmp(entry->d_name, "gpiochip", 8) == 0 && entry->d_type != DT_LNK;
}

int32_t pc_gpio_chips(pc_gpio_chip *chips, uint32_t room) {
  struct dirent **entries;
  const int count = scandir("/dev", &entries, is_chip, versionsort);
  if (count < 0) return -errno;
  for (int index = 0; index < count; index++) {
    if ((uint32_t)index < room) {
      pc_gpio_chip *chip = &chips[index];
      memset(chip, 0, sizeof *chip);
      // Printed into a place of its own first: a buffer must not be printed into itself.
      char path[sizeof chip->path];
      snprintf(path, sizeof path, "/dev/%.26s", entries[index]->d_name);
      memcpy(chip->path, path, sizeof path);
      chip->error = pc_gpio_describe(path, chip);
    }
    free(entries[index]);
  }
  free(entries);
  return count;
}
