internal import Synchronization

/// The latest value from one thread to one other, without locks: three places, of which the writer
/// owns one, the reader one, and the third changes hands.
///
/// Neither side ever waits or tries again, whatever the other one does, killed half way included.
/// Values that the reader did not fetch in time are overwritten.
@safe public struct LatestValue<Value>: ~Copyable, @unchecked Sendable {
  private let places: UnsafeMutablePointer<Value>
  /// The place in the middle (0...2), and 4 while the reader has not seen it.
  private let middle = Atomic<UInt8>(1)
  /// The writer's own place; only the writer's thread touches it.
  private let writing = Atomic<UInt8>(0)
  /// The reader's own place; only the reader's thread touches it.
  private let reading = Atomic<UInt8>(2)
  private static var isFresh: UInt8 { 4 }

  /// A hand-over through three initialised places that outlive it.
  public init(over places: UnsafeMutablePointer<Value>) { unsafe self.places = unsafe places }

  /// Hands a value over. For the writing thread only.
  ///
  /// `write` finds an older value in the place and must set all of it.
  public func publish(_ write: (inout Value) -> Void) {
    let own = writing.load(ordering: .relaxed)
    // Through a pointer of its own: ThreadSanitizer takes `&places[]` for a change of `places`.
    let place = unsafe places + Int(own)
    unsafe write(&place.pointee)
    let old = middle.exchange(own | LatestValue.isFresh, ordering: .acquiringAndReleasing)
    writing.store(old & 3, ordering: .relaxed)
  }

  /// Fetches the latest value when there is a new one; true when `read` was called. For the reading
  /// thread only.
  @discardableResult
  public func fetch(_ read: (borrowing Value) -> Void) -> Bool {
    guard middle.load(ordering: .relaxed) & LatestValue.isFresh != 0 else { return false }
    let own = reading.load(ordering: .relaxed)
    let latest = middle.exchange(own, ordering: .acquiringAndReleasing) & 3
    reading.store(latest, ordering: .relaxed)
    unsafe read(places[Int(latest)])
    return true
  }
}
