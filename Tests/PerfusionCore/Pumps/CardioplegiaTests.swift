import PerfusionCore
import TestSupport
import Testing

/// Blood and crystalloid pump on the bench, with their own drives.
struct CardioplegiaBench {
  var blood: PumpBench
  var crystalloid: PumpBench
  var dose = CardioplegiaDose()
  var step = DoseStep.idle

  init(seed: UInt64, gain: Double = 1) {
    blood = PumpBench(.roller(.cardioplegia, tube: .quarter, stroke: 13), seed: seed)
    crystalloid = PumpBench(
      .roller(.crystalloid, tube: .threeSixteenths, stroke: 7.4), seed: seed + 1)
    blood.drive.gain = gain
    crystalloid.drive.gain = 2 - gain
    blood.intent.mode = .flow
    crystalloid.intent.mode = .follow
  }

  var delivered: Double { blood.drive.turns * 13 + crystalloid.drive.turns * 7.4 }

  mutating func begin(_ flow: Double, ratio: Double, _ end: DoseEnd) throws {
    crystalloid.intent.ratio = ratio
    try dose.begin(
      flow: .millilitersPerMinute(flow), ratio: ratio, hasCrystalloid: true, end: end,
      total: blood.pump.deliveredTotal.value + crystalloid.pump.deliveredTotal.value)
    blood.intent.setFlow = dose.bloodFlow
  }

  mutating func tick() {
    step = dose.update(
      total: blood.pump.deliveredTotal.value + crystalloid.pump.deliveredTotal.value,
      runOut: blood.pump.runOutVolume + crystalloid.pump.runOutVolume,
      pumpsStand: blood.pump.stands && crystalloid.pump.stands, tick: .milliseconds(5))
    blood.intent.isStarted = dose.isDelivering
    crystalloid.intent.isStarted = dose.isDelivering
    blood.tick()
    crystalloid.environment.masterSpeed = blood.pump.rotor.speed
    crystalloid.environment.masterStrokeVolume = blood.pump.tube.strokeVolume
    crystalloid.environment.masterDelivered = blood.pump.deliveredTotal
    crystalloid.tick()
  }

  mutating func run(_ seconds: Double) { for _ in 0..<Int(seconds * 200) { tick() } }
}

@Suite("Cardioplegia")
struct CardioplegiaTests {
  @Test(
    "The delivered volume is within 2 per cent of the dose",
    .verifies("HZ-35", "AL-38", "C4"),
    arguments: [(100, 100, 8), (100, 300, 4), (250, 500, 16), (855, 300, 4), (400, 300, 0.25)]
      as [(Double, Double, Double)], [0.95, 1.05])
  func volume(dose: (Double, Double, Double), gain: Double) throws {
    var bench = CardioplegiaBench(seed: 11, gain: gain)
    bench.run(1)
    try bench.begin(dose.1, ratio: dose.2, .volume(.milliliters(dose.0)))
    var ended: Volume?
    var events = 0
    for _ in 0..<60_000 where ended == nil {
      bench.tick()
      if case .ended(let volume, let complete) = bench.step {
        ended = volume
        events += 1
        #expect(complete)
      }
      if bench.crystalloid.output.findings.ratioError {
        Issue.record("ratio error \(bench.dose.elapsed)")
        return
      }
    }
    let counted = try #require(ended).milliliters
    #expect(abs(counted - dose.0) <= 0.02 * dose.0, "counted \(counted)")
    #expect(abs(bench.delivered - dose.0) <= 0.02 * dose.0, "true \(bench.delivered)")
    bench.run(2)
    #expect(events == 1 && abs(bench.delivered - dose.0) <= 0.02 * dose.0)
    #expect(!bench.dose.isUnderWay)
  }

  @Test(
    "300 ml/min at 4:1 turns 18.5 and 8.1 rpm, measured ratio within 2 per cent",
    .verifies("C4"))
  func split() throws {
    var bench = CardioplegiaBench(seed: 3, gain: 0.96)
    bench.run(1)
    try bench.begin(300, ratio: 4, .time(Seconds(seconds: 60)))
    bench.run(20)
    let blood = bench.blood.drive.turns
    let crystalloid = bench.crystalloid.drive.turns
    bench.run(20)
    let bloodSpeed = (bench.blood.drive.turns - blood) * 3
    let crystalloidSpeed = (bench.crystalloid.drive.turns - crystalloid) * 3
    #expect(abs(bloodSpeed - 18.46) < 0.2 && abs(crystalloidSpeed - 8.1) < 0.1)
    let ratio = bloodSpeed * 13 / (crystalloidSpeed * 7.4)
    #expect(abs(ratio / 4 - 1) < 0.02)
    #expect(bench.crystalloid.status.reason == .following)
    bench.run(21)
    #expect(!bench.dose.isDelivering)
  }

