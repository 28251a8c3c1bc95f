// What the driver of the shims knows of its stand-ins for hardware.
#ifndef PAPER_H
#define PAPER_H

// The one GPIO chip, how many lines it has, and the one that somebody else holds.
#define paper_chip "/dev/gpiochip0"
enum { paper_lines = 8, paper_held = 5 };

// GPIO chips that were opened and not closed.
extern int paper_open_chips;
// Every request of a line fails with this error; 0 for none.
extern int paper_refusal;

// The descriptor of the I2C adapter that stands in; -1 for none.
extern int paper_adapter;
// Its next transfer fails with this error; 0 for none.
extern int paper_bus_error;

#endif
