import ChipDrivers
import LinkMessages
import PerfusionCore
import Testing
import TestSupport

@Suite("Board image")
struct BoardImageTests {
  private var image: BoardImage {
    BoardImage(
      name: Identifier("sample"), machine: SampleMachine.machine, wiring: SampleWiring.wiring)
  }

  @Test("Every field of machine and wiring comes back to the bit")
  func roundTrip() throws {
    let bytes = try image.encoded()
    let back = try BoardImage(decoding: bytes)
    #expect(back.name == image.name)
    #expect(Fields.of(back.machine) == Fields.of(image.machine))
    #expect(Fields.of(back.wiring) == Fields.of(image.wiring))
    #expect(try back.encoded() == bytes)
    #expect(try image.encoded() == bytes)
  }

  @Test("The sample leaves no field at its default, so a field not carried would show")
  func sampleIsComplete() {
    let plain = MachineConfiguration()
    let sample = SampleMachine.machine
    let pairs: [(Any, Any)] = [
      (plain.arterialClamp, sample.arterialClamp), (plain.venousOccluder, sample.venousOccluder),
      (plain.reservoir, sample.reservoir), (plain.limits, sample.limits),
      (plain.airDetection, sample.airDetection), (plain.patientCircuit, sample.patientCircuit),
      (plain.cardioplegiaCircuit, sample.cardioplegiaCircuit),
      (plain.bloodTemperature, sample.bloodTemperature), (plain.subject, sample.subject),
      (RollerHead(), sample.pumps[1].roller), (CentrifugalHead(), sample.pumps[0].centrifugal),
    ]
    for (plain, sample) in pairs {
      for (left, right) in zip(Fields.of(plain), Fields.of(sample)) { #expect(left != right) }
    }
    let usual = Fields.of(PumpConfiguration())
    let (first, second) = (Fields.of(sample.pumps[0]), Fields.of(sample.pumps[1]))
    for index in usual.indices {
      #expect(usual[index] != first[index] || usual[index] != second[index])
    }
  }

  @Test("Full lists fit", .verifies("HZ-50"))
  func fullLists() throws {
    var image = image
    while image.wiring.lines.append(image.wiring.lines[0]) {}
    while image.wiring.sensors.append(image.wiring.sensors[0]) {}
    while image.wiring.actuators.append(image.wiring.actuators[0]) {}
    while image.wiring.chips.append(image.wiring.chips[2]) {}
    while image.wiring.buses.append(image.wiring.buses[0]) {}
    while image.wiring.curves.append(image.wiring.curves[0]) {}
    while image.machine.pumps.append(image.machine.pumps[0]) {}
    let back = try BoardImage(decoding: try image.encoded())
    #expect(Fields.of(back.wiring) == Fields.of(image.wiring))
    #expect(Fields.of(back.machine) == Fields.of(image.machine))
  }

  @Test("Every damage has its own error", .verifies("HZ-50"))
  func damage() throws {
    let bytes = try image.encoded()
    #expect(throws: BoardImageError.wrongMagic) { try BoardImage(decoding: [UInt8]()) }
    #expect(throws: BoardImageError.wrongMagic) {
      try BoardImage(decoding: [0] + bytes.dropFirst())
    }
    #expect(throws: BoardImageError.truncated) { try BoardImage(decoding: Array(bytes[..<3])) }
    #expect(throws: BoardImageError.truncated) { try BoardImage(decoding: Array(bytes[..<15])) }
    #expect(throws: BoardImageError.truncated) { try BoardImage(decoding: bytes.dropLast()) }
    #expect(throws: BoardImageError.tooLong) { try BoardImage(decoding: bytes + [0]) }
    var other = bytes
    other[4] = 2
    #expect(throws: BoardImageError.wrongVersion) { try BoardImage(decoding: other) }
    other = bytes
    other[bytes.count / 2] ^= 1
    #expect(throws: BoardImageError.checksum) { try BoardImage(decoding: other) }
    #expect(throws: BoardImageError.malformed) {
      try BoardImage(decoding: Framing.frame([0xFF, 0xFF, 0xFF]))
    }
    #expect(throws: BoardImageError.malformed) { try BoardImage(decoding: Framing.frame([])) }
  }

  @Test("Values outside their range are refused when written", .verifies("HZ-50"))
  func outside() {
    var image = image
    image.machine.limits.pressureHard = .mmHg(.nan)
    #expect(throws: BoardImageError.valueOutOfRange) { try image.encoded() }
    image = self.image
    image.machine.tickMicroseconds = 100
    #expect(throws: BoardImageError.valueOutOfRange) { try image.encoded() }
    image = self.image
    image.machine.pumps[1].roller.strokeVolume = .millilitersPerRevolution(-3)
    #expect(throws: BoardImageError.valueOutOfRange) { try image.encoded() }
    image = self.image
    image.wiring.chips[0].resetLine = 127
    #expect(throws: BoardImageError.valueOutOfRange) { try image.encoded() }
  }

  @Test("An index that points at nothing is refused", .verifies("HZ-48", "HZ-50"))
  func dangling() throws {
    var images = [image, image, image, image, image]
    images[0].wiring.sensors[0].port = .line(63)
    images[1].wiring.chips[3].bus = 3
    images[2].wiring.lines[2].expander = 5
    images[3].wiring.actuators[0].site = .pumpSpeed(7)
    images[4].wiring.sensors[2].curve = 3
    for image in images {
      let bytes = try image.encoded()
      #expect(throws: BoardImageError.valueOutOfRange) { try BoardImage(decoding: bytes) }
    }
  }

  @Test("A list with more entries than there is room for is refused")
  func tooMany() {
    // Board { wiring { 5 buses } }: field 3, length 10, five empty messages of field 1.
    let payload: [UInt8] = [0x1A, 10, 0x0A, 0, 0x0A, 0, 0x0A, 0, 0x0A, 0, 0x0A, 0]
    #expect(throws: BoardImageError.tooManyEntries) {
      try BoardImage(decoding: Framing.frame(payload))
    }
  }

  @Test("An encoder without room says so")
  func noRoom() {
    var bytes = [UInt8](repeating: 0, count: 100)
    var span = bytes.mutableSpan
    #expect(throws: BoardImageError.noRoom) { try image.encode(into: &span) }
  }
}
