/// The occlusion test of one roller pump at a time, and the gaps of the occlusion actuators.
struct OcclusionBench: Sendable {
  /// The pump under test, -1 for none.
  private(set) var pump: Int = -1
  /// Test passed, and how long ago, by pump.
  private(set) var passed = InlineArray<8, Bool>(repeating: false)
  /// The leak that the last test measured, by pump.
  private(set) var leak = InlineArray<8, LeakConductance?>(repeating: nil)
  var actuators = InlineArray<8, OcclusionActuator>(repeating: OcclusionActuator())
  private var age = InlineArray<8, Seconds>(repeating: .zero)
  private var test: OcclusionTest
  private let tick: Seconds

  /// A test older than this is due again, 24 h (AL-33).
  static var validity: Seconds { Seconds(seconds: 86_400) }

  init(configuration: MachineConfiguration) {
    tick = configuration.tick
    test = OcclusionTest(stroke: .zero, tick: configuration.tick)
  }

  /// Speed at which the pump under test must turn.
  var speed: RotationalSpeed { test.speed }
  /// A test is under way.
  var isTesting: Bool { pump >= 0 }

  /// Begins the test of a pump.
  mutating func start(
    _ index: Int, stroke: StrokeVolume, _ inputs: OcclusionTestInputs,
    speed: Reading<RotationalSpeed>
  ) -> Refusal? {
    guard !isTesting else { return .pumpRunning }
    var fresh = OcclusionTest(stroke: stroke, tick: tick)
    if let refusal = fresh.start(inputs, pumpSpeed: speed) { return refusal }
    test = fresh
    pump = index
    return nil
  }

  /// A test of this pump was passed and is too old by now.
  func isOverdue(_ pump: Int) -> Bool {
    pump >= 0 && pump < 8 && age[pump] > Self.validity
  }

  /// Lets passed tests grow older; those beyond `validity` count no more.
  mutating func age(by span: Seconds) {
    for index in 0..<8 where passed[index] {
      age[index] += span
      if age[index] > Self.validity { passed[index] = false }
    }
  }

  /// Moves the test on by one tick; gives its result in the tick it ends.
  mutating func update(_ inputs: OcclusionTestInputs) -> OcclusionResult? {
    guard isTesting else { return nil }
    test.update(inputs)
    guard !test.isRunning, let result = test.result else { return nil }
    passed[pump] = result.isPassed
    age[pump] = .zero
    if result.leak > .zero { leak[pump] = result.leak }
    pump = -1
    return result
  }

  /// Results of the tubes before count no more; the gaps stay where they are.
  mutating func forget() {
    cancel()
    passed = InlineArray(repeating: false)
    leak = InlineArray(repeating: nil)
    age = InlineArray(repeating: .zero)
  }

  /// Ends a test that cannot go on.
  mutating func cancel() { test.cancel() }
}

extension OcclusionBench {
  /// Passes results and gaps through a record; a test under way is not kept.
  mutating func pass(_ buffer: inout RecordBuffer, pumps: Int) {
    for pump in 0..<min(max(pumps, 0), 8) {
      buffer.pass(&passed[pump])
      buffer.pass(&age[pump])
      buffer.pass(optional: &leak[pump])
      var gap = actuators[pump].command
      buffer.pass(&gap)
      if buffer.isReading { actuators[pump] = OcclusionActuator(gap: gap) }
    }
  }
}
