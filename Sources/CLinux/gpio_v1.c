// GPIO over libgpiod 1.6.
#ifndef PC_LIBGPIOD_2
#define _GNU_SOURCE
#include "clinux_gpio.h"

#include <errno.h>
#include <gpiod.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char consumer_name[] = "perfusiond";

struct pc_gpio_request {
  struct gpiod_chip *chip;
  struct gpiod_line_bulk lines;
};

static int32_t failure(void) { return errno == 0 ? -EIO : -errno; }

int32_t pc_gpio_describe(const char *path, pc_gpio_chip *description) {
  struct gpiod_chip *chip = gpiod_chip_open(path);
  if (chip == NULL) return failure();
  snprintf(description->path, sizeof description->path, "%s", path);
  snprintf(description->label, sizeof description->label, "%s", gpiod_chip_label(chip));
  description->lines = gpiod_chip_num_lines(chip);
  gpiod_chip_close(chip);
  return 0;
}

int32_t pc_gpio_find(const char *path, const char *name) {
  struct gpiod_chip *chip = gpiod_chip_open(path);
  if (chip == NULL) return failure();
  errno = ENOENT;
  struct gpiod_line *line = gpiod_chip_find_line(chip, name);
  const int32_t outcome = line != NULL ? (int32_t)gpiod_line_offset(line) : failure();
  gpiod_chip_close(chip);
  return outcome;
}

int32_t pc_gpio_consumer(const char *path, uint32_t offset, char *consumer, uint32_t room) {
  struct gpiod_chip *chip = gpiod_chip_open(path);
  if (chip == NULL) return failure();
  struct gpiod_line *line = gpiod_chip_get_line(chip, offset);
  int32_t outcome;
  if (line == NULL) {
    outcome = failure();
  } else {
    const char *name = gpiod_line_consumer(line);
    snprintf(consumer, room, "%s", name != NULL ? name : "");
    outcome = gpiod_line_is_used(line) ? 1 : 0;
  }
  gpiod_chip_close(chip);
  return outcome;
}

int32_t pc_gpio_peek(const char *path, uint32_t offset, bool active_low) {
  struct gpiod_chip *chip = gpiod_chip_open(path);
  if (chip == NULL) return failure();
  struct gpiod_line *line = gpiod_chip_get_line(chip, offset);
  const struct gpiod_line_request_config config = {
      .consumer = consumer_name,
      .request_type = GPIOD_LINE_REQUEST_DIRECTION_AS_IS,
      .flags = active_low ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0,
  };
  int32_t outcome;
  if (line == NULL || gpiod_line_request(line, &config, 0) != 0) {
    outcome = failure();
  } else {
    outcome = gpiod_line_get_value(line);
    if (outcome < 0) outcome = failure();
  }
  gpiod_chip_close(chip);
  return outcome;
}

static int flags_of(const pc_gpio_settings *settings) {
  int flags = settings->is_active_low ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0;
  if (settings->bias == PC_GPIO_BIAS_PULL_UP) flags |= GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP;
  if (settings->bias == PC_GPIO_BIAS_PULL_DOWN) flags |= GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN;
  return flags;
}

int32_t pc_gpio_open(
    const char *path, const uint32_t *offsets, uint32_t count, const pc_gpio_settings *settings,
    uint64_t initial, pc_gpio_request **opened) {
  if (count == 0 || count > PC_GPIO_MOST_LINES) return -EINVAL;
  pc_gpio_request *request = calloc(1, sizeof *request);
  if (request == NULL) return -ENOMEM;
  request->chip = gpiod_chip_open(path);
  if (request->chip == NULL) {
    const int32_t outcome = failure();
    free(request);
    return outcome;
  }
  gpiod_line_bulk_init(&request->lines);
  int values[PC_GPIO_MOST_LINES];
  int32_t outcome = 0;
  for (uint32_t index = 0; index < count && outcome == 0; index++) {
    struct gpiod_line *line = gpiod_chip_get_line(request->chip, offsets[index]);
    if (line == NULL) outcome = failure();
    else gpiod_line_bulk_add(&request->lines, line);
    values[index] = (int)(initial >> index & 1);
  }
  const struct gpiod_line_request_config config = {
      .consumer = consumer_name,
      .request_type = settings->captures_edges ? GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES
          : settings->is_output                ? GPIOD_LINE_REQUEST_DIRECTION_OUTPUT
                                               : GPIOD_LINE_REQUEST_DIRECTION_INPUT,
      .flags = flags_of(settings),
  };
  if (outcome == 0 && gpiod_line_request_bulk(&request->lines, &config, values) != 0) {
    outcome = failure();
  }
  if (outcome != 0) {
    pc_gpio_close(request);
    return outcome;
  }
  *opened = request;
  return 0;
}

void pc_gpio_close(pc_gpio_request *request) {
  gpiod_chip_close(request->chip);
  free(request);
}

int32_t pc_gpio_read(pc_gpio_request *request, uint64_t *levels) {
  int values[PC_GPIO_MOST_LINES];
  if (gpiod_line_get_value_bulk(&request->lines, values) != 0) return failure();
  uint64_t bits = 0;
  for (uint32_t index = 0; index < request->lines.num_lines; index++) {
    if (values[index] != 0) bits |= (uint64_t)1 << index;
  }
  *levels = bits;
  return 0;
}

int32_t pc_gpio_write(pc_gpio_request *request, uint64_t levels) {
  int values[PC_GPIO_MOST_LINES];
  for (uint32_t index = 0; index < request->lines.num_lines; index++) {
    values[index] = (int)(levels >> index & 1);
  }
  return gpiod_line_set_value_bulk(&request->lines, values) == 0 ? 0 : failure();
}

int32_t pc_gpio_edge_descriptors(pc_gpio_request *request, int32_t *descriptors, uint32_t room) {
  uint32_t count = 0;
  for (; count < request->lines.num_lines && count < room; count++) {
    const int descriptor = gpiod_line_event_get_fd(request->lines.lines[count]);
    if (descriptor < 0) return failure();
    descriptors[count] = descriptor;
  }
  return (int32_t)count;
}

// Takes the edges of one line.
static int32_t take_line(
    pc_gpio_request *request, uint32_t line, pc_gpio_edge *edges, uint32_t room) {
  enum { most = 16 };
  struct gpiod_line_event events[most];
  const int descriptor = gpiod_line_event_get_fd(request->lines.lines[line]);
  if (descriptor < 0) return failure();
  struct pollfd polled = {.fd = descriptor, .events = POLLIN};
  if (poll(&polled, 1, 0) <= 0) return 0;
  const int count = gpiod_line_event_read_fd_multiple(
      descriptor, events, room < most ? room : most);
  if (count < 0) return failure();
  for (int index = 0; index < count; index++) {
    edges[index].line = line;
    edges[index].is_asserted = events[index].event_type == GPIOD_LINE_EVENT_RISING_EDGE;
    edges[index].at = (int64_t)events[index].ts.tv_sec * 1000000000 + events[index].ts.tv_nsec;
  }
  return count;
}

int32_t pc_gpio_take_edges(pc_gpio_request *request, pc_gpio_edge *edges, uint32_t room) {
  uint32_t taken = 0;
  for (uint32_t line = 0; line < request->lines.num_lines && taken < room; line++) {
    const int32_t count = take_line(request, line, edges + taken, room - taken);
    if (count < 0) return count;
    taken += (uint32_t)count;
  }
  return (int32_t)taken;
}

#else
typedef int pc_gpio_v1_is_not_built;
#endif
