/// Things to be done at given moments, earliest first; equal moments keep their order.
struct PendingQueue<Item> {
  private var items: [(at: Int64, item: Item)] = []
  private var head = 0

  var isEmpty: Bool { head >= items.count }

  mutating func add(_ item: Item, at microseconds: Int64) {
    var index = items.count
    while index > head, items[index - 1].at > microseconds { index -= 1 }
    items.insert((microseconds, item), at: index)
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
  }
}
