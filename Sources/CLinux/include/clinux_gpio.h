// GPIO lines over libgpiod. One header, two implementations: gpio_v1.c for libgpiod 1.6 and
// gpio_v2.c for 2.x, chosen by PC_LIBGPIOD_2 at build time.
//
// Levels are logical: bit i is line i of a request, 1 is asserted, whatever the electrical level.
#ifndef CLINUX_GPIO_H
#define CLINUX_GPIO_H

#include <stdbool.h>
#include <stdint.h>

// A GPIO chip of this machine.
typedef struct {
  char path[32];
  char label[32];
  uint32_t lines;
  // 0, or why it could not be opened, as a negative errno; path is filled in all the same.
  int32_t error;
} pc_gpio_chip;

// Lists the GPIO chips by number; how many there are, which may be more than `room`.
int32_t pc_gpio_chips(pc_gpio_chip *chips, uint32_t room);

// Opens a chip and fills in label and lines.
int32_t pc_gpio_describe(const char *path, pc_gpio_chip *chip);

// The offset of a line by its name on a chip; ENOENT when the chip has no such line.
int32_t pc_gpio_find(const char *path, const char *name);

// Who holds a line: 1 and the name when somebody does (the name may be empty), 0 when nobody does.
int32_t pc_gpio_consumer(const char *path, uint32_t offset, char *consumer, uint32_t room);

// The level that a line has now; its direction is left as it is. `active_low` as in the settings.
int32_t pc_gpio_peek(const char *path, uint32_t offset, bool active_low);

// How the lines of a request are used.
enum { PC_GPIO_BIAS_NONE = 0, PC_GPIO_BIAS_PULL_UP = 1, PC_GPIO_BIAS_PULL_DOWN = 2 };
typedef struct {
  bool is_output;
  bool is_active_low;
  // Both edges are captured; inputs only.
  bool captures_edges;
  uint8_t bias;
} pc_gpio_settings;

// Most lines of a request.
enum { PC_GPIO_MOST_LINES = 64 };

// Lines of one chip, held for one use.
typedef struct pc_gpio_request pc_gpio_request;

// Asks the kernel for lines, all used in the same way. Outputs get their level of `initial` in the
// same call. EBUSY when somebody holds one of them.
int32_t pc_gpio_open(
    const char *path, const uint32_t *offsets, uint32_t count, const pc_gpio_settings *settings,
    uint64_t initial, pc_gpio_request **request);

// Gives the lines back.
void pc_gpio_close(pc_gpio_request *request);

// Reads all lines of a request.
int32_t pc_gpio_read(pc_gpio_request *request, uint64_t *levels);

// Writes all lines of a request.
int32_t pc_gpio_write(pc_gpio_request *request, uint64_t levels);

// An edge with the kernel's time stamp, nanoseconds of CLOCK_MONOTONIC.
typedef struct {
  int64_t at;
  uint32_t line;
  bool is_asserted;
} pc_gpio_edge;

// Descriptors that are readable while edges wait; how many were written, at most `room`.
int32_t pc_gpio_edge_descriptors(pc_gpio_request *request, int32_t *descriptors, uint32_t room);

// Takes edges that wait, at most `room`; does not block. Lines come one after the other, each in
// the order of time.
int32_t pc_gpio_take_edges(pc_gpio_request *request, pc_gpio_edge *edges, uint32_t room);

#endif
