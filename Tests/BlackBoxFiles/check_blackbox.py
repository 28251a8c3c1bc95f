"""Reads black boxes with the official mcap and protobuf packages alone, and compares every value
with the tables of `perfusion blackbox export --csv`.

usage: check_blackbox.py FILE.mcap TABLES_FOLDER
"""

import csv
import math
import re
import sys

from mcap.reader import NonSeekingReader, make_reader
from mcap_protobuf.decoder import DecoderFactory

QUALITIES = ["valid", "stale", "outOfRange", "faulted", "absent"]


def fail(text):
    sys.exit(f"blackbox-check: {text}")


def number(message, field="value"):
    """The exact number of a Reading, Number or Drive."""
    exact = "exact" if field == "value" else f"exact_{field}"
    return getattr(message, exact if message.HasField(exact) else field)


def reading(message):
    kind = message.DESCRIPTOR.name
    if kind == "Reading":
        value = number(message)
    elif kind == "AirReading":
        value = f"{message.value:d} {message.longest_air} {message.self_test_passed:d}"
    else:
        value = int(message.value)
    return value, message.age, QUALITIES[message.quality]


def same(value, cell):
    if isinstance(value, str):
        return value == cell
    other = float(cell)
    return value == other or (math.isnan(value) and math.isnan(other))


class Inputs:
    """What the controller was told, kept from tick to tick."""

    def __init__(self):
        self.state, self.tick, self.moment, self.period = {}, 0, 0, 0

    def take(self, message):
        if message.is_complete:
            self.state = {}
            self.tick, self.moment = message.tick, message.moment
            self.period = message.period
        else:
            self.tick = message.tick or self.tick + 1
            self.moment += self.period + message.moment_shift
            for name, (value, taken, quality, live) in self.state.items():
                if live:
                    self.state[name] = (value, self.moment, quality, live)
        changed = []
        for field, content in message.ListFields():
            if field.message_type is None or field.name == "next":
                continue
            if field.message_type.name == "PumpInputs":
                for inner, signal in content.ListFields():
                    changed.append(self.keep(f"{field.name}.{inner.name}", signal))
            else:
                changed.append(self.keep(field.name, content))
        return changed

    def keep(self, name, message):
        value, age, quality = reading(message)
        self.state[name] = (value, self.moment - age, quality, age == 0 and quality != "absent")
        return name

    def compare(self, row, columns, names):
        if int(row[0]) != self.tick or int(row[1]) != self.moment:
            fail(f"tick {self.tick} at {self.moment} us: the table says {row[:2]}")
        for name in names:
            place = columns.get(name)
            if place is None:
                fail(f"tick {self.tick}: the table has no {name}")
            value, taken, quality, _ = self.state[name]
            cells = row[place : place + 3]
            if not same(value, cells[0]) or int(cells[1]) != taken or cells[2] != quality:
                fail(f"tick {self.tick}, {name}: {value} {taken} {quality}, the table: {cells}")


def check_inputs(messages, folder):
    inputs, ticks, values = Inputs(), 0, 0
    with open(f"{folder}/inputs.csv") as table:
        rows = csv.reader(table)
        head = next(rows)
        columns = {name: place for place, name in enumerate(head) if "_us" not in name}
        for message in messages:
            for tick in [message, *message.next]:
                changed = inputs.take(tick)
                names = inputs.state if ticks % 500 == 0 else changed
                row = next(rows, None) or fail(f"the table ends before tick {inputs.tick}")
                present = [name for name in names if name in columns or name in changed]
                inputs.compare(row, columns, present)
                ticks += 1
                values += len(present)
        if next(rows, None):
            fail("the table has more ticks than the file")
    return ticks, values


def cells_of(message, prefix=""):
    """Flat names and values of an Outputs message, those that changed."""
    for field, content in message.ListFields():
        if field.name in ("next", "tick", "is_complete"):
            continue
        kind = field.message_type.name if field.message_type else ""
        if kind == "Number":
            yield field.name, number(content)
        elif kind == "Drive":
            yield f"{field.name}.speed", number(content, "speed")
            for name in ("is_reversed", "is_enabled", "remove_torque"):
                yield f"{field.name}.{name}", getattr(content, name)
        elif kind == "Water":
            for name in ("pump", "heater", "heater_contactor", "chiller"):
                yield f"{field.name}.{name}", getattr(content, name)
        else:
            yield field.name, content


def check_outputs(messages, folder):
    count = 0
    with open(f"{folder}/outputs.csv") as table:
        rows = csv.DictReader(table)
        for message in messages:
            for change in [message, *message.next]:
                row = next(rows, None) or fail("outputs.csv ends too early")
                if int(row["tick"]) != change.tick:
                    fail(f"outputs of tick {change.tick}: the table says {row['tick']}")
                for name, value in cells_of(change):
                    if not same(float(value), row[name]):
                        fail(f"tick {change.tick}, {name}: {value}, the table: {row[name]}")
                    count += 1
    return count


