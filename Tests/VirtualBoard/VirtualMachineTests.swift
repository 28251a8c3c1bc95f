import ChipDrivers
import CircuitModel
import PerfusionCore
import TestSupport
import Testing

@testable import VirtualBoard

/// Firmware and board together in virtual time.
@Suite("Virtual machine")
struct VirtualMachineTests {
  private func machine(seed: UInt64 = 1, ticks: Int = 0) -> VirtualMachine {
    let machine = VirtualMachine(board: TinyBoard.make(), seed: seed)
    for _ in 0..<ticks { machine.runTick() }
    return machine
  }

  @Test("A tick moves virtual time on by its length")
  func time() {
    let machine = machine(ticks: 200)
    #expect(machine.now == Instant(microseconds: 1_000_000))
  }

  @Test(
    "What is true reaches the snapshot through transducer, registers and driver",
    arguments: 0..<8 as Range<UInt64>)
  func registerPath(seed: UInt64) {
    let machine = machine(seed: seed, ticks: 400)
    let truth = machine.circuit.signals
    let sensors = machine.sensors
    expect(sensors[.arterialLinePressure], truth.pressures[.arterialLinePressure], within: 5)
    expect(sensors[.pumpInletPressure], truth.pressures[.pumpInletPressure], within: 5)
    expect(sensors[.arterialFlow], truth.flows[.arterialFlow], within: 0.25)
    expect(
      sensors[.arterialBloodTemperature], truth.temperatures[.arterialBloodTemperature],
      within: 0.5)
    expect(
      sensors[.patientBathTemperature], truth.temperatures[.patientBathTemperature], within: 0.5)
    expect(sensors.reservoirVolume, truth.reservoirVolume, within: 60)
    #expect(sensors.pumps[0].rotor.quality == .valid)
    #expect(sensors.pumps[0].current.quality == .valid)
    #expect(sensors[.mainsGood].usable == true)
  }

  private func expect<Value: Quantity>(
    _ reading: Reading<Value>, _ truth: Double, within tolerance: Double,
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(reading.quality == .valid, sourceLocation: location)
    #expect(abs(reading.value.base - truth) < tolerance, sourceLocation: location)
  }

  @Test("The same seed gives the same fingerprint, another seed another one")
  func fingerprint() {
    let first = machine(seed: 7, ticks: 1000)
    let second = machine(seed: 7, ticks: 1000)
    let other = machine(seed: 8, ticks: 1000)
    #expect(first.fingerprint == second.fingerprint)
    #expect(first.fingerprint != other.fingerprint)
  }

