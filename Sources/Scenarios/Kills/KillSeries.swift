import ChipDrivers
public import PerfusionCore
import VirtualBoard

/// Kills a firmware that runs a machine again and again, and looks at what the machine does: rotors
/// hold, outputs that must fall back do so in time, the next firmware goes on with the machine.
public final class KillSeries {
  /// What one kill came to.
  public struct Kill {
    /// What must not have happened.
    public var complaints: [String] = []
    /// What the link had told more than 100 ms before the kill, in its order.
    public var events: [Event] = []
    /// The newest tick of which the link had told.
    public var newestTick: UInt64 = 0
    /// It was stopped (SIGSTOP) before it was killed.
    public var wasFrozen = false
    /// Its lease guard was killed shortly before.
    public var lostItsGuard = false
    /// The next firmware was killed as well, so many microseconds after it was started: before its first
    /// tick, or while it still measured the rotors. Nothing where it lived.
    public var nextKilledAfter: Int64?
    /// Seconds from the last kill until the next firmware spoke.
    public var outage = 0.0
  }

  private let rig: VirtualKernelRig
  private let wiring: BoardWiring
  private var random: SplitMix64
  private var heard: [(event: Event, at: Int64)] = []
  /// The slowest speed that may have been asked for last, rpm.
  private var asked = Double.infinity

  /// Longest time until the next firmware must speak, microseconds.
  static var patience: Int64 { 8_000_000 }
  /// What the guard may need beyond a lease's end: its own period, a write, a relay behind a chip, the plant's
  /// millisecond, and what the shell in the guest takes to send the signal.
  static var slack: Int64 { 60_000 }
  /// A firmware killed sooner after its start may have had no guard yet, and the one before has left: outputs
  /// stand as they were until the next start.
  static var startUp: Int64 { 150_000 }
  /// How long a firmware may be silent before the guard takes it to stand still.
  static var silence: Int64 { 250_000 }

  /// A series on a rig whose machine supports somebody.
  public init(_ rig: VirtualKernelRig, seed: UInt64) {
    self.rig = rig
    wiring = rig.world.wiring
    random = SplitMix64(seed: seed)
  }

  /// Lets the firmware run for a while, kills it, and waits until the next one has gone on.
  public func kill() -> Kill {
    var kill = Kill()
    heard = []
    run(for: draw(300_000...2_500_000)) { _ in self.operate() }
    kill.wasFrozen = draw(0...2) == 0
    kill.lostItsGuard = draw(0...3) == 0
    if kill.lostItsGuard {
      rig.killGuard()
      run(for: draw(20_000...200_000)) { _ in }
    }
    let before = rig.status
    // A rotor on its way to a slower set speed goes on to it.
    let speed = min(rotorSpeed, before.pumps[0].setSpeed.base, asked)
    var moment = rig.now.microseconds
    kill.newestTick = rig.newestTick
    kill.events = heard.filter { $0.at < moment - 100_000 }.map(\.event)
    if draw(0...2) == 0 { kill.nextKilledAfter = draw(0...900_000) }
    var down = draw(50_000...3_000_000)
    begin(down, kill.wasFrozen, &kill)
    var lowest = speed
    if let after = kill.nextKilledAfter {
      run(for: down + after) { lowest = min(lowest, $0) }
      (moment, down) = (rig.now.microseconds, draw(50_000...3_000_000))
      begin(down, false, &kill)
    }
    watchOutage(from: moment, down, &lowest, &kill)
    if lowest < speed * 0.9 {
      kill.complaints.append("a rotor at \(Int(speed)) rpm fell to \(Int(lowest)) rpm")
    }
    kill.outage = Double(rig.now.microseconds - moment) / 1e6
    compare(before, &kill)
    return kill
  }

  /// Now and then a person turns a knob, so that commands and events are under way.
  private func operate() {
    guard draw(0...60) == 0 else { return }
    let speed = RotationalSpeed.rpm(Double(draw(2300...2700)))
    asked = speed.base
    _ = rig.submit(
      OperatorCommand(
        decision: 0, source: .link, isConfirmed: true, action: .setSpeed(0, speed)))
  }

