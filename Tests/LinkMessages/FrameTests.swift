import LinkMessages
import PerfusionCore
import RandomSignals
import Testing

@Suite("Frames, actions and events on the link")
struct FrameTests {
  @Test("A frame comes back to the bit", arguments: UInt64(0)..<40)
  func frame(seed: UInt64) throws {
    var dice = Dice(seed)
    var sensors = SensorSnapshot()
    var actuators = ActuatorCommands()
    let at = Instant(microseconds: 1_234_567 + Int64(seed))
    dice.change(&sensors, now: at, oneOf: 1)
    dice.change(&actuators, oneOf: 1)
    let sent = withoutAbsent(sensors)
    let frame = try roundTrip(sent, actuators, MachineStatus(), at: at)
    #expect(frame.at == at)
    #expect(allBits(frame.sensors) == allBits(sent))
    #expect(allBits(frame.actuators) == allBits(actuators))
  }

  @Test("The status comes back with pumps, water and alarms")
  func status() throws {
    var status = MachineStatus()
    status.phase = .wean
    status.pumps[3].setFlow = .litersPerMinute(4.2)
    status.pumps[3].reason = .levelServo
    status.pumps[3].grade = .isolate
    status.pumps[7].flow = Reading(.litersPerMinute(-0.25), takenAt: .start)
    status.cardioplegiaWater.hold = .tankLow
    status.timeToEmpty = Seconds(seconds: .infinity)
    status.timers[2] = Seconds(seconds: 17)
    status.alarms.set(AlarmID(66), true)
    status.alarmList.append(
      StandingAlarm(
        id: AlarmID(66), priority: .high, state: .latched, since: Tick(count: 9),
        newest: Tick(count: 10), cause: AlarmCause(.rotorSensor, pumps: 0x81),
        acknowledgement: Acknowledgement(source: .link, tick: Tick(count: 11))))
    status.audio.inactivation = .audioPaused
    let frame = try roundTrip(SensorSnapshot(), ActuatorCommands(), status, at: .start)
    #expect("\(frame.status)" == "\(status)")
  }

  @Test(
    "Every action with finite numbers comes back; the others are no action",
    arguments: UInt64(0)..<40)
  func actions(seed: UInt64) throws {
    var dice = Dice(seed)
    for action in everyAction(&dice) {
      let command = LinkCommand(sequence: 7, action: action, leaseMilliseconds: 500)
      let back = try #require(try sent(.command(command)))
      guard case .command(let read) = back else {
        Issue.record("not a command")
        continue
      }
      let text = "\(action)"
      let isCarried = !text.contains(/[ -]s?(nan|inf)/) && hasPump(action)
      #expect(read.action.map { "\($0)" } == (isCarried ? text : nil))
      #expect(read.sequence == 7 && read.leaseMilliseconds == 500)
    }
  }

  @Test("Every event comes back", arguments: UInt64(0)..<20)
  func events(seed: UInt64) throws {
    var dice = Dice(seed)
    for kind in everyEvent(&dice) {
      let entry = EventEntry(
        tick: Tick(count: 5), at: Instant(microseconds: 25_000), event: Event(kind, decision: 77))
      var bytes = [UInt8](repeating: 0, count: LinkProtocol.longestReply)
      var span = bytes.mutableSpan
      let length = try ServerWriting.event(entry, into: &span)
      guard case .event(let back) = try ServerMessage(decoding: Array(bytes[..<length])) else {
        Issue.record("\(kind) is not an event any more")
        continue
      }
      #expect("\(back)" == "\(entry)")
    }
  }

  @Test("Bytes of any kind give a message or an error", arguments: UInt64(0)..<50)
  func anything(seed: UInt64) {
    var dice = Dice(seed)
    for _ in 0..<200 {
      let bytes = (0..<dice.below(300)).map { _ in UInt8(truncatingIfNeeded: dice.bits()) }
      do throws(LinkError) {
        _ = try ClientMessage.decode(bytes.span)
        _ = try ServerMessage(decoding: bytes)
      } catch { #expect([.malformed, .tooMany].contains(error)) }
    }
  }

  private func hasPump(_ action: OperatorAction) -> Bool {
    switch action {
    case .startPump(let pump), .stopPump(let pump), .setSpeed(let pump, _), .setFlow(let pump, _),
      .setPressure(let pump, _), .forceBelowFloor(let pump, _), .setRatio(let pump, _),
      .setPulsatile(let pump, _, _, _), .setContinuous(let pump), .setTube(let pump, _, _),
      .confirmTube(let pump), .startCalibration(let pump), .finishCalibration(let pump, _),
      .setOcclusionGap(let pump, _), .testOcclusion(let pump), .resume(let pump),
      .override(let pump, _), .endOverride(let pump, _):
      (0..<8).contains(pump)
    default: true
    }
  }
}

/// Sends a client's message and reads it as the firmware does.
func sent(_ message: ClientMessage) throws -> ClientMessage? {
  var bytes = [UInt8](repeating: 0, count: LinkProtocol.longestRequest)
  var span = bytes.mutableSpan
  let length = try message.encode(into: &span)
  return try ClientMessage.decode(bytes.span.extracting(first: length))
}

/// Writes a frame as the firmware does and reads it as a client does.
func roundTrip(
  _ sensors: SensorSnapshot, _ actuators: ActuatorCommands, _ status: MachineStatus, at: Instant
) throws -> LinkFrame {
  var bytes = [UInt8](repeating: 0, count: LinkProtocol.longestReply)
  var span = bytes.mutableSpan
  let length = try ServerWriting.frame(
    tick: Tick(count: 3), at: at, sensors: sensors, actuators: actuators, status: status,
    into: &span)
  guard case .frame(let frame) = try ServerMessage(decoding: Array(bytes[..<length])) else {
    throw LinkError.malformed
  }
  return frame
}

/// The snapshot whose absent readings say nothing, as a frame carries it.
private func withoutAbsent(_ sensors: SensorSnapshot) -> SensorSnapshot {
  var out = sensors
  func clear<Value>(_ reading: inout Reading<Value>, _ absent: Reading<Value>) {
    if !reading.isPresent { reading = absent }
  }
  for raw in 0..<UInt8(16) {
    if let site = PressureSite(rawValue: raw) { clear(&out.pressures[site], .absent) }
    if let site = FlowSite(rawValue: raw) { clear(&out.flows[site], .absent) }
    if let site = TemperatureSite(rawValue: raw) { clear(&out.temperatures[site], .absent) }
    if let site = SwitchSite(rawValue: raw) { clear(&out.switches[site], .absent) }
    if let site = AirSite(rawValue: raw) {
      clear(&out.air[site], Reading(.fluid, takenAt: .start, quality: .absent))
    }
  }
  for pump in 0..<8 {
    clear(&out.pumps[pump].rotor, Reading(0, takenAt: .start, quality: .absent))
    clear(&out.pumps[pump].current, .absent)
    clear(&out.pumps[pump].driveAlive, .absent)
    clear(&out.pumps[pump].driveFault, .absent)
    clear(&out.pumps[pump].torqueIsOff, .absent)
    clear(&out.pumps[pump].coverIsOpen, .absent)
    clear(&out.occlusionGaps[pump], .absent)
  }
  clear(&out.reservoirVolume, .absent)
  clear(&out.venousOccluderOpening, .absent)
  clear(&out.supply.batteryVoltage, .absent)
  clear(&out.supply.batteryCurrent, .absent)
  clear(&out.supply.batteryCharge, .absent)
  return out
}
