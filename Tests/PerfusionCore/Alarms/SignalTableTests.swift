import PerfusionCore
import TestSupport
import Testing

/// The table of docs/domain.md 7.2 in milliseconds, written down here a second time.
struct SignalTable: Sendable {
  var priority: AlarmPriority
  var pulses: ClosedRange<Int>
  var pulse: ClosedRange<Double>
  var betweenBursts: ClosedRange<Double>

  static let rows = [
    SignalTable(priority: .high, pulses: 10...10, pulse: 75...200, betweenBursts: 2500...15000),
    SignalTable(
      priority: .medium, pulses: 3...3, pulse: 125...250, betweenBursts: 2500...30000),
    SignalTable(priority: .low, pulses: 1...2, pulse: 125...250, betweenBursts: 15000.1...1e9),
  ]
}

/// One pulse or flash: when it began and ended, milliseconds.
struct Pulse {
  var start: Double
  var end: Double
}

/// An alarm system with one alarm of each priority, and what its lines did.
struct SignalBench {
  var system: AlarmSystem
  var tick = Tick.start
  let length: Double
  var events = EventList()
  private(set) var sounds: [Pulse] = []
  private(set) var flashes: [AlarmPriority: [Pulse]] = [.high: [], .medium: [], .low: []]
  private var before = AlarmSignals()

  init(tickMicroseconds: Int32) {
    system = AlarmSystem(tickMicroseconds: tickMicroseconds)
    length = Double(tickMicroseconds) / 1000
  }

  /// AL-20 is high, AL-22 medium, AL-41 low; none of them is class C.
  static func conditions(_ priorities: AlarmPriority...) -> AlarmConditions {
    var now = AlarmConditions()
    now.phase = .onBypass
    for priority in priorities {
      switch priority {
      case .high: now.high.set(AlarmID(20), true)
      case .medium: now.medium.set(AlarmID(22), true)
      case .low: now.low.set(AlarmID(41), true)
      }
    }
    now.active = now.all
    return now
  }

  mutating func run(_ now: AlarmConditions, milliseconds: Double) {
    for _ in 0..<Int(milliseconds / length) {
      tick = tick.next
      let signals = system.update(now, tick: tick, &events)
      events.removeAll()
      let time = Double(tick.count) * length
      Self.follow(&sounds, before.buzzer, signals.buzzer, time)
      follow(.high, before.red, signals.red, time)
      follow(.medium, before.yellow, signals.yellow, time)
      follow(.low, before.cyan, signals.cyan, time)
      before = signals
    }
  }

  private mutating func follow(
    _ priority: AlarmPriority, _ was: Bool, _ isOn: Bool, _ time: Double
  ) {
    Self.follow(&flashes[priority, default: []], was, isOn, time)
  }

  private static func follow(_ pulses: inout [Pulse], _ was: Bool, _ isOn: Bool, _ time: Double) {
    if isOn && !was { pulses.append(Pulse(start: time, end: .infinity)) }
    if was && !isOn { pulses[pulses.count - 1].end = time }
  }

  /// Bursts: pulses less than 2 s apart.
  var bursts: [[Pulse]] {
    var out: [[Pulse]] = []
    for pulse in sounds where pulse.end.isFinite {
      if let last = out.last?.last, pulse.start - last.end < 2000 {
        out[out.count - 1].append(pulse)
      } else {
        out.append([pulse])
      }
    }
    return out
  }
}

@Suite("Alarm sounds and lamps keep the table of IEC 60601-1-8 (docs/domain.md 7.2)")
struct SignalTableTests {
  static let ticks: [Int32] = (1...20).map { $0 * 1000 }

