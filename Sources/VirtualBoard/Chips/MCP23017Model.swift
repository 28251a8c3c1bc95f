import PerfusionCore

/// Microchip MCP23017, 16-bit I/O expander (data sheet DS20001952).
///
/// Nets: 0...7 levels at GPA0...GPA7, 8...15 at GPB0...GPB7 (0 or 1; not a number floats, and
/// then the pull-up decides). Output pins 0...15: levels that the chip drives, for an input the
/// level of its pull-up; 16 INTA, 17 INTB. Newer data sheets call GPA7 and GPB7 output only: the
/// model lets them be inputs as the older ones do, a board file should not.
/// Changes of the inputs are seen when the chip or one of its pins is looked at.
/// `wrong`: every input pin reads inverted.
public final class MCP23017Model: ByteRegisterChip {
  /// Registers by kind, in the order of both address maps.
  private enum Kind: Int {
    case direction, polarity, interruptEnable, defaultValue, interruptControl, configuration
    case pullUp, flag, capture, port, latch
  }

  private var registers = InlineArray<11, UInt16>(repeating: 0)
  private var configuration: UInt8 = 0
  private var previous: UInt16 = 0
  private var isSettled = false

  /// A part whose first net is `firstNet`.
  public init(nets: Nets, firstNet: Int) {
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(
        inputs: 16, outputs: 18, outputsAreDigital: true, faults: FaultWord.ofDrivers))
    restart(at: .start)
  }

  override func restart(at now: Instant) {
    registers = InlineArray(repeating: 0)
    self[.direction] = 0xFFFF
    configuration = 0
    pointer = 0
    isSettled = false
  }

  override func load(_ register: UInt8, at now: Instant) -> UInt8 {
    guard let (kind, isPortB) = place(of: register) else { return 0 }
    switch kind {
    case .configuration: return configuration
    case .port:
      clearInterrupt(isPortB)
      return half(previous, isPortB)
    case .capture, .flag:
      let value = half(self[kind], isPortB)
      if kind == .capture { clearInterrupt(isPortB) }
      return value
    default: return half(self[kind], isPortB)
    }
  }

  override func latch(at now: Instant) { _ = watch(at: now) }

  override func store(_ byte: UInt8, in register: UInt8, at now: Instant) {
    guard let (kind, isPortB) = place(of: register) else { return }
    switch kind {
    case .configuration:
      configuration = byte & 0xFE
      // The address map may just have changed under the pointer; it goes on from the register.
      pointer = address(of: .configuration, isPortB)
    case .flag, .capture: return
    case .port, .latch: replace(byte, in: .latch, isPortB)
    case .direction, .polarity, .interruptEnable, .defaultValue, .interruptControl, .pullUp:
      _ = watch(at: now)
      replace(byte, in: kind, isPortB)
      if kind == .direction || kind == .polarity { isSettled = false }
    }
  }

  override func next(after register: UInt8) -> UInt8 {
    let isBanked = configuration.has(7)
    if configuration.has(5) { return isBanked ? register : register ^ 1 }
    if isBanked {
      return register == 0x0A ? 0x10 : register >= 0x1A ? 0 : register &+ 1
    }
    return register >= 0x15 ? 0 : register &+ 1
  }

  override func level(of pin: Int) -> Double {
    if pin < 16 {
      let bit = UInt16(1) << UInt16(pin)
      return (self[.direction] & bit != 0 ? self[.pullUp] : self[.latch]) & bit != 0 ? 1 : 0
    }
    _ = watch(at: clock)
    let flags = self[.flag]
    let mine = pin == 16 ? flags & 0x00FF : flags & 0xFF00
    let isAsserted = (configuration.has(6) ? flags : mine) != 0
    // Open drain (ODR) overrides the polarity bit and pulls low.
    let isActiveHigh = configuration.has(1) && !configuration.has(2)
    return isAsserted == isActiveHigh ? 1 : 0
  }

  override func falsified(_ truth: Double, input index: Int) -> Double { truth >= 0.5 ? 0 : 1 }

  private subscript(kind: Kind) -> UInt16 {
    get { registers[kind.rawValue] }
    set { registers[kind.rawValue] = newValue }
  }

  private func half(_ value: UInt16, _ isPortB: Bool) -> UInt8 {
    UInt8(truncatingIfNeeded: isPortB ? value >> 8 : value)
  }

  private func replace(_ byte: UInt8, in kind: Kind, _ isPortB: Bool) {
    self[kind] =
      isPortB ? self[kind] & 0x00FF | UInt16(byte) << 8 : self[kind] & 0xFF00 | UInt16(byte)
  }

  private func place(of register: UInt8) -> (Kind, Bool)? {
    let isBanked = configuration.has(7)
    let index = isBanked ? Int(register & 0x0F) : Int(register >> 1)
    guard let kind = Kind(rawValue: index), register <= (isBanked ? 0x1A : 0x15) else {
      return nil
    }
    return (kind, isBanked ? register.has(4) : register.has(0))
  }

  private func address(of kind: Kind, _ isPortB: Bool) -> UInt8 {
    let index = UInt8(kind.rawValue)
    return configuration.has(7)
      ? index | (isPortB ? 0x10 : 0) : index << 1 | (isPortB ? 1 : 0)
  }

  private func clearInterrupt(_ isPortB: Bool) {
    self[.flag] &= isPortB ? 0x00FF : 0xFF00
  }

  /// What the port registers read now, after interrupt-on-change has had its say.
  private func watch(at now: Instant) -> UInt16 {
    let value = pins(at: now)
    defer {
      previous = value
      isSettled = true
    }
    guard isSettled, self[.interruptEnable] != 0 else { return value }
    let control = self[.interruptControl]
    let differs = control & (value ^ self[.defaultValue]) | ~control & (value ^ previous)
    let causes = differs & self[.interruptEnable] & self[.direction]
    interrupt(causes & 0x00FF, port: 0x00FF, value)
    interrupt(causes & 0xFF00, port: 0xFF00, value)
    return value
  }

  /// The first cause of a port captures it; later ones wait until the interrupt is cleared.
  private func interrupt(_ causes: UInt16, port: UInt16, _ value: UInt16) {
    guard causes != 0, self[.flag] & port == 0 else { return }
    self[.flag] |= causes
    self[.capture] = self[.capture] & ~port | value & port
  }

  private func pins(at now: Instant) -> UInt16 {
    let inputs = self[.direction]
    let levels = sampleLevels(count: 16, at: now)
    let seen = levels.high | levels.floating & self[.pullUp]
    let value = self[.latch] & ~inputs | seen & inputs
    return value ^ self[.polarity] & inputs
  }
}
