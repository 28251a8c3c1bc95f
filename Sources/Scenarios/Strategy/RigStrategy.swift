import PerfusionCore

/// Where a rig stands between power off and the safe end of a scenario.
public enum RigState: UInt8, Sendable, Comparable, CaseIterable {
  /// Nothing is powered.
  case off
  /// Power is on, the firmware has not spoken.
  case boot
  /// The firmware tests itself.
  case selfTest
  /// The firmware waits for the operator, or works.
  case ready
  /// Drives without power, rotors at rest, faults taken off.
  case safe

  /// In the order of a scenario.
  public static func < (left: RigState, right: RigState) -> Bool { left.rawValue < right.rawValue }

  /// Seconds of the rig's time in which the state must be left, nothing for those that may last.
  func limit(_ rig: some Rig) -> Double? {
    switch self {
    case .boot: rig.bootSeconds
    case .selfTest: 120
    case .off, .ready, .safe: nil
    }
  }
}

/// A transition that did not come about.
public struct RigFailure: Error, Sendable, Equatable {
  /// The state in which the rig stayed.
  public var from: RigState
  /// The state that it should have reached.
  public var to: RigState
  /// What was seen.
  public var reason: String

  /// `boot -> selfTest: no word of the firmware in 15 s`.
  public var description: String { "\(from) -> \(to): \(reason)" }

  /// Makes a failure.
  public init(from: RigState, to: RigState, reason: String) {
    self.from = from
    self.to = to
    self.reason = reason
  }
}

/// Follows a rig through `off -> boot -> selfTest -> ready -> safe`.
///
/// The first transition that fails is kept and never tried again: whoever runs several scenarios
/// on one rig reports it for all that follow.
public struct RigStrategy: Sendable {
  /// Where the rig stands.
  public private(set) var state = RigState.off
  /// The first transition that failed.
  public private(set) var failure: RigFailure?
  private var enteredAt = Instant.start

  /// A rig without power.
  public init() {}

  /// Looks at the rig after a tick; gives the failure when one has just happened.
  mutating func follow(_ rig: some Rig) -> RigFailure? {
    guard failure == nil, state < .ready else { return nil }
    if let trouble = rig.trouble { return fail(trouble) }
    switch state {
    case .off: enter(.boot, rig)
    case .boot: if rig.status.tick != .start { enter(.selfTest, rig) }
    case .selfTest:
      if rig.status.phase != .post, rig.status.phase != .off { enter(.ready, rig) }
    case .ready, .safe: return nil
    }
    guard let limit = state.limit(rig) else { return nil }
    let waited = Double(rig.now.microseconds &- enteredAt.microseconds) / 1_000_000
    guard waited > limit else { return nil }
    return fail(
      state == .boot
        ? "no word of the firmware in \(spanText(limit))"
        : "the self test was not over in \(spanText(limit))")
  }

  /// Drives the rig into the safe state, whatever happened before.
  mutating func makeSafe(_ rig: some Rig) -> RigFailure? {
    if let reason = rig.makeSafe() {
      let found = RigFailure(from: state, to: .safe, reason: reason)
      if failure == nil { failure = found }
      return found
    }
    state = .safe
    return nil
  }

  private mutating func enter(_ next: RigState, _ rig: some Rig) {
    state = next
    enteredAt = rig.now
  }

  private mutating func fail(_ reason: String) -> RigFailure {
    let next = RigState(rawValue: state.rawValue + 1) ?? .safe
    let found = RigFailure(from: state, to: next, reason: reason)
    failure = found
    return found
  }
}

extension ScenarioRun {
  /// Follows the rig until it is ready; a transition that fails ends the run and names itself.
  func followRig() {
    guard let failure = strategy.follow(rig) else { return }
    fail(step("bring the rig to the state \(failure.to)", failure.description))
    finish()
  }

  /// The end of every run: the rig is driven into its safe state, and that is checked.
  public func makeSafe() {
    var outcome = step("leave the rig in its safe state", "drives without power, rotors at rest")
    outcome.verdict = .met
    if let failure = strategy.makeSafe(rig) {
      outcome.verdict = .notMet
      outcome.message = failure.description
      add(.failure, outcome.description)
    }
    outcomes.append(outcome)
  }

  private func step(_ text: String, _ message: String) -> Outcome {
    Outcome(
      file: scenario.file, place: Place(line: 1, column: 1), kind: .step, text: text,
      verdict: .notMet, decidedAt: time, message: message)
  }
}
