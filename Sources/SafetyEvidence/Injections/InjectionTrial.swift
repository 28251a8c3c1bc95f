import BoardFiles
import CircuitModel
import PerfusionCore
import Scenarios
import VirtualBoard

/// What one injection led to in one phase.
public struct InjectionOutcome: Sendable, CustomStringConvertible {
  /// Alarms that were raised.
  public var raised: [UInt8] = []
  /// Speed at the end and the least on the way, as shares of the speed before.
  public var finalShare = 1.0
  /// The least share on the way.
  public var leastShare = 1.0
  /// The fastest that the rotor turned, rpm.
  public var greatestSpeed = 0.0
  /// Speed at the end without its sign, rpm.
  public var finalSpeed = 0.0
  /// True flow to the patient at the end, as a share of that before.
  public var flowShare = 1.0
  /// Pumps that should stand and turn.
  public var stillTurning: [Int] = []
  /// Refused commands.
  public var refusals = 0
  /// The buzzer sounded.
  public var sounded = false
  /// For each alarm that was raised, the text of the screen names state, cause and action.
  public var hasWords = true

  /// For messages.
  public var description: String {
    "alarms \(raised.map(Identifiers.alarm)), speed at the end \(Int(finalShare * 100)) %, least "
      + "\(Int(leastShare * 100)) %, \(refusals) refused, buzzer \(sounded ? "on" : "off")"
  }
}

/// Injects faults in one phase, each on a machine of its own.
public struct InjectionTrial: Sendable {
  private let root: String
  private let phase: InjectionPhase
  private let isCentrifugal: Bool
  private let seed: UInt64

  /// Trials in a phase.
  public init(root: String, phase: InjectionPhase, isCentrifugal: Bool, seed: UInt64) {
    self.root = root
    self.phase = phase
    self.isCentrifugal = isCentrifugal
    self.seed = seed
  }

  /// What is wrong with what an injection led to, nothing when all is as it must be.
  public func problems(of injection: HazardInjection) throws -> [String] {
    let outcome = try run(injection)
    var problems: [String] = []
    let wanted = phase == .setup ? injection.inSetup : injection.alarms
    let missing = wanted.filter { !outcome.raised.contains($0) }
    if !missing.isEmpty { problems.append("not raised: \(missing.map(Identifiers.alarm))") }
    if phase == .setup {
      let early = injection.alarms.filter { !wanted.contains($0) && outcome.raised.contains($0) }
      if !early.isEmpty { problems.append("raised in SETUP: \(early.map(Identifiers.alarm))") }
      if outcome.finalSpeed > 5 { problems.append("a rotor turns in SETUP") }
    } else if let wrong = Self.wrong(injection.effect, outcome) {
      problems.append(wrong)
    }
    if !outcome.stillTurning.isEmpty { problems.append("pumps \(outcome.stillTurning) turn") }
    if injection.isRefused, phase != .setup, outcome.refusals == 0 {
      problems.append("nothing was refused")
    }
    if injection.soundsAlone, !outcome.sounded { problems.append("the buzzer is silent") }
    if !outcome.hasWords { problems.append("an alarm without state, cause or action") }
    return problems.map { "\(injection) in \(phase.rawValue): \($0) (\(outcome))" }
  }

  private static func wrong(
    _ effect: HazardInjection.Effect, _ outcome: InjectionOutcome
  ) -> String? {
    switch effect {
    case .keeps: outcome.leastShare >= 0.9 ? nil : "the pump must keep its speed"
    case .slows:
      outcome.leastShare < 0.95 && outcome.greatestSpeed > 5 ? nil : "the pump must slow down"
    case .stops: abs(outcome.finalShare) < 0.05 ? nil : "the pump must stand"
    case .holdsBack:
      outcome.flowShare > -0.02 && outcome.flowShare < 0.25 && outcome.finalSpeed > 100
        ? nil : "the pump must hold back, not let \(Int(outcome.flowShare * 100)) % through"
    case .asTheFaultHasIt: nil
    }
  }

