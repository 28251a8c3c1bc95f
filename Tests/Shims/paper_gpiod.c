// A stand-in for libgpiod 1.6 with one chip of eight lines, for the driver of the shims: no machine
// that builds this need have GPIO. What the shims take from the library and give back is what counts.
#define _GNU_SOURCE
#include <errno.h>
#include <gpiod.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "paper.h"

struct gpiod_line {
  unsigned int offset;
  int is_requested;
  int level;
  int events;
};

struct gpiod_chip {
  struct gpiod_line lines[paper_lines];
};

int paper_open_chips;
int paper_refusal;

struct gpiod_chip *gpiod_chip_open(const char *path) {
  if (strcmp(path, paper_chip) != 0) {
    errno = ENOENT;
    return NULL;
  }
  struct gpiod_chip *chip = calloc(1, sizeof *chip);
  if (chip == NULL) return NULL;
  for (unsigned int line = 0; line < paper_lines; line++) {
    chip->lines[line] = (struct gpiod_line){.offset = line, .events = -1};
  }
  paper_open_chips++;
  return chip;
}

void gpiod_chip_close(struct gpiod_chip *chip) {
  for (unsigned int line = 0; line < paper_lines; line++) {
    if (chip->lines[line].events >= 0) close(chip->lines[line].events);
  }
  paper_open_chips--;
  free(chip);
}

const char *gpiod_chip_label(struct gpiod_chip *chip) { return chip != NULL ? "paper" : NULL; }
unsigned int gpiod_chip_num_lines(struct gpiod_chip *chip) { return chip != NULL ? paper_lines : 0; }

struct gpiod_line *gpiod_chip_get_line(struct gpiod_chip *chip, unsigned int offset) {
  if (offset < paper_lines) return &chip->lines[offset];
  errno = EINVAL;
  return NULL;
}

struct gpiod_line *gpiod_chip_find_line(struct gpiod_chip *chip, const char *name) {
  if (strcmp(name, "three") == 0) return &chip->lines[3];
  errno = ENOENT;
  return NULL;
}

unsigned int gpiod_line_offset(struct gpiod_line *line) { return line->offset; }
const char *gpiod_line_consumer(struct gpiod_line *line) {
  return line->offset == paper_held ? "somebody" : NULL;
}
bool gpiod_line_is_used(struct gpiod_line *line) { return line->offset == paper_held; }

int gpiod_line_request(
    struct gpiod_line *line, const struct gpiod_line_request_config *config, int value) {
  if (line->offset == paper_held || paper_refusal != 0) {
    errno = paper_refusal != 0 ? paper_refusal : EBUSY;
    return -1;
  }
  line->is_requested = 1;
  if (config->request_type == GPIOD_LINE_REQUEST_DIRECTION_OUTPUT) line->level = value;
  if (config->request_type == GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES) {
    line->events = eventfd(1, EFD_NONBLOCK | EFD_CLOEXEC);
  }
  return 0;
}

int gpiod_line_request_bulk(
    struct gpiod_line_bulk *bulk, const struct gpiod_line_request_config *config,
    const int *values) {
  for (unsigned int index = 0; index < bulk->num_lines; index++) {
    if (gpiod_line_request(bulk->lines[index], config, values[index]) != 0) return -1;
  }
  return 0;
}

int gpiod_line_get_value(struct gpiod_line *line) { return line->level; }

int gpiod_line_get_value_bulk(struct gpiod_line_bulk *bulk, int *values) {
  for (unsigned int index = 0; index < bulk->num_lines; index++) {
    values[index] = bulk->lines[index]->level;
  }
  return 0;
}

int gpiod_line_set_value_bulk(struct gpiod_line_bulk *bulk, const int *values) {
  for (unsigned int index = 0; index < bulk->num_lines; index++) {
    bulk->lines[index]->level = values[index];
  }
  return 0;
}

int gpiod_line_event_get_fd(struct gpiod_line *line) {
  if (line->events < 0) errno = EPERM;
  return line->events;
}

int gpiod_line_event_read_fd_multiple(
    int descriptor, struct gpiod_line_event *events, unsigned int count) {
  uint64_t waiting;
  if (read(descriptor, &waiting, sizeof waiting) != (ssize_t)sizeof waiting) return -1;
  if (count == 0) return 0;
  events[0] = (struct gpiod_line_event){
      .ts = {.tv_sec = 3, .tv_nsec = 7}, .event_type = GPIOD_LINE_EVENT_RISING_EDGE};
  return 1;
}
