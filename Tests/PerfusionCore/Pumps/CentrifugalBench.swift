import PerfusionCore

/// A centrifugal pump in a line to a patient, written apart from the controller: head curve, fluid
/// inertia, resistance, a clamp that travels, and the patient's pressure held.
struct CentrifugalBench {
  var bench: PumpBench
  var map = 80.0
  var heightHead = 31.0
  var a = 3.05e-5
  var b = 1.4
  /// Resistance beyond the pump, mmHg/(L/min)^2 and mmHg/(L/min).
  var quadratic = 5.4
  var linear = 8.0
  var inletStatic = 12.0
  var inletResistance = 0.6
  /// L/min.
  var flow = 0.0
  var clampPosition = 0.0
  var clampTravel = 0.2
  var clampSticks = false
  var headShare = 1.0
  /// Resistance of a kink behind the line pressure sensor, mmHg/(L/min).
  var kink = 0.0
  var retrograde = 0.0
  var chatter = 0.0
  /// What the flow probe shows instead of the flow, L/min.
  var probe: Double?
  private var phase = 0.0
  private var clampCommandOpen = false

  init(seed: UInt64 = 1, configuration: PumpConfiguration = .centrifugal()) {
    bench = PumpBench(configuration, seed: seed)
    bench.drive.noiseCounts = 0.3
    bench.drive.lag = 0.1
    bench.environment.clampFitted = true
    bench.intent.wantsClampOpen = false
  }

  var speed: Double { bench.drive.speed }
  var linePressure: Double {
    clampPosition > 0.02
      ? map + heightHead + (quadratic - 1.2) * flow * abs(flow) + kink * flow : inletStatic + head
  }
  var head: Double { headShare * a * speed * abs(speed) }

  mutating func tick() {
    if bench.output.wantsClampOpen { clampCommandOpen = true }
    if bench.output.wantsClampClosed { clampCommandOpen = false }
    for _ in 0..<5 {
      let goal = clampCommandOpen ? 1.0 : 0
      let step = 0.001 / clampTravel
      if !clampSticks { clampPosition += min(max(goal - clampPosition, -step), step) }
      let inlet = inletStatic - inletResistance * flow * abs(flow)
      let drop = b * flow * abs(flow) + quadratic * flow * abs(flow) + linear * flow + kink * flow
      let push = inlet + head - drop - map - heightHead
      // 0.45 mmHg s2/ml is 7.5 mmHg s per L/min.
      flow += push / (7.5 + kink * 0.001) * 0.001
      if clampPosition < 0.02 { flow = 0 } else if clampPosition < 0.3 { flow *= 0.99 }
      if flow < 0 { retrograde -= flow * 1000 / 60 * 0.001 }
    }
    phase += 0.005 * 3 * 2 * 3.14159265
    if phase > 6.2831853 { phase -= 6.2831853 }
    let wave = CentrifugalBench.sine(phase)
    let now = bench.now.advanced(microseconds: 5000)
    bench.environment.arterialPressure = Reading(.mmHg(map), takenAt: now)
    bench.environment.outletPressure = Reading(.mmHg(linePressure), takenAt: now)
    bench.environment.inletPressure = Reading(
      .mmHg(inletStatic - inletResistance * flow * flow + chatter * wave), takenAt: now)
    bench.environment.flowProbe = Reading(.litersPerMinute(probe ?? flow), takenAt: now)
    bench.environment.clampIsOpen = Reading(clampPosition > 0.98, takenAt: now)
    bench.environment.clampIsClosed = Reading(clampPosition < 0.02, takenAt: now)
    bench.current =
      0.3 * speed * speed / 1e6
      * (0.6 + 0.4 * min(1, max(0, flow / 4))) * (0.5 + 0.5 * headShare)
    bench.tick()
  }

  private static func sine(_ x: Double) -> Double {
    let y = x > 3.14159265 ? x - 6.2831853 : x
    let s = 1.27323954 * y - 0.405284735 * y * abs(y)
    return 0.225 * (s * abs(s) - s) + s
  }

  mutating func run(_ seconds: Double) { for _ in 0..<Int((seconds * 200).rounded()) { tick() } }

  /// Started and open at a speed.
  mutating func start(at speed: Double, settle: Double = 12) {
    bench.intent.isStarted = true
    bench.intent.wantsClampOpen = true
    bench.intent.setSpeed = .rpm(speed)
    run(settle)
  }

  mutating func time(
    until holds: (CentrifugalBench) -> Bool, within limit: Double
  ) -> Double? {
    for step in 1...Int(limit * 200) {
      tick()
      if holds(self) { return Double(step) * 0.005 }
    }
    return nil
  }
}
