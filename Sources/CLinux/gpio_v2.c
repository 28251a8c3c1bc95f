// GPIO over libgpiod 2.x.
#ifdef PC_LIBGPIOD_2
#define _GNU_SOURCE
#include "clinux_gpio.h"

#include <errno.h>
#include <gpiod.h>
#include <stdio.h>
#include <stdlib.h>

static const char consumer_name[] = "perfusiond";

enum { edges_at_once = 64 };

struct pc_gpio_request {
  struct gpiod_chip *chip;
  struct gpiod_line_request *lines;
  struct gpiod_edge_event_buffer *events;
  uint32_t count;
  unsigned int offsets[PC_GPIO_MOST_LINES];
};

static int32_t failure(void) { return errno == 0 ? -EIO : -errno; }

int32_t pc_gpio_describe(const char *path, pc_gpio_chip *description) {
  struct gpiod_chip *chip = gpiod_chip_open(path);
  if (chip == NULL) return failure();
  struct gpiod_chip_info *info = gpiod_chip_get_info(chip);
  int32_t outcome = 0;
  if (info == NULL) {
    outcome = failure();
  } else {
    snprintf(description->path, sizeof description->path, "%s", path);
    snprintf(
        description->label, sizeof description->label, "%s", gpiod_chip_info_get_label(info));
    description->lines = (uint32_t)gpiod_chip_info_get_num_lines(info);
    gpiod_chip_info_free(info);
  }
  gpiod_chip_close(chip);
  return outcome;
}

int32_t pc_gpio_find(const char *path, const char *name) {
  struct gpiod_chip *chip = gpiod_chip_open(path);
  if (chip == NULL) return failure();
  const int offset = gpiod_chip_get_line_offset_from_name(chip, name);
  const int32_t outcome = offset < 0 ? failure() : offset;
  gpiod_chip_close(chip);
  return outcome;
}

int32_t pc_gpio_consumer(const char *path, uint32_t offset, char *consumer, uint32_t room) {
  struct gpiod_chip *chip = gpiod_chip_open(path);
  if (chip == NULL) return failure();
  struct gpiod_line_info *info = gpiod_chip_get_line_info(chip, offset);
  int32_t outcome;
  if (info == NULL) {
    outcome = failure();
  } else {
    const char *name = gpiod_line_info_get_consumer(info);
    snprintf(consumer, room, "%s", name != NULL ? name : "");
    outcome = gpiod_line_info_is_used(info) ? 1 : 0;
    gpiod_line_info_free(info);
  }
  gpiod_chip_close(chip);
  return outcome;
}

static enum gpiod_line_bias bias_of(uint8_t bias) {
  switch (bias) {
    case PC_GPIO_BIAS_PULL_UP: return GPIOD_LINE_BIAS_PULL_UP;
    case PC_GPIO_BIAS_PULL_DOWN: return GPIOD_LINE_BIAS_PULL_DOWN;
    default: return GPIOD_LINE_BIAS_AS_IS;
  }
}

static enum gpiod_line_value value_of(uint64_t levels, uint32_t line) {
  return levels >> line & 1 ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE;
}

// Asks for the lines of a request with these settings, which it frees.
static int32_t ask(
    pc_gpio_request *request, struct gpiod_line_settings *settings, bool is_output,
    uint64_t initial) {
  struct gpiod_line_config *lines = gpiod_line_config_new();
  struct gpiod_request_config *config = gpiod_request_config_new();
  int32_t outcome = 0;
  if (settings == NULL || lines == NULL || config == NULL) outcome = -ENOMEM;
  if (outcome == 0 &&
      gpiod_line_config_add_line_settings(lines, request->offsets, request->count, settings) != 0) {
    outcome = failure();
  }
  if (outcome == 0 && is_output) {
    enum gpiod_line_value values[PC_GPIO_MOST_LINES];
    for (uint32_t line = 0; line < request->count; line++) values[line] = value_of(initial, line);
    if (gpiod_line_config_set_output_values(lines, values, request->count) != 0) {
      outcome = failure();
    }
  }
  if (outcome == 0) {
    gpiod_request_config_set_consumer(config, consumer_name);
    request->lines = gpiod_chip_request_lines(request->chip, config, lines);
    if (request->lines == NULL) outcome = failure();
  }
  if (config != NULL) gpiod_request_config_free(config);
  if (lines != NULL) gpiod_line_config_free(lines);
  if (settings != NULL) gpiod_line_settings_free(settings);
  return outcome;
}

int32_t pc_gpio_peek(const char *path, uint32_t offset, bool active_low) {
  pc_gpio_request request = {.count = 1, .offsets = {offset}};
  request.chip = gpiod_chip_open(path);
  if (request.chip == NULL) return failure();
  struct gpiod_line_settings *settings = gpiod_line_settings_new();
  if (settings != NULL) {
    gpiod_line_settings_set_direction(settings, GPIOD_LINE_DIRECTION_AS_IS);
    gpiod_line_settings_set_active_low(settings, active_low);
  }
  int32_t outcome = ask(&request, settings, false, 0);
  if (outcome == 0) {
    const enum gpiod_line_value value = gpiod_line_request_get_value(request.lines, offset);
    outcome = value == GPIOD_LINE_VALUE_ERROR ? failure() : value == GPIOD_LINE_VALUE_ACTIVE;
    gpiod_line_request_release(request.lines);
  }
  gpiod_chip_close(request.chip);
  return outcome;
}

