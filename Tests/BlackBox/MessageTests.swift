import PerfusionCore
import RandomSignals
import Testing

@testable import BlackBox

@Suite("What is recorded is read back to the bit")
struct MessageTests {
  @Test("Any snapshots, one after another", arguments: 0..<20)
  func snapshots(seed: UInt64) {
    var dice = Dice(seed)
    var encoder = InputsEncoder(tickMicroseconds: 5000)
    var decoder = InputsDecoder()
    var sensors = SensorSnapshot()
    var now = Instant(microseconds: 0)
    for tick in 1...UInt64(60) {
      dice.change(&sensors, now: now, oneOf: tick % 20 == 1 ? 1 : 8)
      let read = unsafe written { writer in
        encoder.write(
          sensors, tick: tick, now: now, isComplete: tick % 17 == 1, lost: 0, to: &writer)
      } read: { bytes in
        unsafe decoder.read(bytes) { _ in true }
      }
      #expect(read)
      #expect(decoder.tick == tick && decoder.now == now)
      #expect(allBits(decoder.sensors) == allBits(sensors), "seed \(seed), tick \(tick)")
      now = now.advanced(microseconds: 4900 + Int64(dice.below(300)))
    }
  }

  @Test("Any commands to the board", arguments: 0..<20)
  func outputs(seed: UInt64) {
    var dice = Dice(seed)
    var encoder = OutputsEncoder()
    var decoder = OutputsDecoder()
    var actuators = ActuatorCommands()
    for tick in 1...UInt64(60) {
      dice.change(&actuators, oneOf: 6)
      let read = unsafe written { writer in
        _ = encoder.write(actuators, tick: tick, isComplete: tick % 17 == 1, to: &writer)
      } read: { bytes in
        unsafe bytes.isEmpty ? true : decoder.read(bytes) { _ in true }
      }
      #expect(read)
      #expect(allBits(decoder.actuators) == allBits(actuators), "seed \(seed), tick \(tick)")
    }
  }

  @Test("Every kind of event", arguments: 0..<10)
  func events(seed: UInt64) {
    var dice = Dice(seed)
    for kind in everyEvent(&dice) {
      let event = Event(kind, decision: UInt32(truncatingIfNeeded: dice.bits()))
      let read: EventRecord? = unsafe written {
        $0.event(event, tick: 77)
      } read: {
        unsafe EventRecord($0)
      }
      #expect(read.map { "\($0.tick) \($0.event)" } == "77 \(event)")
    }
  }

  @Test("Every kind of command", arguments: 0..<10)
  func commands(seed: UInt64) {
    var dice = Dice(seed)
    for action in everyAction(&dice) {
      let command = OperatorCommand(
        decision: UInt32(truncatingIfNeeded: dice.bits()), source: .scenario,
        isConfirmed: dice.flag(), action: action)
      let read: CommandRecord? = unsafe written {
        $0.command(command, tick: 78)
      } read: {
        unsafe CommandRecord($0)
      }
      #expect(read.map { "\($0.tick) \($0.command)" } == "78 \(command)")
    }
  }

  @Test("How the loop fares, whole", arguments: 0..<5)
  func loop(buses: Int) {
    var report = LoopReport()
    var next: UInt64 = 3
    func number() -> UInt64 {
      next = next &* 7 % 1_000_003
      return next
    }
    (report.tick, report.overruns, report.lostTicks) = (number(), number(), number())
    (report.longestPeriod, report.longestExecution) = (Int64(number()), Int64(number()))
    report.period = 5_000_000
    for path in [\LoopReport.wakeUp, \LoopReport.execution] {
      report[keyPath: path].count = number()
      report[keyPath: path].p50 = Int64(number())
      report[keyPath: path].p99 = Int64(number())
      report[keyPath: path].p9999 = Int64(number())
      report[keyPath: path].longest = Int64(number())
    }
    for path in [
      \LoopReport.Parts.wakeUp, \.acquire, \.step, \.apply, \.publish,
    ] { report.overrunsByPart[keyPath: path] = number() }
    (report.expiredLeases, report.failedLineWrites) = (number(), number())
    (report.lostRecords, report.lostEdges, report.failedStores) = (number(), number(), number())
    for index in 0..<buses {
      var bus = BusFigures()
      (bus.busy, bus.elapsed) = (Int64(number()), Int64(number()))
      (bus.successes, bus.failures) = (number(), number())
      (bus.expiredLeases, bus.skippedTicks) = (number(), number())
      bus.isStuck = index == 1
      report.buses.append(bus)
    }
    let read: LoopReport? = unsafe written {
      $0.loop(report)
    } read: {
      unsafe LoopRecord($0)?.report
    }
    #expect(read == report)
  }

