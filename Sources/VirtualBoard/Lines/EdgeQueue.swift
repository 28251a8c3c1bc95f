import Firmware
import PerfusionCore

/// The kernel's queue of captured edges: fixed length, oldest first, the oldest is lost when it
/// overflows.
struct EdgeQueue {
  private var ring: [LineEdgeEvent]
  private var head = 0
  private var count = 0
  /// Edges that were lost because nobody took them in time.
  private(set) var lost = 0

  /// An empty queue of 256 edges.
  init() {
    ring = Array(
      repeating: LineEdgeEvent(line: 0, isAsserted: false, at: .start), count: 256)
  }

  /// Adds an edge at its place in time.
  mutating func insert(_ edge: LineEdgeEvent) {
    if count == ring.count {
      head = slot(1)
      count -= 1
      lost &+= 1
    }
    var index = count
    while index > 0 && ring[slot(index - 1)].at > edge.at {
      ring[slot(index)] = ring[slot(index - 1)]
      index -= 1
    }
    ring[slot(index)] = edge
    count += 1
  }

  /// Takes the oldest edge that is not later than `now`.
  mutating func take(until now: Instant) -> LineEdgeEvent? {
    guard count > 0, ring[head].at <= now else { return nil }
    let edge = ring[head]
    head = slot(1)
    count -= 1
    return edge
  }

  private func slot(_ offset: Int) -> Int { (head + offset) & 255 }
}
