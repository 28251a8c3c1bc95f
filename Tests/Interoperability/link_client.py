"""A client of the link that shares no code with it: Python's protobuf and the socket module.

usage: link_client.py SOCKET

Exit code 1 with what went wrong; every message that the firmware sends is decoded, checked for
unknown fields and encoded again to the same bytes.
"""
import math
import socket
import sys
import time

import perfusion_pb2 as schema


class Link:
    def __init__(self, path):
        self.stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.stream.settimeout(60)
        self.stream.connect(path)
        self.received = b""
        self.kinds = set()

    def send(self, message):
        self.send_bytes(message.SerializeToString())

    def send_bytes(self, body):
        length, prefix = len(body), b""
        while length >= 0x80:
            prefix += bytes([length & 0x7F | 0x80])
            length >>= 7
        self.stream.sendall(prefix + bytes([length]) + body)

    def take(self):
        """One byte string with its length before it."""
        length = shift = position = 0
        while True:
            while position >= len(self.received):
                self.fill()
            byte = self.received[position]
            position += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        while len(self.received) < position + length:
            self.fill()
        body = self.received[position:position + length]
        self.received = self.received[position + length:]
        return body

    def fill(self):
        more = self.stream.recv(65536)
        if not more:
            raise EOFError("the firmware closed the connection")
        self.received += more

    def receive(self):
        body = self.take()
        message = schema.ServerMessage.FromString(body)
        assert message.WhichOneof("body"), "a message of no kind"
        again = schema.ServerMessage.FromString(message.SerializeToString())
        assert again == message, "encoding again changed the message"
        assert len(message.SerializeToString()) == len(body), "a field was not understood"
        self.kinds.add(message.WhichOneof("body"))
        return message

    def until(self, kind):
        while True:
            message = self.receive()
            if message.WhichOneof("body") == kind:
                return getattr(message, kind)

    def greet(self):
        hello = schema.ClientMessage()
        hello.hello.protocol = 1
        hello.hello.program = "python"
        self.send(hello)
        return self.until("hello")

    def ask(self, sequence, **fields):
        message = schema.ClientMessage()
        message.command.sequence = sequence
        lease = fields.pop("lease", 0)
        message.command.lease_milliseconds = lease
        message.command.confirmed = fields.pop("confirmed", False)
        for name, value in fields.items():
            setattr(message.command.action, name, value)
        self.send(message)
        answer = self.until("answer")
        assert answer.sequence == sequence, "an answer to another command"
        return answer


def watch(link):
    """Frames at the rate that was asked for, with readings that make sense."""
    message = schema.ClientMessage()
    message.subscription.frame_ticks = 20
    message.subscription.events = True
    link.send(message)
    first, second = link.until("frame"), link.until("frame")
    assert second.inputs.tick - first.inputs.tick == 20, "frames come at another rate"
    inputs = second.inputs
    for site in ("arterial_line_pressure", "pre_oxygenator_pressure"):
        assert inputs.pressures.HasField(site), f"{site} is missing"
        value = getattr(inputs.pressures, site).value
        assert math.isfinite(value) and -800 < value < 1000, f"{site} is {value}"
    assert not inputs.pressures.HasField("portal_vein_pressure"), "this board has no liver"
    assert 10 < inputs.temperatures.arterial_blood_temperature.value < 45
    assert len(second.status.pumps) == 8
    assert second.status.phase in schema.Phase.values()


def settle(link):
    """Waits until the machine is past its self test, so that commands have a meaning."""
    deadline = time.time() + 120
    while time.time() < deadline:
        if link.until("frame").status.phase not in (schema.PHASE_OFF, schema.PHASE_POST):
            return
    raise AssertionError("the self test does not end")


def command(link):
    """Commands that are carried out, refused, and bounded, each with its reason."""
    answer = link.ask(1, kind=schema.ACTION_PAUSE_AUDIO)
    assert answer.outcome == schema.OUTCOME_ACCEPTED, answer
    assert answer.decision > 0
    answer = link.ask(2, kind=schema.ACTION_SET_FLOW, pump=7, flow_liters_per_minute=1, lease=1000)
    assert answer.outcome == schema.OUTCOME_REFUSED, answer
    assert answer.refusal == schema.REFUSAL_NO_SUCH_PUMP and answer.text, answer
    answer = link.ask(3, kind=schema.ACTION_SET_FLOW, pump=0, flow_liters_per_minute=1)
    assert answer.outcome == schema.OUTCOME_NEEDS_LEASE, answer
    answer = link.ask(4, kind=schema.ACTION_SET_FLOW, pump=0, lease=1000)
    assert answer.outcome == schema.OUTCOME_INCOMPLETE, answer


def documents(link, hello):
    """The board image by parts, whose last four bytes are the hash of the greeting."""
    request = schema.ClientMessage()
    request.request.kind = schema.REQUEST_IMAGE
    link.send(request)
    image = b""
    while True:
        message = link.receive()
        if message.WhichOneof("body") == "image":
            assert message.image.offset == len(image)
            image += message.image.data
        elif message.WhichOneof("body") == "done":
            break
    assert image[:4] == b"PFBI"
    assert int.from_bytes(image[-4:], "little") == hello.board_hash
    for kind in (schema.REQUEST_ALARMS, schema.REQUEST_ALARM_LOG, schema.REQUEST_LOOP):
        request.request.kind = kind
        link.send(request)
        assert link.until("done").kind == kind


def misbehave(path):
    """Garbage and oversize are answered with the cause, and only that connection ends."""
    for body, cause in ((b"\xff\xff\xff", schema.FAILURE_MALFORMED),
                        (b"\x00" * 2000, schema.FAILURE_OVERSIZED)):
        link = Link(path)
        link.greet()
        link.send_bytes(body)
        failure = link.until("failure")
        assert failure.cause == cause and failure.text, failure
        try:
            while True:
                link.receive()
        except (EOFError, ConnectionResetError):
            pass


def main():
    path = sys.argv[1]
    link = Link(path)
    hello = link.greet()
    assert hello.protocol == 1 and hello.may_command and hello.tick_microseconds == 5000
    watch(link)
    settle(link)
    command(link)
    documents(link, hello)
    misbehave(path)
    viewer = Link(path + ".ro")
    assert not viewer.greet().may_command
    assert viewer.ask(1, kind=schema.ACTION_PAUSE_AUDIO).outcome == schema.OUTCOME_READ_ONLY
    assert {"hello", "frame", "event", "answer", "image", "done", "loop"} <= link.kinds, link.kinds
    print("interoperability: Python's protobuf and the firmware understand each other")


main()
