internal import Synchronization

/// A queue from one thread to one other, without locks: neither side ever waits for the other.
///
/// The memory is the owner's, filled with any elements; its size is the capacity. A ring that is
/// full refuses and counts what was refused.
@safe public struct RecordRing<Element>: ~Copyable, @unchecked Sendable {
  private let slots: UnsafeMutableBufferPointer<Element>
  private let taken = Atomic<UInt64>(0)
  private let put = Atomic<UInt64>(0)
  private let refused = Atomic<UInt64>(0)

  /// A ring over memory whose elements are initialised and that outlives the ring.
  public init(over memory: UnsafeMutableBufferPointer<Element>) { unsafe slots = unsafe memory }

  /// How many elements were refused because the ring was full.
  public var lost: UInt64 { refused.load(ordering: .relaxed) }

  /// Puts an element in, written in its place; false when the ring is full.
  ///
  /// For the producing thread only. `write` finds what the place held before.
  @discardableResult
  public func put(_ write: (inout Element) -> Void) -> Bool {
    let next = put.load(ordering: .relaxed)
    let used = next &- taken.load(ordering: .acquiring)
    guard unsafe used < UInt64(slots.count) else {
      refused.wrappingAdd(1, ordering: .relaxed)
      return false
    }
    // Through a buffer of its own: ThreadSanitizer takes `&slots[]` for a change of `slots`.
    let own = unsafe slots
    unsafe write(&own[Int(next % UInt64(own.count))])
    put.store(next &+ 1, ordering: .releasing)
    return true
  }

  /// Lets the oldest element be read in its place, then takes it out; false when there is none.
  ///
  /// For the consuming thread only.
  @discardableResult
  public func take(_ read: (borrowing Element) -> Void) -> Bool {
    let next = taken.load(ordering: .relaxed)
    guard next != put.load(ordering: .acquiring) else { return false }
    unsafe read(slots[Int(next % UInt64(slots.count))])
    taken.store(next &+ 1, ordering: .releasing)
    return true
  }
}
