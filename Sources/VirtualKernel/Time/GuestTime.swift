import PerfusionCore

/// A moment of the guest's clock: nanoseconds since it was started, which is the board's power-on.
struct GuestTime: Comparable, Sendable {
  var nanoseconds: UInt64

  static var start: GuestTime { GuestTime(nanoseconds: 0) }

  init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }
  init(_ instant: Instant) {
    nanoseconds = UInt64(clamping: instant.microseconds) &* 1000
  }

  /// The board's moment, rounded up to its microsecond.
  var instant: Instant { Instant(microseconds: Int64(clamping: (nanoseconds + 999) / 1000)) }

  static func < (left: GuestTime, right: GuestTime) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}