  @Test("Buses keep within their time")
  func busTime() {
    let machine = machine(ticks: 1000)
    for busy in machine.truth.busBusy { #expect(busy < 5_000_000 * 6 / 10) }
  }

  @Test("An unknown target is refused with the nearest name")
  func unknown() {
    let machine = machine()
    #expect(
      throws: FaultRefusal.unknownTarget("arterialLinePresure", nearest: "arterialLinePressure")
    ) {
      try machine.inject(FaultSpecification(target: "arterialLinePresure", word: .stuck))
    }
    #expect(throws: FaultRefusal.unknownTarget("qqqqqqqqqqqqq", nearest: nil)) {
      try machine.inject(FaultSpecification(target: "qqqqqqqqqqqqq", word: .stuck))
    }
  }

  @Test("A word that a thing does not know is refused with those that it knows")
  func unsupported() {
    let machine = machine()
    let fault = FaultSpecification(target: "patientHeater", word: .nack)
    #expect(throws: FaultRefusal.unsupported(fault, supported: Relay.faultWords)) {
      try machine.inject(fault)
    }
  }

  @Test("Every word of every target is applied and ended, or refused; the machine runs on")
  func everyWord() throws {
    let machine = machine(ticks: 20)
    for (target, words) in machine.faultTargets.sorted(by: { $0.key < $1.key }) {
      for word in FaultWord.allCases {
        let fault = FaultSpecification(target: target, word: word)
        if words.contains(word) {
          try machine.inject(fault)
          for _ in 0..<3 { machine.runTick() }
          try machine.clear(fault)
        } else {
          #expect(throws: FaultRefusal.unsupported(fault, supported: words)) {
            try machine.inject(fault)
          }
        }
      }
    }
    #expect(machine.faultTargets.count > 40)
  }

  @Test("An open sensor reads invalid, and valid again after the fault", .verifies("HZ-25"))
  func openSensor() throws {
    let machine = machine(ticks: 100)
    let fault = FaultSpecification(target: "arterialLinePressure", word: .off)
    try machine.inject(fault)
    for _ in 0..<40 { machine.runTick() }
    #expect(machine.sensors[.arterialLinePressure].quality != .valid)
    try machine.clear(fault)
    for _ in 0..<100 { machine.runTick() }
    #expect(machine.sensors[.arterialLinePressure].quality == .valid)
  }

  @Test("A hung bus loses its readings, and they come back when it is over", .verifies("HZ-47"))
  func hungBus() throws {
    let machine = machine(ticks: 100)
    let fault = FaultSpecification(target: "safety", word: .hang)
    try machine.inject(fault)
    for _ in 0..<400 {
      machine.runTick()
      try machine.inject(fault)
    }
    #expect(machine.sensors[.arterialLinePressure].quality != .valid)
    #expect(machine.sensors[.patientBathTemperature].quality == .valid)
    try machine.clear(fault)
    for _ in 0..<1000 { machine.runTick() }
    #expect(machine.sensors[.arterialLinePressure].quality == .valid)
  }

  @Test("A chip behind the multiplexer stays reachable beside its twin on another bus")
  func multiplexed() {
    let machine = machine(ticks: 400)
    #expect(machine.sensors.pumps[0].rotor.quality == .valid)
    #expect(machine.sensors[.patientBathTemperature].quality == .valid)
  }

  @Test("Drives hold their speed when the firmware is killed", .verifies("HZ-15"))
  func holdsSpeed() throws {
    let machine = machine(ticks: 20)
    machine.killFirmware()
    try drive(machine, rpm: 100)
    for _ in 0..<400 { machine.runTick() }
    let before = machine.truth.rotorSpeeds[0].revolutionsPerMinute
    for _ in 0..<4000 { machine.runTick() }
    #expect(abs(before - 100) < 3.5)
    #expect(abs(machine.truth.rotorSpeeds[0].revolutionsPerMinute - before) < 0.5)
    #expect(!machine.firmwareIsRunning)
  }

  @Test(
    "After the firmware's death the heater goes off with its lease and the buzzer on",
    .verifies("HZ-15", "HZ-22"))
  func leases() throws {
    let machine = machine(ticks: 20)
    machine.killFirmware()
    var bus = VirtualBus(core: machine.hardware.buses[0])
    try bus.write(I2CAddress(0x20), [0x00, 0x00])
    try bus.write(I2CAddress(0x20), [0x14, 0b0000_0110])
    for _ in 0..<60 { machine.runTick() }
    #expect(machine.truth.heaters[0].watts > 0)
    for _ in 0..<60 { machine.runTick() }
    #expect(machine.truth.heaters[0].watts == 0)
    #expect(machine.truth.buzzerSounds)
  }

  @Test("A restarted firmware runs again after its time, on the same board", .verifies("HZ-55"))
  func restart() {
    let machine = machine(ticks: 100)
    machine.killFirmware()
    machine.restartFirmware(after: Seconds(seconds: 3))
    for _ in 0..<590 { machine.runTick() }
    #expect(!machine.firmwareIsRunning)
    for _ in 0..<400 { machine.runTick() }
    #expect(machine.firmwareIsRunning)
    #expect(machine.sensors[.arterialLinePressure].quality == .valid)
  }

  private func drive(_ machine: VirtualMachine, rpm: Double) throws {
    let code = UInt16(rpm / 300 * 4095 + 0.5)
    var bus = VirtualBus(core: machine.hardware.buses[0])
    try bus.write(I2CAddress(0x60), [UInt8(code >> 8), UInt8(truncatingIfNeeded: code)])
    try machine.hardware.writeLine(TinyBoard.Line.torque.rawValue, isAsserted: true)
    try machine.hardware.writeLine(TinyBoard.Line.enable.rawValue, isAsserted: true)
  }
}
