internal import Synchronization
import Testing

@testable import Firmware

@Suite("Hand-over between threads")
struct HandOverTests {
  @Test("everything that is handed over lies inside the stretch of memory that is asked for")
  func fits() {
    let count = ExchangeMemory.byteCount
    let stretch = UnsafeMutableRawPointer.allocate(byteCount: count + 4096, alignment: 4096)
    defer { unsafe stretch.deallocate() }
    let memory = unsafe ExchangeMemory(in: stretch, periodMicroseconds: 5000)
    let last = unsafe UnsafeMutableRawPointer(memory.exchange)
    #expect(unsafe last - stretch + MemoryLayout<SharedExchange>.size <= count)
  }

  @Test("a ring gives back what was put in, in order, and refuses when it is full")
  func ringOrder() {
    let memory = UnsafeMutableBufferPointer<Int>.allocate(capacity: 3)
    unsafe memory.initialize(repeating: 0)
    defer { unsafe memory.deallocate() }
    let ring = unsafe RecordRing(over: memory)
    var seen: [Int] = []
    #expect(!ring.take { seen.append($0) })
    for round in 0..<5 {
      for value in 0..<4 {
        #expect(ring.put { $0 = round * 10 + value } == (value < 3))
      }
      while ring.take({ seen.append($0) }) {}
    }
    #expect(seen == (0..<5).flatMap { round in (0..<3).map { round * 10 + $0 } })
    #expect(ring.lost == 5)
  }

  @Test("only the latest value is fetched, and only once")
  func latest() {
    let places = UnsafeMutablePointer<Int>.allocate(capacity: 3)
    unsafe places.initialize(repeating: 0, count: 3)
    defer { unsafe places.deallocate() }
    let value = unsafe LatestValue(over: places)
    var seen: [Int] = []
    #expect(!value.fetch { seen.append($0) })
    value.publish { $0 = 1 }
    value.publish { $0 = 2 }
    #expect(value.fetch { seen.append($0) })
    #expect(!value.fetch { seen.append($0) })
    value.publish { $0 = 3 }
    value.fetch { seen.append($0) }
    #expect(seen == [2, 3])
  }

  /// A value whose parts must belong together.
  struct Pair: Sendable { var words = InlineArray<32, UInt64>(repeating: 0) }

  /// What two threads share.
  final class Shared: Sendable {
    let ring: RecordRing<Pair>
    let value: LatestValue<Pair>
    let isDone = Atomic<Bool>(false)
    init() {
      let memory = UnsafeMutableBufferPointer<Pair>.allocate(capacity: 7)
      unsafe memory.initialize(repeating: Pair())
      ring = unsafe RecordRing(over: memory)
      let places = UnsafeMutablePointer<Pair>.allocate(capacity: 3)
      unsafe places.initialize(repeating: Pair(), count: 3)
      value = unsafe LatestValue(over: places)
    }
  }

  @Test("two threads never see half a value, nor a value older than the one before")
  func twoThreads() async {
    let shared = Shared()
    let rounds: UInt64 = 20_000
    async let written: Void = Task.detached {
      for number in 1...rounds {
        while !shared.ring.put({ $0.words = InlineArray(repeating: number) }) {}
        shared.value.publish { $0.words = InlineArray(repeating: number) }
      }
      shared.isDone.store(true, ordering: .releasing)
    }.value
    let torn = await Task.detached {
      var torn = 0
      var expected: UInt64 = 1
      var newest: UInt64 = 0
      while !shared.isDone.load(ordering: .acquiring) || expected <= rounds {
        shared.ring.take { pair in
          for index in 0..<32 where pair.words[index] != expected { torn += 1 }
          expected += 1
        }
        shared.value.fetch { pair in
          let first = pair.words[0]
          for index in 0..<32 where pair.words[index] != first { torn += 1 }
          if first <= newest { torn += 1 }
          newest = first
        }
      }
      return torn
    }.value
    await written
    #expect(torn == 0)
  }
}
