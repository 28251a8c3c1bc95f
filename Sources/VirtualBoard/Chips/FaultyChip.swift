public import PerfusionCore

/// What all chip models share: fault words, filtered here so that each model stays its data sheet.
///
/// A model overrides `accept`, `answer`, `level(of:)`, `restart` and, where it has something to
/// say, `falsified`. It reads nets through `sample` only.
public class FaultyChip: ChipModel {
  /// A read within this time after an acknowledged write belongs to the same transaction.
  private static let transactionGap: Int64 = 1_000

  final let nets: Nets
  final let firstNet: Int
  final let traits: ChipTraits
  /// The fault that the chip has now.
  public final var presentFault: FaultWord? { fault }
  private(set) final var fault: FaultWord?
  /// Clock stretching that the last phase caused, microseconds.
  public final var stretch: Int64 { stretchMicroseconds }
  final var stretchMicroseconds: Int64 = 0
  private final var isFaulty = false
  private final var latest = Instant(microseconds: -1_000_000)
  private final var noise = ChipNoise(seed: 0)
  private final var inputs: InputHistory?
  private final var outputs: OutputHistory?
  private final var garbageSeed: UInt64 = 0
  private final var lastWriteAcknowledged: Int64?

  init(nets: Nets, firstNet: Int, traits: ChipTraits) {
    self.nets = nets
    self.firstNet = firstNet
    self.traits = traits
  }

  /// The fault words that this chip knows.
  public final var supportedFaults: [FaultWord] { traits.faults }

  /// The latest moment that the chip knows of.
  final var clock: Instant { max(latest, nets.now) }

  // What a model overrides.

