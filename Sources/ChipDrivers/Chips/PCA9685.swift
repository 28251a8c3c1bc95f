public import PerfusionCore

/// NXP PCA9685, sixteen PWM outputs.
///
/// Output channels 0...15: duty 0...1. Found in its reset state it is set full-off before it is
/// woken; found running with our settings (the firmware restarted, the chip did not) its outputs
/// stay until they are commanded. It is set up only when three visits in a row found it alike, and once
/// it has run only when it is asleep, where its outputs are dead anyway: a read that lies must not let
/// go of a clamp. One changed channel is written and read back in a visit. A visit without a change, and
/// every eighth, checks that the chip still runs with our settings and reads one commanded channel back, in
/// turn; what it does not show is written again at once.
public struct PCA9685: BitwiseCopyable, Sendable {
  // PCA9685 data sheet rev 4, tables 4...8; docs/domain.md 10.1.
  @usableFromInline static var mode1: UInt8 { 0x00 }
  @usableFromInline static var mode2: UInt8 { 0x01 }
  @usableFromInline static var firstChannel: UInt8 { 0x06 }
  @usableFromInline static var allOffHigh: UInt8 { 0xFD }
  @usableFromInline static var prescale: UInt8 { 0xFE }
  @usableFromInline static var asleep: UInt8 { 0x30 }
  /// Register pointer counts up, awake, does not answer to the all-call address.
  @usableFromInline static var awake: UInt8 { 0x20 }
  /// Asleep: no output is driven.
  @usableFromInline static var sleeping: UInt8 { 0x10 }
  /// The restart flag is not a setting.
  @usableFromInline static var modeMask: UInt8 { 0x7F }
  /// Not inverted, totem pole, new values at the end of a transfer; the upper bits are reserved.
  @usableFromInline static var outputs: UInt8 { 0x04 }
  @usableFromInline static var outputsMask: UInt8 { 0x1F }
  @usableFromInline static var unknown: UInt16 { 0xFFFF }
  @usableFromInline static var checkVisits: UInt8 { 8 }

  @usableFromInline enum Stage: UInt8, BitwiseCopyable, Sendable {
    case inspect, prescale, wake, running
  }
  @usableFromInline var stage = Stage.inspect
  @usableFromInline var address: I2CAddress
  @usableFromInline var prescaleCode: UInt8
  @usableFromInline var cursor: UInt8 = 0
  /// The channel that was read back last.
  @usableFromInline var looked: UInt8 = 0
  @usableFromInline var visitsToCheck: UInt8 = 8
  @usableFromInline var hasRun = false
  @usableFromInline var shown = RepeatedRead<2>()
  @usableFromInline var written = InlineArray<16, UInt16>(repeating: 0xFFFF)

  /// Makes the driver; `frequency` 24...1526 Hz, held inside.
  public init(address: I2CAddress, frequency: Double) {
    self.address = address
    let code = frequency > 0 ? 25e6 / (4096 * frequency) - 1 : 255
    prescaleCode = UInt8(truncatingIfNeeded: max(3, Words.code(code, highest: 255)))
  }
  /// Begins initialisation anew.
  @inlinable public mutating func restart() {
    stage = .inspect
    shown = RepeatedRead()
  }
  /// The chip runs.
  @inlinable public var isReady: Bool { stage == .running }