  @Test(
    "200 ml/min at 8:1 keeps the follower at 3 rpm within 2 per cent each ten seconds",
    .verifies("C4"))
  func slowFollower() throws {
    var bench = CardioplegiaBench(seed: 5)
    bench.run(1)
    try bench.begin(200, ratio: 8, .time(Seconds(seconds: 100)))
    bench.run(20)
    for _ in 0..<6 {
      let before = bench.crystalloid.drive.turns
      bench.run(10)
      let speed = (bench.crystalloid.drive.turns - before) * 6
      #expect(abs(speed / 3.003 - 1) < 0.02, "\(speed)")
    }
  }

  @Test(
    "A follower that slips off its ratio is found, one that keeps it is not",
    .verifies("HZ-36", "AL-39"), arguments: [0, 0.5, 0.9, 1.12, 3.0])
  func ratioError(share: Double) throws {
    var bench = CardioplegiaBench(seed: 9)
    bench.run(1)
    try bench.begin(300, ratio: 4, .time(Seconds(seconds: 100)))
    bench.run(20)
    #expect(!bench.crystalloid.output.findings.ratioError)
    bench.crystalloid.drive.stuckSpeed = 8.108 * share
    var time = 0.0
    while !bench.crystalloid.output.findings.ratioError && time < 5 {
      bench.tick()
      time += 0.005
    }
    #expect(time < 2.6, "\(time)")
  }

  @Test("A follower that never starts is found", .verifies("HZ-36"))
  func neverStarts() throws {
    var bench = CardioplegiaBench(seed: 2)
    bench.crystalloid.drive.isJammed = true
    bench.run(1)
    try bench.begin(300, ratio: 4, .time(Seconds(seconds: 100)))
    var time = 0.0
    while !bench.crystalloid.output.findings.ratioError && time < 20 {
      bench.tick()
      time += 0.005
    }
    #expect(time < 6.5, "\(time)")
  }

  @Test("The follower never runs without its master", .verifies("HZ-33", "HZ-36"))
  func masterStops() throws {
    var bench = CardioplegiaBench(seed: 4)
    bench.run(1)
    try bench.begin(300, ratio: 4, .time(Seconds(seconds: 100)))
    bench.run(10)
    bench.blood.drive.isJammed = true
    bench.run(1.5)
    #expect(bench.crystalloid.drive.speed < 0.5)
    #expect(bench.crystalloid.status.commandedSpeed == .zero)
    bench.blood.drive.isJammed = false
    bench.blood.encoderQuality = .faulted
    bench.run(3)
    #expect(bench.crystalloid.drive.speed < 0.5)
    #expect(bench.crystalloid.output.findings.ratioUnknown)
  }

  @Test("A dose survives a gap in the encoder readings", .verifies("HZ-35"))
  func encoderGap() throws {
    var bench = CardioplegiaBench(seed: 6, gain: 0.97)
    bench.run(1)
    try bench.begin(300, ratio: 4, .volume(.milliliters(200)))
    bench.run(15)
    bench.blood.encoderQuality = .stale
    bench.run(3)
    bench.blood.encoderQuality = .valid
    for _ in 0..<20_000 where bench.dose.isUnderWay { bench.tick() }
    #expect(abs(bench.delivered - 200) <= 4, "\(bench.delivered)")
  }

  @Test("Timers start from zero, stop, and follow a condition", .verifies("AL-41"))
  func timers() {
    var timers = Timers()
    #expect(timers[.ischaemia] < .zero)
    timers.start(.ischaemia)
    for _ in 0..<400 { timers.update(tick: .milliseconds(5)) }
    #expect(abs(timers[.ischaemia].seconds - 2) < 1e-9 && timers[.bypass] < .zero)
    timers.start(.ischaemia)
    #expect(timers[.ischaemia] == .zero)
    timers.follow(.zeroFlow, while: true)
    timers.update(tick: .milliseconds(5))
    timers.follow(.zeroFlow, while: true)
    #expect(timers[.zeroFlow] > .zero)
    timers.follow(.zeroFlow, while: false)
    #expect(timers[.zeroFlow] < .zero)
  }
}