  @Test(
    "Count, length and distance of bursts lie within the table", arguments: SignalTable.rows,
    ticks)
  func bursts(_ row: SignalTable, _ tick: Int32) throws {
    var bench = SignalBench(tickMicroseconds: tick)
    bench.run(SignalBench.conditions(row.priority), milliseconds: 95_000)
    // The last burst may still be under way.
    let bursts = Array(bench.bursts.dropLast())
    #expect(bursts.count >= 2)
    for burst in bursts {
      #expect(row.pulses.contains(burst.count))
      for pulse in burst { #expect(row.pulse.contains(pulse.end - pulse.start)) }
    }
    for (burst, next) in zip(bursts, bursts.dropFirst()) {
      let silence = try #require(next.first).start - (try #require(burst.last).end)
      #expect(row.betweenBursts.contains(silence), "\(silence) ms")
    }
  }

  @Test("Spacings of a HIGH burst: x, x, 2x + td, x, a pause, and the same again", arguments: ticks)
  func highSpacings(_ tick: Int32) throws {
    var bench = SignalBench(tickMicroseconds: tick)
    bench.run(SignalBench.conditions(.high), milliseconds: 6000)
    let burst = try #require(bench.bursts.first)
    try #require(burst.count == 10)
    let gaps = zip(burst, burst.dropFirst()).map { $1.start - $0.end }
    let x = gaps[0]
    let pulse = burst[0].end - burst[0].start
    #expect((50...125).contains(x))
    for index in [0, 1, 3, 5, 6, 8] { #expect(abs(gaps[index] - x) < 0.001) }
    for index in [2, 7] { #expect(abs(gaps[index] - (2 * x + pulse)) < 0.001) }
    #expect((350...1300).contains(gaps[4]))
    for sound in burst { #expect(abs(sound.end - sound.start - pulse) < 0.001) }
  }

  @Test("Spacings of a MEDIUM burst are equal and within 125 to 250 ms", arguments: ticks)
  func mediumSpacings(_ tick: Int32) throws {
    var bench = SignalBench(tickMicroseconds: tick)
    bench.run(SignalBench.conditions(.medium), milliseconds: 3000)
    let burst = try #require(bench.bursts.first)
    try #require(burst.count == 3)
    let gaps = [burst[1].start - burst[0].end, burst[2].start - burst[1].end]
    #expect((125...250).contains(gaps[0]))
    #expect(abs(gaps[0] - gaps[1]) < 0.001)
  }

  @Test(
    "Lamps: HIGH 1.4 to 2.8 Hz, MEDIUM 0.4 to 0.8 Hz, duty 20 to 60 per cent, LOW steady",
    arguments: ticks)
  func flashes(_ tick: Int32) throws {
    let table: [(AlarmPriority, ClosedRange<Double>)] = [(.high, 1.4...2.8), (.medium, 0.4...0.8)]
    for (priority, hertz) in table {
      var bench = SignalBench(tickMicroseconds: tick)
      bench.run(SignalBench.conditions(priority), milliseconds: 20_000)
      let flashes = try #require(bench.flashes[priority]).filter(\.end.isFinite)
      #expect(flashes.count >= 8)
      for (flash, next) in zip(flashes, flashes.dropFirst()) {
        let period = next.start - flash.start
        #expect(hertz.contains(1000 / period), "\(1000 / period) Hz")
        #expect((0.2...0.6).contains((flash.end - flash.start) / period))
      }
      for (other, pulses) in bench.flashes where other != priority { #expect(pulses.isEmpty) }
    }
    var bench = SignalBench(tickMicroseconds: tick)
    bench.run(SignalBench.conditions(.low), milliseconds: 60_000)
    let low = try #require(bench.flashes[.low])
    #expect(low.count == 1 && low[0].end == .infinity)
  }

  @Test(
    "The generator plays the recipe of docs/domain.md 7.2 to the millisecond",
    arguments: [
      (AlarmPriority.high, [0, 240, 480, 960, 1200, 1940, 2180, 2420, 2900, 3140], 140, 7280),
      (.medium, [0, 400, 800], 200, 8000), (.low, [0], 200, 30_000),
    ] as [(AlarmPriority, [Double], Double, Double)])
  func recipe(priority: AlarmPriority, starts: [Double], pulse: Double, period: Double) {
    var bench = SignalBench(tickMicroseconds: 5000)
    bench.run(SignalBench.conditions(priority), milliseconds: 65_000)
    for (index, sound) in bench.sounds.enumerated() where sound.end.isFinite {
      let burst = Double(index / starts.count)
      #expect(sound.start == 5 + burst * period + starts[index % starts.count])
      #expect(sound.end == sound.start + pulse)
    }
    #expect(bench.sounds.count == (Int(65_000 / period) + 1) * starts.count)
  }

  @Test("Lamps flash every 500 ms for 200 ms at HIGH, every 1600 ms for 800 ms at MEDIUM")
  func rhythm() {
    for (priority, period, on) in [(AlarmPriority.high, 500.0, 200.0), (.medium, 1600, 800)] {
      var bench = SignalBench(tickMicroseconds: 5000)
      bench.run(SignalBench.conditions(priority), milliseconds: 20_000)
      for (index, flash) in (bench.flashes[priority] ?? []).enumerated() where flash.end.isFinite {
        #expect(flash.start == 5 + Double(index) * period && flash.end == flash.start + on)
      }
    }
  }

  @Test("A lamp that takes over from another begins with a whole flash", arguments: 1...20)
  func takeOver(_ step: Int) throws {
    var bench = SignalBench(tickMicroseconds: 5000)
    bench.run(SignalBench.conditions(.high, .medium), milliseconds: Double(step) * 50)
    let moment = Double(bench.tick.count + 1) * 5
    bench.run(SignalBench.conditions(.medium), milliseconds: 2000)
    let flash = try #require(bench.flashes[.medium]?.first)
    #expect(flash.start == moment && flash.end == moment + 800)
  }

  @Test("A week of alarm has the same burst period at its end as at its beginning")
  func noDrift() {
    var bench = SignalBench(tickMicroseconds: 20_000)
    bench.run(SignalBench.conditions(.high), milliseconds: 7 * 24 * 3_600_000)
    let starts = bench.bursts.compactMap(\.first?.start)
    let period = starts[1] - starts[0]
    #expect(abs(starts[starts.count - 1] - starts[0] - period * Double(starts.count - 1)) < 0.001)
    #expect(starts.count > 80_000)
  }
}

@Suite("One tone sounds at a time, and no burst is mutilated")
struct SignalOrderTests {
  @Test("A HIGH burst is played to its end when a less urgent alarm goes", arguments: 1...32)
  func lowerGoes(_ step: Int) throws {
    var bench = SignalBench(tickMicroseconds: 5000)
    bench.run(SignalBench.conditions(.high, .medium), milliseconds: Double(step) * 100)
    bench.run(SignalBench.conditions(.high), milliseconds: 4000)
    #expect(try #require(bench.bursts.first).count == 10)
  }

  @Test(
    "A HIGH burst is played to its end when its alarm goes, and none follows", arguments: 1...32)
  func alarmGoes(_ step: Int) throws {
    var bench = SignalBench(tickMicroseconds: 5000)
    bench.run(SignalBench.conditions(.high), milliseconds: Double(step) * 100)
    bench.run(SignalBench.conditions(), milliseconds: 30_000)
    #expect(bench.bursts.count == 1)
    #expect(try #require(bench.bursts.first).count == 10)
  }

  @Test("A more urgent alarm begins its burst in the same tick", arguments: 0...20)
  func higherComes(_ step: Int) throws {
    var bench = SignalBench(tickMicroseconds: 5000)
    bench.run(SignalBench.conditions(.medium), milliseconds: Double(step) * 500 + 5)
    let moment = Double(bench.tick.count + 1) * 5
    bench.run(SignalBench.conditions(.high, .medium), milliseconds: 3500)
    // A pulse of the medium burst that just sounds goes over into the first one.
    let high = bench.sounds.filter { $0.end > moment }
    #expect(try #require(high.first).start <= moment)
    #expect(abs(try #require(high.first).end - moment - 140) < 0.001)
    #expect(high.count == 10)
  }

  @Test("What is left below takes over when the interval after the HIGH burst is over")
  func lowerTakesOver() throws {
    var bench = SignalBench(tickMicroseconds: 5000)
    bench.run(SignalBench.conditions(.high, .medium), milliseconds: 1000)
    bench.run(SignalBench.conditions(.medium), milliseconds: 20_000)
    #expect(bench.bursts.map(\.count).starts(with: [10, 3, 3]))
    #expect(try #require(bench.flashes[.medium]).count > 10)
  }

  @Test("Two HIGH alarms sound as one")
  func oneTone() throws {
    var one = SignalBench(tickMicroseconds: 5000)
    var two = SignalBench(tickMicroseconds: 5000)
    one.run(SignalBench.conditions(.high), milliseconds: 20_000)
    two.run(SignalBench.conditions(.high), milliseconds: 1500)
    var both = SignalBench.conditions(.high)
    both.high.set(AlarmID(21), true)
    both.active = both.all
    two.run(both, milliseconds: 18_500)
    #expect(one.sounds.map(\.start) == two.sounds.map(\.start))
  }
}
