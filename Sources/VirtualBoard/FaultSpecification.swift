/// A fault word with the thing it befalls: `arterialClamp:stuck`, `adcPressures:nack`,
/// `safety:hang`.
public struct FaultSpecification: Hashable, Sendable {
  /// Identifier of a chip, line, bus, sensor, pump drive or actuator of the board file.
  public var target: String
  /// The fault word.
  public var word: FaultWord
  /// Makes a fault.
  public init(target: String, word: FaultWord) {
    self.target = target
    self.word = word
  }
}

/// What may befall an emulated part; the same words everywhere (docs/faults.md).
public enum FaultWord: String, CaseIterable, Sendable {
  /// Unpowered, gone, open circuit.
  case off
  /// Keeps its last value or position.
  case stuck
  /// Random values.
  case garbage
  /// Plausible but false: a fixed offset, the other polarity.
  case wrong
  /// Drifts away steadily: by what `wrong` adds every 30 s, without end.
  case drift
  /// Exchanged with its neighbour of the same kind: each shows what the other measures.
  case swapped
  /// Follows with ten times its lag.
  case slow
  /// Follows exactly, 500 ms late.
  case delayed
  /// Works half of the time, at random.
  case intermittent
  /// Bus: no acknowledge.
  case nack
  /// Bus: the transfer times out.
  case timeout
  /// Bus: held until recovered.
  case hang
  /// A chip on its bus: held as long as the chip is connected; nine clocks do not help.
  case latched
  /// Bus: arbitration lost.
  case arbitrationLost
  /// Bus: one bit of a read is wrong.
  case bitFlip
}

/// Why a fault was not applied.
public enum FaultRefusal: Error, Equatable, Sendable {
  /// Nothing on the board has this name; the nearest one that exists.
  case unknownTarget(String, nearest: String?)
  /// This thing does not know this fault word; those that it knows.
  case unsupported(FaultSpecification, supported: [FaultWord])
}
