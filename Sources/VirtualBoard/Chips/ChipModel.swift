public import PerfusionCore

/// A chip on the virtual board at register level, written from its data sheet alone.
///
/// The bus router hands every phase of a transaction that is addressed to the chip to `write` or
/// `read` and looks at `stretch` afterwards. The plant reads `output`. Nothing else passes: a
/// driver sees of a chip exactly what its pins would show.
public protocol ChipModel: AnyObject {
  /// One write phase of a transaction addressed to this chip; an empty phase is a probe of the
  /// address. Returns false to not acknowledge.
  func write(_ bytes: Span<UInt8>, at now: Instant) -> Bool
  /// One read phase; fills all of `bytes`. Returns false to not acknowledge the address.
  func read(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool
  /// A write to the general-call address 0x00, which every chip on the bus hears. Returns false
  /// when the chip does not take part.
  func generalCall(_ bytes: Span<UInt8>, at now: Instant) -> Bool
  /// Clock stretching that the last phase caused, microseconds; 0 for most parts.
  var stretch: Int64 { get }
  /// Electrical output of a pin: volts of a DAC, duty 0...1 of a PWM channel, 1 or 0 of a digital
  /// pin. A pin that floats gives the level that its pull resistor or its reset leaves it at; a
  /// pin that does not exist gives 0.
  func output(_ pin: Int) -> Double
  /// Power-on reset; the contents of non-volatile memory stay.
  func powerOn(at now: Instant)
  /// The fault words that this chip knows.
  var supportedFaults: [FaultWord] { get }
  /// Applies a fault (the one before it ends), or ends it with nil. A word that is not in
  /// `supportedFaults` changes nothing and returns false.
  @discardableResult func setFault(_ word: FaultWord?, seed: UInt64) -> Bool
}