  /// One step of initialisation, or one channel, or one check.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, outputs: inout ChannelOutputs
  ) throws(BusError) {
    switch stage {
    case .running: try drive(&bus, &outputs)
    case .inspect: try inspect(&bus)
    case .prescale:
      try bus.write(address, [PCA9685.prescale, prescaleCode])
      let found: InlineArray<1, UInt8> = try bus.read(address, register: PCA9685.prescale)
      guard found[0] == prescaleCode else { throw .verifyFailed }
      stage = .wake
    case .wake:
      try bus.write(address, [PCA9685.mode2, PCA9685.outputs])
      try bus.write(address, [PCA9685.mode1, PCA9685.awake])
      try checkModes(&bus)
      run()
    }
  }

  @usableFromInline mutating func run() {
    stage = .running
    hasRun = true
  }

  /// Off first, then asleep, unless the chip already runs as we set it.
  @inlinable mutating func inspect(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    let mode: InlineArray<1, UInt8> = try bus.read(address, register: PCA9685.mode1)
    let scale: InlineArray<1, UInt8> = try bus.read(address, register: PCA9685.prescale)
    if mode[0] & PCA9685.modeMask == PCA9685.awake && scale[0] == prescaleCode {
      written = InlineArray(repeating: PCA9685.unknown)
      // Written where it is ours already it moves nothing; an inverted coil is set right.
      try bus.write(address, [PCA9685.mode2, PCA9685.outputs])
      try checkModes(&bus)
      return run()
    }
    if hasRun && mode[0] & PCA9685.sleeping == 0 {
      // Told our mode again, which moves no output.
      try bus.write(address, [PCA9685.mode1, PCA9685.awake])
      throw .verifyFailed
    }
    guard try shown.confirm([mode[0], scale[0]]) else { return }
    try bus.write(address, [PCA9685.allOffHigh, 0x10])
    try bus.write(address, [PCA9685.mode1, PCA9685.asleep])
    written = InlineArray(repeating: 0)
    stage = .prescale
  }

  @inlinable func checkModes(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    let modes: InlineArray<2, UInt8> = try bus.read(address, register: PCA9685.mode1)
    guard modes[0] & PCA9685.modeMask == PCA9685.awake,
      modes[1] & PCA9685.outputsMask == PCA9685.outputs
    else { throw .verifyFailed }
  }

  @inlinable mutating func drive(
    _ bus: inout some I2CBus & ~Copyable, _ outputs: inout ChannelOutputs
  ) throws(BusError) {
    visitsToCheck &-= 1
    for step: UInt8 in 1...16 where visitsToCheck > 0 {
      let channel = Int((cursor &+ step) & 15)
      guard outputs.isCommanded(channel) else { continue }
      let code = Words.code(outputs.read(channel) * 4096, highest: 4096)
      guard code != written[channel] else { continue }
      cursor = UInt8(truncatingIfNeeded: channel)
      return try write(channel, code, &bus)
    }
    visitsToCheck = PCA9685.checkVisits
    try checkModes(&bus)
    try lookAtNext(&bus, outputs.commandedBits)
  }

  /// Reads the next channel that was commanded back, and writes it again when it is not as written.
  @inlinable mutating func lookAtNext(
    _ bus: inout some I2CBus & ~Copyable, _ commanded: UInt16
  ) throws(BusError) {
    for step: UInt8 in 1...16 {
      let channel = (looked &+ step) & 15
      let code = written[Int(channel)]
      guard commanded >> UInt16(channel) & 1 != 0, code != PCA9685.unknown else { continue }
      looked = channel
      if try shows(Int(channel), code, &bus) { return }
      return try write(Int(channel), code, &bus)
    }
  }

  @inlinable static func register(_ channel: Int) -> UInt8 {
    firstChannel &+ UInt8(truncatingIfNeeded: channel * 4)
  }

  /// On and off counts of a code; 0 is full-off, 4096 full-on.
  @inlinable static func counts(_ code: UInt16) -> InlineArray<4, UInt8> {
    [0, code >= 4096 ? 0x10 : 0, Words.low(code), code == 0 ? 0x10 : Words.high(code & 0x0FFF)]
  }

  @inlinable func shows(
    _ channel: Int, _ code: UInt16, _ bus: inout some I2CBus & ~Copyable
  ) throws(BusError) -> Bool {
    let found: InlineArray<4, UInt8> = try bus.read(address, register: PCA9685.register(channel))
    let wanted = PCA9685.counts(code)
    return found[0] == wanted[0] && found[1] == wanted[1] && found[2] == wanted[2]
      && found[3] == wanted[3]
  }

  /// Writes a channel and reads it back.
  @inlinable mutating func write(
    _ channel: Int, _ code: UInt16, _ bus: inout some I2CBus & ~Copyable
  ) throws(BusError) {
    let counts = PCA9685.counts(code)
    written[channel] = PCA9685.unknown
    try bus.write(
      address, [PCA9685.register(channel), counts[0], counts[1], counts[2], counts[3]])
    guard try shows(channel, code, &bus) else { throw .verifyFailed }
    written[channel] = code
  }
}