  /// Takes a write phase; false for no acknowledge.
  func accept(_ bytes: Span<UInt8>, at now: Instant) -> Bool { true }
  /// Fills a read phase; false for no acknowledge.
  func answer(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool { false }
  /// Takes a general call; false when the part does not know it.
  func acceptGeneralCall(_ bytes: Span<UInt8>, at now: Instant) -> Bool { false }
  /// The level of an existing pin of a sound chip.
  func level(of pin: Int) -> Double { 0 }
  /// Power-on reset.
  func restart(at now: Instant) {}
  /// What the input `index` seems to be under the fault word `wrong`.
  func falsified(_ truth: Double, input index: Int) -> Double { truth }
  /// What hardware behind the fault still makes of a faulty level: an output-enable pin.
  func gated(_ level: Double, output pin: Int) -> Double { level }
  /// The level that a pin shows under the fault word `wrong`.
  func falsified(_ level: Double, output pin: Int) -> Double { level }

  // The pins.

  /// One write phase; false when the chip does not acknowledge.
  public final func write(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    latest = max(latest, now)
    stretchMicroseconds = 0
    guard isFaulty else { return accept(bytes, at: now) }
    guard acknowledges(isRead: false, at: now), accept(bytes, at: now) else {
      lastWriteAcknowledged = nil
      return false
    }
    lastWriteAcknowledged = now.microseconds
    noteOutputs(at: now)
    return true
  }

  /// One read phase; false when the chip does not acknowledge.
  public final func read(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool {
    latest = max(latest, now)
    stretchMicroseconds = 0
    guard isFaulty else { return answer(into: &bytes, at: now) }
    guard acknowledges(isRead: true, at: now), answer(into: &bytes, at: now) else { return false }
    corrupt(&bytes)
    return true
  }

  /// A write to address 0; false when the chip does not take part.
  public final func generalCall(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    latest = max(latest, now)
    guard isFaulty else { return acceptGeneralCall(bytes, at: now) }
    guard acknowledges(isRead: false, at: now) else { return false }
    let isTaken = acceptGeneralCall(bytes, at: now)
    noteOutputs(at: now)
    return isTaken
  }

  /// Electrical output of a pin; 0 for a pin that does not exist.
  public final func output(_ pin: Int) -> Double {
    guard pin >= 0, pin < traits.outputs else { return 0 }
    let level = level(of: pin)
    return isFaulty ? faulty(level, pin: pin) : level
  }

  /// Power-on reset; non-volatile memory and the fault stay.
  public final func powerOn(at now: Instant) {
    latest = max(latest, now)
    restart(at: now)
  }

  /// Pulls a net of this chip (counted from its first) as the chip sees it.
  final func sample(_ index: Int, at now: Instant) -> Double {
    let truth = nets.value(firstNet &+ index, at: now)
    return isFaulty ? faulty(truth, input: index, at: now.microseconds) : truth
  }

  /// Pulls the first `count` nets of this chip, up to 16, as levels: see `Nets.levels`.
  final func sampleLevels(count: Int, at now: Instant) -> (high: UInt16, floating: UInt16) {
    guard isFaulty else { return nets.levels(first: firstNet, count: count, at: now) }
    var high: UInt16 = 0
    var floating: UInt16 = 0
    for index in 0..<count {
      let level = sample(index, at: now)
      if level >= 0.5 { high |= 1 << UInt16(index) }
      if level != level { floating |= 1 << UInt16(index) }
    }
    return (high, floating)
  }
}

// Faults.
extension FaultyChip {
  /// Applies a fault or, with nil, ends it; a word that the part does not know changes nothing
  /// and returns false. A chip that was `off` starts again from power-on reset.
  @discardableResult public final func setFault(_ word: FaultWord?, seed: UInt64) -> Bool {
    if let word, !traits.faults.contains(word) { return false }
    if fault == .off, word != .off { restart(at: clock) }
    outputs = nil
    inputs = nil
    if word == .stuck || word == .delayed {
      outputs = OutputHistory(levels: (0..<traits.outputs).map(level(of:)))
    }
    if word == .stuck || word == .slow || word == .delayed {
      let before = (0..<traits.inputs).map { nets.value(firstNet &+ $0, at: clock) }
      inputs = InputHistory(before, timeConstant: 10 * traits.lag, at: clock.microseconds)
    }
    fault = word
    isFaulty = word != nil
    noise = ChipNoise(seed: seed)
    garbageSeed = seed
    lastWriteAcknowledged = nil
    return true
  }

  private func acknowledges(isRead: Bool, at now: Instant) -> Bool {
    switch fault {
    case .off, .nack: return false
    case .intermittent:
      if isRead, let written = lastWriteAcknowledged {
        lastWriteAcknowledged = nil
        if now.microseconds &- written <= Self.transactionGap { return true }
      }
      return noise.next() >> 63 == 0
    default: return true
    }
  }

  private func corrupt(_ bytes: inout MutableSpan<UInt8>) {
    switch fault {
    case .garbage:
      for index in bytes.indices { bytes[index] = UInt8(truncatingIfNeeded: noise.next() >> 32) }
    case .bitFlip:
      guard bytes.count > 0 else { return }
      let draw = noise.next()
      let index = Int(draw >> 32) % bytes.count
      bytes[index] ^= 1 << UInt8(draw & 7)
    default: return
    }
  }

  private func noteOutputs(at now: Instant) {
    if fault == .garbage { garbageSeed &+= 0x9E37_79B9_7F4A_7C15 }
    guard fault == .delayed, let outputs else { return }
    for pin in 0..<traits.outputs {
      outputs.note(level(of: pin), pin: pin, at: now.microseconds)
    }
  }

  private func faulty(_ level: Double, pin: Int) -> Double {
    switch fault {
    case .off: return 0
    case .wrong: return falsified(level, output: pin)
    case .stuck: return outputs?.level(of: pin, at: clock.microseconds) ?? level
    case .delayed:
      return gated(outputs?.level(of: pin, at: clock.microseconds) ?? level, output: pin)
    case .garbage:
      var draw = ChipNoise(seed: garbageSeed ^ UInt64(pin))
      let fraction = draw.nextFraction()
      let random =
        traits.outputsAreDigital ? (fraction < 0.5 ? 0 : 1) : fraction * traits.outputSpan
      return gated(random, output: pin)
    default: return level
    }
  }

  private func faulty(_ truth: Double, input: Int, at now: Int64) -> Double {
    switch fault {
    case .stuck: return inputs?.stuck(input) ?? truth
    case .wrong: return falsified(truth, input: input)
    case .slow: return inputs?.slow(truth, input: input, at: now) ?? truth
    case .delayed: return inputs?.delayed(truth, input: input, at: now) ?? truth
    default: return truth
    }
  }
}