  private func begin(_ down: Int64, _ isFrozen: Bool, _ kill: inout Kill) {
    do throws(StimulusRefusal) {
      if isFrozen {
        rig.freezeFirmware()
        run(for: draw(20_000...2_000_000)) { _ in }
      }
      try rig.apply(.restartFirmware(Double(down) / 1e6))
    } catch { kill.complaints.append("the rig cannot kill the firmware: \(error)") }
  }

  private func watchOutage(
    from moment: Int64, _ down: Int64, _ lowest: inout Double, _ kill: inout Kill
  ) {
    var isChecked = kill.nextKilledAfter ?? .max < Self.startUp
    let silence = kill.wasFrozen ? Self.silence : 0
    let due = moment + max(longestFallback, silence) + Self.slack
    let end = rig.now.microseconds + down + Self.patience
    while rig.now.microseconds < end, !rig.isSpeaking || rig.now.microseconds < moment + down {
      rig.advance()
      lowest = min(lowest, rotorSpeed)
      if !isChecked, rig.now.microseconds >= due, !rig.isSpeaking, due < moment + down {
        isChecked = true
        kill.complaints += wrongOutputs()
      }
    }
    if !rig.isSpeaking { kill.complaints.append("no firmware speaks 8 s after it was started") }
    run(for: 1_000_000) { lowest = min(lowest, $0) }
  }

  /// The next firmware goes on where the last one was.
  private func compare(_ before: MachineStatus, _ kill: inout Kill) {
    let after = rig.status
    if after.phase != before.phase {
      kill.complaints.append("phase \(before.phase) became \(after.phase)")
    }
    let (old, new) = (before.pumps[0].setSpeed, after.pumps[0].setSpeed)
    if abs(old.base - new.base) > abs(old.base) * 0.2 {
      kill.complaints.append("the set speed \(old) became \(new)")
    }
  }

  private func run(for length: Int64, _ look: (Double) -> Void) {
    let end = rig.now.microseconds + length
    while rig.now.microseconds < end {
      rig.advance()
      for index in rig.events.indices { heard.append((rig.events[index], rig.now.microseconds)) }
      look(rotorSpeed)
    }
  }

  private var rotorSpeed: Double { rig.world.hands.rotorSpeed(pump: 0)?.base ?? 0 }

  private func draw(_ range: ClosedRange<Int64>) -> Int64 {
    range.lowerBound + Int64(random.next() % UInt64(range.upperBound - range.lowerBound + 1))
  }

  /// GPIO outputs that fall back: line and the level they must have.
  private var fallbacks: [(line: Int, isAsserted: Bool, lease: Int64)] {
    wiring.actuators.indices.compactMap { index in
      let actuator = wiring.actuators[index]
      guard case .line(let line) = actuator.port, actuator.fallback != .hold,
        wiring.lines[Int(line)].expander < 0
      else { return nil }
      return (Int(line), actuator.fallback == .on, Int64(actuator.lease))
    }
  }

  /// The longest lease of all that falls back, behind chips too.
  private var longestFallback: Int64 {
    wiring.actuators.indices.filter { wiring.actuators[$0].fallback != .hold }
      .map { Int64(wiring.actuators[$0].lease) }.max() ?? 0
  }

  /// What the guard must have written over a bus, and relays have followed.
  private func wrongBehindChips() -> [String] {
    let truth = rig.world.hands.truth
    return wiring.actuators.indices.compactMap { index in
      let isOn: Bool
      switch wiring.actuators[index].site {
      case .heater(let circuit): isOn = truth.heaters[Int(circuit)].base > 0
      case .heaterContactor(let circuit): isOn = truth.contactors[Int(circuit)]
      case .chiller(let circuit): isOn = truth.chillers[Int(circuit)]
      default: return nil
      }
      return isOn ? "\(wiring.actuators[index].site) is still on" : nil
    }
  }

  private func wrongOutputs() -> [String] {
    var wrong = fallbacks.filter { rig.world.isAsserted(line: $0.line) != $0.isAsserted }.map {
      "\(wiring.lines[$0.line].id) is not in its fallback"
    }
    wrong += wrongBehindChips()
    if !rig.world.hands.buzzerSounds { wrong.append("the buzzer is silent") }
    return wrong
  }
}
