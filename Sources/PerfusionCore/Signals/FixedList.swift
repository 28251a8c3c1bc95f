/// A list of at most `capacity` elements that lives in place and never allocates.
///
/// Appending to a full list is refused, not trapped; reading outside the list gives nothing.
public struct FixedList<let capacity: Int, Element: BitwiseCopyable & Sendable>: Sendable {
  /// How many elements are in the list, 0...`capacity`.
  @inlinable public var count: Int { filled }
  @usableFromInline var filled: Int
  @usableFromInline var slots: InlineArray<capacity, Element>

  /// Makes an empty list; `filler` occupies the free slots and is never read as an element.
  @inlinable public init(filler: Element) {
    filled = 0
    slots = InlineArray(repeating: filler)
  }

  /// True when nothing is in the list.
  @inlinable public var isEmpty: Bool { count == 0 }
  /// True when nothing more fits.
  @inlinable public var isFull: Bool { count >= capacity }
  /// The valid indices.
  @inlinable public var indices: Range<Int> { 0..<count }

  /// Appends and says whether there was room.
  @discardableResult public mutating func append(_ element: Element) -> Bool {
    guard count < capacity else { return false }
    slots[filled] = element
    filled += 1
    return true
  }

  /// Takes everything out.
  public mutating func removeAll() { filled = 0 }

  /// The element at an index inside `indices`.
  ///
  /// - Precondition: `index` lies in `0..<capacity`; loop over `indices`, or use `element(at:)`
  ///   where the index comes from data.
  @inlinable public subscript(index: Int) -> Element {
    get { slots.span[index] }
    set { slots[index] = newValue }
  }

  /// The element at an index that may come from data, nothing outside the list.
  @inlinable public func element(at index: Int) -> Element? {
    index >= 0 && index < count ? slots.span[index] : nil
  }
}

extension FixedList: Equatable where Element: Equatable {
  /// The same elements in the same order, whatever the free slots hold.
  public static func == (first: FixedList, second: FixedList) -> Bool {
    guard first.count == second.count else { return false }
    for index in first.indices where first[index] != second[index] { return false }
    return true
  }
}