  @Test("No message that is cut or changed does harm", arguments: 0..<200)
  func hostile(seed: UInt64) {
    var dice = Dice(seed)
    var bytes = (0..<dice.below(400)).map { _ in UInt8(truncatingIfNeeded: dice.bits()) }
    if dice.flag() { bytes.insert(contentsOf: [8, 1, 0x50, 1], at: 0) }
    unsafe bytes.withUnsafeBytes { buffer in
      var inputs = InputsDecoder()
      var outputs = OutputsDecoder()
      _ = unsafe inputs.read(buffer) { _ in true }
      _ = unsafe outputs.read(buffer) { _ in true }
      _ = unsafe EventRecord(buffer)
      _ = unsafe CommandRecord(buffer)
      _ = unsafe LoopRecord(buffer)
    }
  }

  /// A field that is added to one of these types is not recorded until the encoders know it: then
  /// add it there, to proto/blackbox.proto, to RandomSignals.swift, and here.
  @Test("Nothing has been added to the signals that the record does not know")
  func nothingIsForgotten() {
    func names(_ value: Any) -> [String] { Mirror(reflecting: value).children.compactMap(\.label) }
    #expect(
      names(SensorSnapshot()) == [
        "pressures", "flows", "temperatures", "air", "switches", "reservoirVolume",
        "venousOccluderOpening", "pumps", "occlusionGaps", "supply",
        "platform", "chipsLost", "civilTime",
      ])
    #expect(names(PlatformFindings()) == ["bits"])
    #expect(
      names(PumpSignals.absent) == [
        "rotor", "current", "driveAlive", "driveFault", "torqueIsOff", "coverIsOpen",
      ])
    #expect(
      names(SupplySignals.absent) == ["batteryVoltage", "batteryCurrent", "batteryCharge"])
    #expect(names(AirObservation.fluid) == ["airNow", "longestAir", "selfTestPassed"])
    #expect(names(Reading<Bool>.absent) == ["value", "takenAt", "quality"])
    #expect(
      names(ActuatorCommands()) == [
        "drives", "openArterialClamp", "venousOccluder", "occlusionGaps", "patientWater",
        "cardioplegiaWater", "alarm", "testAirDetectors", "strokeWatchdog", "isAdopting",
      ])
    #expect(names(DriveCommand()) == ["speed", "isReversed", "isEnabled", "removeTorque"])
    #expect(names(WaterCommand()) == ["pump", "heater", "heaterContactor", "chiller"])
    #expect(names(AlarmSignals()) == ["buzzer", "red", "yellow", "cyan"])
    #expect(names(Event(.accepted)) == ["decision", "kind"])
    #expect(
      names(OperatorCommand(decision: 0, source: .panel, action: .stopDose)) == [
        "decision", "source", "isConfirmed", "action",
      ])
    #expect(PressureSite.count <= 16 && FlowSite.count <= 16 && TemperatureSite.count <= 16)
    #expect(AirSite.count <= 16 && SwitchSite.count <= 16)
  }

  /// Gives what `write` writes to `read`.
  private func written<Result>(
    _ write: (inout ByteWriter) -> Void, read: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 65536, alignment: 8)
    defer { unsafe memory.deallocate() }
    var writer = unsafe ByteWriter(memory, capacity: 65536)
    write(&writer)
    #expect(!writer.isOverfull)
    return unsafe read(writer.written)
  }
}
