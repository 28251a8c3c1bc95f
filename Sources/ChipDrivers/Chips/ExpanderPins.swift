internal import PerfusionCore

/// How the pins of an expander are used, gathered from the lines that name it.
///
/// Bit i is pin i (A0...A7, B0...B7). Pins that no line names are inputs.
public struct ExpanderPins: BitwiseCopyable, Sendable {
  /// Pins that are driven.
  public var outputs: UInt16 = 0
  /// Driven pins whose rest state (not asserted) is electrically high.
  public var restHigh: UInt16 = 0
  /// Pins on which something is wired that is read.
  public var inputs: UInt16 = 0
  /// Inputs with a pull-up.
  public var pullUps: UInt16 = 0
  /// All inputs.
  public init() {}

  /// Gathers the pins of the expander that is chip `chip` of the wiring.
  public init(_ wiring: borrowing BoardWiring, chip: Int) {
    for index in 0..<wiring.lines.count {
      let line = wiring.lines[index]
      guard Int(line.expander) == chip && line.expanderPin < 16 else { continue }
      let bit: UInt16 = 1 << UInt16(line.expanderPin)
      if line.direction == .output {
        outputs |= bit
        if line.isActiveLow { restHigh |= bit }
      } else {
        inputs |= bit
        if line.bias == .pullUp { pullUps |= bit }
      }
    }
  }
}
