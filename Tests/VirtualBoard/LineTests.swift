import ChipDrivers
import Firmware
import PerfusionCore
import TestSupport
import Testing

@testable import VirtualBoard

/// Two-state inputs: detectors, tachometer, watchdog, captured edges.
@Suite("Lines")
struct LineTests {
  private func bubble() -> InputLine {
    InputLine(0, wiring: LineWiring(), site: .air(.arterialBubble), truth: false)
  }

  /// Runs a line over true states, one a millisecond; returns its edges.
  private func edges(_ line: inout InputLine, _ truth: [Bool]) -> [LineEdgeEvent] {
    truth.enumerated().compactMap { index, state in
      line.step(state, at: Instant(microseconds: Int64(index + 1) * 1000))
    }
  }

  private func pulse(from start: Int, length: Int, of count: Int = 100) -> [Bool] {
    (0..<count).map { $0 >= start && $0 < start + length }
  }

  @Test(
    "A bubble detector answers 0.215 ms after air comes and 2 ms after it goes", .verifies("HZ-01"),
    arguments: [1, 3, 7, 40])
  func bubbleWidth(milliseconds: Int) {
    var line = bubble()
    let seen = edges(&line, pulse(from: 10, length: milliseconds))
    #expect(seen.map(\.isAsserted) == [true, false])
    #expect(seen.first?.at.microseconds == 10_215)
    let width = (seen.last?.at.microseconds ?? 0) - (seen.first?.at.microseconds ?? 0)
    #expect(width == Int64(milliseconds) * 1000 + 2000 - 215)
  }

  @Test("Each word that an input knows is seen at its level", arguments: InputLine.faultWords)
  func everyInputWord(word: FaultWord) {
    for site in [SensorSite.air(.arterialBubble), .driveAlive(0)] {
      var sound = InputLine(0, wiring: LineWiring(), site: site, truth: false)
      var faulty = InputLine(0, wiring: LineWiring(), site: site, truth: false)
      faulty.setFault(word, random: SplitMix64(seed: 6))
      var differences = 0
      for millisecond in 0..<2000 {
        let now = Instant(microseconds: Int64(millisecond + 1) * 1000)
        let truth = millisecond / 300 % 2 == 1
        _ = sound.step(truth, at: now)
        _ = faulty.step(truth, at: now)
        if sound.level != faulty.level { differences += 1 }
      }
      #expect(differences > 10)
    }
  }

  @Test("A line that is off floats to its bias, whatever is active")
  func floats() {
    for (bias, isActiveLow, expected) in [
      (LineBias.pullUp, false, true), (.pullUp, true, false), (.pullDown, true, true),
      (.pullDown, false, false),
    ] {
      var wiring = LineWiring()
      wiring.bias = bias
      wiring.isActiveLow = isActiveLow
      var line = InputLine(0, wiring: wiring, site: .driveAlive(0), truth: !expected)
      line.setFault(.off, random: SplitMix64(seed: 1))
      for millisecond in 1...20 {
        _ = line.step(!expected, at: Instant(microseconds: Int64(millisecond) * 1000))
      }
      #expect(line.level == expected)
    }
  }

  @Test(
    "Tachometer edges carry the moment at which the rotor crossed them", arguments: [7.0, 101, 250])
  func tachometerTimes(rpm: Double) {
    var tachometer = Tachometer(line: 3, pump: 0, countsPerRevolution: 20)
    var queue = EdgeQueue()
    var edges: [LineEdgeEvent] = []
    for millisecond in 1...2000 {
      let now = Instant(microseconds: Int64(millisecond) * 1000)
      tachometer.step(turns: rpm / 60_000 * Double(millisecond), at: now, into: &queue)
      while let edge = queue.take(until: now) { edges.append(edge) }
    }
    #expect(abs(edges.count - Int(rpm / 60 * 2 * 20)) <= 1)
    let spacing = 60e6 / rpm / 20
    for (earlier, later) in zip(edges, edges.dropFirst()) {
      let gap = Double(later.at.microseconds - earlier.at.microseconds)
      #expect(abs(gap - spacing) <= 2)
      #expect(earlier.isAsserted != later.isAsserted)
    }
  }