static struct gpiod_line_settings *settings_of(const pc_gpio_settings *wanted) {
  struct gpiod_line_settings *settings = gpiod_line_settings_new();
  if (settings == NULL) return NULL;
  gpiod_line_settings_set_direction(
      settings, wanted->is_output ? GPIOD_LINE_DIRECTION_OUTPUT : GPIOD_LINE_DIRECTION_INPUT);
  gpiod_line_settings_set_active_low(settings, wanted->is_active_low);
  gpiod_line_settings_set_bias(settings, bias_of(wanted->bias));
  if (wanted->captures_edges) {
    gpiod_line_settings_set_edge_detection(settings, GPIOD_LINE_EDGE_BOTH);
    gpiod_line_settings_set_event_clock(settings, GPIOD_LINE_CLOCK_MONOTONIC);
  }
  return settings;
}

int32_t pc_gpio_open(
    const char *path, const uint32_t *offsets, uint32_t count, const pc_gpio_settings *settings,
    uint64_t initial, pc_gpio_request **opened) {
  if (count == 0 || count > PC_GPIO_MOST_LINES) return -EINVAL;
  pc_gpio_request *request = calloc(1, sizeof *request);
  if (request == NULL) return -ENOMEM;
  request->count = count;
  for (uint32_t line = 0; line < count; line++) request->offsets[line] = offsets[line];
  request->chip = gpiod_chip_open(path);
  int32_t outcome = request->chip == NULL ? failure() : 0;
  if (outcome == 0) outcome = ask(request, settings_of(settings), settings->is_output, initial);
  if (outcome == 0 && settings->captures_edges) {
    request->events = gpiod_edge_event_buffer_new(edges_at_once);
    if (request->events == NULL) outcome = -ENOMEM;
  }
  if (outcome != 0) {
    pc_gpio_close(request);
    return outcome;
  }
  *opened = request;
  return 0;
}

void pc_gpio_close(pc_gpio_request *request) {
  if (request->events != NULL) gpiod_edge_event_buffer_free(request->events);
  if (request->lines != NULL) gpiod_line_request_release(request->lines);
  if (request->chip != NULL) gpiod_chip_close(request->chip);
  free(request);
}

int32_t pc_gpio_read(pc_gpio_request *request, uint64_t *levels) {
  enum gpiod_line_value values[PC_GPIO_MOST_LINES];
  if (gpiod_line_request_get_values_subset(
          request->lines, request->count, request->offsets, values) != 0) {
    return failure();
  }
  uint64_t bits = 0;
  for (uint32_t line = 0; line < request->count; line++) {
    if (values[line] == GPIOD_LINE_VALUE_ACTIVE) bits |= (uint64_t)1 << line;
  }
  *levels = bits;
  return 0;
}

int32_t pc_gpio_write(pc_gpio_request *request, uint64_t levels) {
  enum gpiod_line_value values[PC_GPIO_MOST_LINES];
  for (uint32_t line = 0; line < request->count; line++) values[line] = value_of(levels, line);
  const int outcome = gpiod_line_request_set_values_subset(
      request->lines, request->count, request->offsets, values);
  return outcome == 0 ? 0 : failure();
}

int32_t pc_gpio_edge_descriptors(pc_gpio_request *request, int32_t *descriptors, uint32_t room) {
  if (room == 0) return 0;
  descriptors[0] = gpiod_line_request_get_fd(request->lines);
  return 1;
}

static uint32_t line_of(const pc_gpio_request *request, unsigned int offset) {
  for (uint32_t line = 0; line < request->count; line++) {
    if (request->offsets[line] == offset) return line;
  }
  return UINT32_MAX;
}

int32_t pc_gpio_take_edges(pc_gpio_request *request, pc_gpio_edge *edges, uint32_t room) {
  const int waiting = gpiod_line_request_wait_edge_events(request->lines, 0);
  if (waiting < 0) return failure();
  if (waiting == 0) return 0;
  const int count = gpiod_line_request_read_edge_events(
      request->lines, request->events, room < edges_at_once ? room : edges_at_once);
  if (count < 0) return failure();
  for (int index = 0; index < count; index++) {
    struct gpiod_edge_event *event =
        gpiod_edge_event_buffer_get_event(request->events, (unsigned long)index);
    edges[index].line = line_of(request, gpiod_edge_event_get_line_offset(event));
    edges[index].is_asserted =
        gpiod_edge_event_get_event_type(event) == GPIOD_EDGE_EVENT_RISING_EDGE;
    edges[index].at = (int64_t)gpiod_edge_event_get_timestamp_ns(event);
  }
  return count;
}

#else
typedef int pc_gpio_v2_is_not_built;
#endif