  private func run(_ injection: HazardInjection) throws -> InjectionOutcome {
    let bench = try ready()
    bench.forget()
    var outcome = InjectionOutcome()
    let before = speed(bench)
    let flowBefore = flow(bench)
    for deed in injection.deeds { try carryOut(deed, bench, before, &outcome) }
    let wanted = phase == .setup ? injection.inSetup : injection.alarms
    let ticks = Self.ticks(bench, injection.within)
    let least = Self.ticks(bench, min(injection.within, 3))
    for tick in 0..<ticks {
      observe(bench, before, &outcome)
      let isAll = wanted.allSatisfy { bench.raised.contains(AlarmID($0)) } && !wanted.isEmpty
      if tick >= least, isAll || phase == .setup { break }
    }
    outcome.finalShare = before == 0 ? 0 : speed(bench) / before
    outcome.finalSpeed = abs(speed(bench))
    if flowBefore != 0 { outcome.flowShare = flow(bench) / flowBefore }
    let speeds = bench.machine.truth.rotorSpeeds
    outcome.stillTurning = injection.stands.filter { abs(speeds[$0].revolutionsPerMinute) > 1 }
    outcome.refusals = bench.refusals
    for number in AlarmCatalogue.numbers where bench.raised.contains(AlarmID(number)) {
      outcome.raised.append(number)
      let text = AlarmID(number).text
      outcome.hasWords =
        outcome.hasWords && !"\(text.state)".isEmpty && !"\(text.cause)".isEmpty
        && !"\(text.action)".isEmpty
    }
    return outcome
  }

  private static func ticks(_ bench: SafetyBench, _ seconds: Double) -> Int {
    Int((seconds * 1e6 / Double(bench.rig.machine.tickMicroseconds)).rounded(.up))
  }

  private func speed(_ bench: SafetyBench) -> Double {
    bench.machine.truth.rotorSpeeds[0].revolutionsPerMinute
  }

  private func flow(_ bench: SafetyBench) -> Double {
    bench.machine.circuit.signals.flows[.arterialFlow]
  }

  private func observe(_ bench: SafetyBench, _ before: Double, _ outcome: inout InjectionOutcome) {
    bench.tick()
    let now = speed(bench)
    outcome.greatestSpeed = max(outcome.greatestSpeed, abs(now))
    if before != 0 { outcome.leastShare = min(outcome.leastShare, now / before) }
    outcome.sounded = outcome.sounded || bench.machine.truth.buzzerSounds
  }

  private func carryOut(
    _ deed: HazardInjection.Deed, _ bench: SafetyBench, _ before: Double,
    _ outcome: inout InjectionOutcome
  ) throws {
    switch deed {
    case .world(let stimulus): try bench.apply(stimulus)
    case .fault(let text): try bench.inject(text)
    case .reservoir(let volume):
      try bench.apply(.giveVolume(volume - bench.machine.circuit.signals.reservoirVolume))
    case .scale(let name, let factor):
      try bench.apply(.parameter(name, factor * (bench.rig.parameter(name) ?? 0)))
    case .action(let action): bench.submit(action)
    case .slip(let action): bench.submit(action, isConfirmed: false)
    case .wait(let seconds):
      for _ in 0..<Self.ticks(bench, seconds) { observe(bench, before, &outcome) }
    }
  }

  /// A machine in the phase.
  private func ready() throws -> SafetyBench {
    let kind = isCentrifugal ? "ecmo" : "adult"
    if phase == .setup {
      let bench = try SafetyBench(
        start: "HIL/scenarios/startup-\(kind)-ready.yaml", root: root, until: .setup, seed: seed)
      bench.run(seconds: 1)
      return bench
    }
    let bench = try SafetyBench(
      start: "HIL/scenarios/startup-\(kind).yaml", root: root, seed: seed)
    if phase == .wean {
      bench.submit(.requestPhase(.wean))
      guard bench.run(upTo: 1, until: { $0.rig.status.phase == .wean }) else {
        throw BenchError.notReached("the phase WEAN")
      }
    }
    bench.run(seconds: 1)
    return bench
  }
}
