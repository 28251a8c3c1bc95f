import ChipDrivers
import Firmware
import PerfusionCore

/// All two-state inputs of a board, on GPIO and on expanders.
final class LineBank {
  /// Levels of all inputs, expanders included; bit i is line i, asserted is 1.
  private(set) var levels: LineLevels = 0
  /// Captured edges.
  var edges = EdgeQueue()
  /// The wired inputs.
  private(set) var inputs: [InputLine] = []
  private(set) var tachometers: [Tachometer] = []
  private let wiring: BoardWiring
  private var activeLow: LineLevels = 0
  private var gpioInputs: LineLevels = 0
  private var captured: LineLevels = 0
  /// Inputs that need work even when nothing changes; bit i is input i.
  private var busy: UInt64 = 0
  /// The states of the millisecond before.
  private var seen = TwoStates()
  /// Where in the states each input finds its own; 63, which is never set, for none.
  private var bits: [UInt8] = []

  /// The inputs of a wiring, none yet.
  init(wiring: BoardWiring) {
    self.wiring = wiring
    for index in wiring.lines.indices {
      let line = wiring.lines[index]
      let bit = LineLevels(1) << LineLevels(index)
      if line.isActiveLow { activeLow |= bit }
      guard line.direction == .input else { continue }
      if line.expander < 0 { gpioInputs |= bit }
      if line.edge == .both { captured |= bit }
    }
  }

  /// Levels of the GPIO inputs, as the kernel gives them.
  var gpioLevels: LineLevels { levels & gpioInputs }

  /// Puts a sensor on a line.
  func add(_ index: Int, site: SensorSite, truth: Bool) {
    guard let line = wiring.lines.element(at: index) else { return }
    inputs.append(InputLine(index, wiring: line, site: site, truth: truth))
    bits.append(UInt8(clamping: TwoStates.bit(of: site) ?? 63))
    setLevel(index, truth)
    lookAtAll()
  }

  /// Puts a tachometer on a line.
  func addTachometer(_ index: Int, pump: Int, countsPerRevolution: Double) {
    tachometers.append(
      Tachometer(line: index, pump: pump, countsPerRevolution: countsPerRevolution))
    setLevel(index, true)
  }

  /// Puts a level on an input from outside, at a moment; an edge is captured where one is wanted.
  func drive(_ index: Int, isAsserted: Bool, at now: Instant) {
    let bit = LineLevels(1) << LineLevels(index & 63)
    guard isAsserted != (levels & bit != 0) else { return }
    setLevel(index, isAsserted)
    guard captured & bit != 0 else { return }
    edges.insert(LineEdgeEvent(line: UInt8(clamping: index), isAsserted: isAsserted, at: now))
  }

  /// Moves all inputs on by the millisecond that ends at `now`.
  func step(_ states: TwoStates, at now: Instant) {
    guard busy != 0 || states != seen else { return }
    var work = busy
    for input in bits.indices where (states.word ^ seen.word) >> UInt64(bits[input]) & 1 != 0 {
      work |= 1 << UInt64(input & 63)
    }
    seen = states
    while work != 0 {
      let input = work.trailingZeroBitCount
      work &= work &- 1
      step(input, states.word >> UInt64(bits[input]) & 1 != 0, at: now)
    }
  }

  /// Every input is looked at in the next millisecond.
  private func lookAtAll() {
    busy = inputs.count < 64 ? (1 << UInt64(inputs.count)) - 1 : ~0
  }

  private func step(_ input: Int, _ truth: Bool, at now: Instant) {
    let bit = UInt64(1) << UInt64(input)
    let edge = inputs[input].step(truth, at: now)
    busy = inputs[input].isQuiet ? busy & ~bit : busy | bit
    guard let edge else { return }
    setLevel(Int(edge.line), edge.isAsserted)
    if captured >> UInt64(edge.line) & 1 != 0 { edges.insert(edge) }
  }

  /// Moves a tachometer on; see `Tachometer.step`.
  func stepTachometer(_ index: Int, turns: Double, at now: Instant) {
    tachometers[index].step(turns: turns, at: now, into: &edges)
    setLevel(Int(tachometers[index].line), tachometers[index].isAsserted)
  }

  /// Applies or ends a fault of what is wired to a line.
  func setFault(line: Int, _ word: FaultWord?, random: SplitMix64) {
    for index in inputs.indices where Int(inputs[index].index) == line {
      inputs[index].setFault(word, random: random)
      lookAtAll()
    }
    for index in tachometers.indices where Int(tachometers[index].line) == line {
      tachometers[index].setFault(word, random: random)
    }
  }

  /// The electrical level of a line: what an expander's pin sees, 0 or 1.
  func electrical(_ index: Int) -> Double {
    Double(electricalLevels >> LineLevels(index & 63) & 1)
  }

  /// The electrical levels of all lines, bit i for line i.
  var electricalLevels: LineLevels { levels ^ activeLow }

  private func setLevel(_ index: Int, _ isAsserted: Bool) {
    let bit = LineLevels(1) << LineLevels(index & 63)
    levels = isAsserted ? levels | bit : levels & ~bit
  }
}