def word(message, field):
    """The name of an enum's value as the tables write it: EVENT_KIND_ALARM_RAISED is alarmRaised."""
    kind = message.DESCRIPTOR.fields_by_name[field].enum_type
    name = kind.values_by_number[getattr(message, field)].name
    prefix = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.name).upper() + "_"
    first, *rest = name.removeprefix(prefix).lower().split("_")
    return first + "".join(part.capitalize() for part in rest)


def table(folder, name):
    with open(f"{folder}/{name}.csv") as file:
        return list(csv.DictReader(file))


def compare(topic, found, wanted):
    for place, (mine, its) in enumerate(zip(found, wanted)):
        if mine != its:
            fail(f"{topic}, message {place}: {mine}, the table: {its}")
    if len(found) != len(wanted):
        fail(f"{topic}: {len(found)} messages, the table has {len(wanted)}")
    return len(found)


def check_told(topics, folder):
    """Events and commands: when, which, by whom; every alarm is an event too."""
    compare(
        "/events",
        [(m.log_time, d.tick, d.decision, word(d, "kind")) for m, d in topics.get("/events", [])],
        [
            (int(r["time_ns"]), int(r["tick"]), int(r["decision"]), r["event"].split("(")[0])
            for r in table(folder, "events")
        ],
    )
    compare(
        "/commands",
        [
            (m.log_time, d.tick, d.decision, word(d, "source"), int(d.is_confirmed), word(d, "action"))
            for m, d in topics.get("/commands", [])
        ],
        [
            (
                int(r["time_ns"]), int(r["tick"]), int(r["decision"]), r["source"],
                int(r["is_confirmed"]), r["action"].split("(")[0],
            )
            for r in table(folder, "commands")
        ],
    )
    changes = [(d.tick, d.alarm, word(d, "change")) for _, d in topics.get("/alarms", [])]
    kinds = {change for _, _, change in changes}
    events = [
        (d.tick, d.alarm, word(d, "kind"))
        for _, d in topics.get("/events", [])
        if word(d, "kind") in kinds
    ]
    return compare("/alarms", changes, events)


def latency(figures):
    if not figures.count:
        return ["", "", "", ""]
    return [str(n) for n in (figures.p50, figures.p99, figures.p9999, figures.longest)]


def check_loop(messages, folder):
    """How the tick kept time, once a second."""
    found = []
    for message, loop in messages:
        start = ""
        if loop.HasField("start"):
            start = "adopting" if loop.start.is_adopting else "fresh"
        shares = [
            str(int(bus.busy * 10_000 / bus.elapsed) / 10_000) if bus.elapsed else "0"
            for bus in loop.buses
        ]
        numbers = (
            message.log_time, loop.tick, loop.overruns, loop.longest_period, loop.longest_execution,
            loop.lost_ticks,
        )
        found.append(
            [str(n) for n in numbers] + [start, *latency(loop.wake_up), *latency(loop.execution)]
            + [str(loop.expired_leases), " ".join(shares)]
        )
    return compare("/loop", found, [list(r.values()) for r in table(folder, "loop")])


def main():
    path, folder = sys.argv[1:]
    topics = {}
    with open(path, "rb") as file:
        reader = make_reader(file, validate_crcs=True, decoder_factories=[DecoderFactory()])
        summary = reader.get_summary()
        for _, channel, message, decoded in reader.iter_decoded_messages():
            topics.setdefault(channel.topic, []).append((message, decoded))
        names = {record.name for record in reader.iter_metadata()}
        files = {record.name: len(record.data) for record in reader.iter_attachments()}
    with open(path, "rb") as file:
        straight = sum(1 for _ in NonSeekingReader(file, validate_crcs=True).iter_messages())
    total = sum(len(list_) for list_ in topics.values())
    counts = summary.statistics.channel_message_counts
    if not straight == total == summary.statistics.message_count == sum(counts.values()):
        fail(f"{total} messages by index, {straight} in order, {summary.statistics}")
    if "perfusion" not in names or not files.get("board.pfbi"):
        fail(f"metadata {names}, attachments {files}")
    for topic, list_ in topics.items():
        with_times = [message.log_time for message, _ in list_]
        if with_times != sorted(with_times):
            fail(f"the times of {topic} are not in order")
        if len({message.sequence for message, _ in list_}) != len(list_):
            fail(f"the sequence numbers of {topic} repeat")
    ticks, values = check_inputs([decoded for _, decoded in topics["/inputs"]], folder)
    told = check_outputs([decoded for _, decoded in topics["/outputs"]], folder)
    alarms = check_told(topics, folder)
    seconds = check_loop(topics.get("/loop", []), folder)
    print(
        f"blackbox-check: {path}: {total} messages, {ticks} ticks, {values} readings, {told} outputs,"
        f" {alarms} changes of alarms and {seconds} loop reports are the same in the official packages"
        " and here"
    )


main()
