/// Things to be done at given moments, earliest first; equal moments keep their order.
struct PendingQueue<Item> {
  private var items: [Entry] = []
  private var head = 0
  /// When the earliest is due, kept beside the items because every tick asks.
  private(set) var nextDue = Int64.max

  private struct Entry {
    let at: Int64
    let item: Item
  }

  var isEmpty: Bool { nextDue == .max }

  mutating func add(_ item: Item, at microseconds: Int64) {
    var index = items.count
    while index > head, items[index - 1].at > microseconds { index -= 1 }
    items.insert(Entry(at: microseconds, item: item), at: index)
    nextDue = items[head].at
  }

  /// The earliest item when its moment has come, without taking it.
  func due(at microseconds: Int64) -> Item? {
    guard head < items.count, items[head].at <= microseconds else { return nil }
    return items[head].item
  }

  /// Takes the earliest item out.
  mutating func drop() {
    head += 1
    if head == items.count {
      items.removeAll(keepingCapacity: true)
      head = 0
    }
    nextDue = head < items.count ? items[head].at : .max
  }
}