  @Test("Each word that a tachometer knows changes its pulses", arguments: Tachometer.faultWords)
  func everyTachometerWord(word: FaultWord) {
    var counts: [Int] = []
    for fault in [nil, word] {
      var tachometer = Tachometer(line: 3, pump: 0, countsPerRevolution: 20)
      tachometer.setFault(fault, random: SplitMix64(seed: 5))
      var queue = EdgeQueue()
      var count = 0
      for millisecond in 1...1500 {
        let now = Instant(microseconds: Int64(millisecond) * 1000)
        tachometer.step(turns: 0.002 * Double(millisecond), at: now, into: &queue)
        while queue.take(until: now) != nil { count += 1 }
      }
      counts.append(count)
    }
    #expect(abs(counts[0] - counts[1]) > 5)
  }

  @Test("The edge queue gives edges in the order of time and loses the oldest when it is full")
  func queue() {
    var queue = EdgeQueue()
    for time in [30, 10, 20] as [Int64] {
      queue.insert(LineEdgeEvent(line: 1, isAsserted: true, at: Instant(microseconds: time)))
    }
    #expect(queue.take(until: Instant(microseconds: 5)) == nil)
    let late = Instant(microseconds: 1_000_000)
    #expect(queue.take(until: late)?.at.microseconds == 10)
    #expect(queue.take(until: late)?.at.microseconds == 20)
    for time in 0..<300 as Range<Int64> {
      queue.insert(LineEdgeEvent(line: 1, isAsserted: true, at: Instant(microseconds: 100 + time)))
    }
    #expect(queue.lost == 45)
    #expect(queue.take(until: late)?.at.microseconds == 144)
  }

  /// Strokes every `interval` ms for 2 s, then not at all for 1 s.
  private func watchdog(_ interval: Int) -> (during: Bool, after: Bool) {
    var watchdog = WindowWatchdog()
    var during = true
    for millisecond in 1...3000 {
      let now = Instant(microseconds: Int64(millisecond) * 1000)
      if millisecond % interval == 0 && millisecond <= 2000 { watchdog.edge(at: now) }
      watchdog.step(at: now)
      if millisecond == 2000 { during = watchdog.isGood }
    }
    return (during, watchdog.isGood)
  }

  @Test(
    "The watchdog is content inside its window only", .verifies("HZ-15"),
    arguments: [(5, false), (45, false), (50, true), (100, true), (150, true), (155, false)])
  func window(interval: Int, isGood: Bool) {
    let (during, after) = watchdog(interval)
    #expect(during == isGood)
    #expect(!after)
  }

  @Test("The watchdog sounds the buzzer within 200 ms of the last stroke", .verifies("HZ-15"))
  func buzzer() {
    var watchdog = WindowWatchdog()
    var annunciators = Annunciators()
    var sounded: Int?
    for millisecond in 1...1500 {
      let now = Instant(microseconds: Int64(millisecond) * 1000)
      if millisecond % 100 == 0 && millisecond <= 1000 { watchdog.edge(at: now) }
      watchdog.step(at: now)
      annunciators.step(watchdogGood: watchdog.isGood, at: now)
      if annunciators.isSounding && sounded == nil { sounded = millisecond }
    }
    #expect(sounded.map { $0 > 1000 && $0 <= 1200 } ?? false)
  }

  @Test("The watchdog becomes content again after two good intervals")
  func recovery() {
    var watchdog = WindowWatchdog()
    watchdog.step(at: Instant(microseconds: 6_000_000))
    #expect(!watchdog.isGood)
    for stroke in 0..<3 as Range<Int64> {
      watchdog.edge(at: Instant(microseconds: 7_000_000 + stroke * 100_000))
    }
    #expect(watchdog.isGood)
  }
}
