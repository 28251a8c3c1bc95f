import CircuitModel
import PerfusionCore
import Testing

@Suite("Invariants under random parameters and handling")
struct InvariantTests {
  /// A plant with parameters anywhere in their ranges.
  static func bench(_ random: inout SplitMix64, _ topology: CircuitTopology) -> Bench {
    let centrifugal = random.next() % 2 == 0
    let pumps: [PlantPump]
    switch topology {
    case .bypass:
      pumps = [
        centrifugal ? .arterialCentrifugal : .arterialRoller,
        .roller(.cardioplegia, strokeVolume: 13), .roller(.crystalloid, strokeVolume: 7.4),
        .roller(.vent, strokeVolume: 13), .roller(.sucker, strokeVolume: 13),
      ]
    case .ecmo: pumps = [centrifugal ? .arterialCentrifugal : .arterialRoller]
    case .liver:
      pumps =
        centrifugal
        ? [.centrifugal(.organArtery), .centrifugal(.portalVein)]
        : [.roller(.organArtery, strokeVolume: 7.4), .roller(.portalVein, strokeVolume: 13)]
    case .kidney: pumps = [.roller(.organArtery, strokeVolume: 7.4)]
    }
    return Bench(topology, pumps: pumps) {
      $0.systemicResistance = random.uniform(6, 25)
      $0.arterialCompliance = random.uniform(0.7, 2)
      $0.patient.venousCompliance = random.uniform(50, 120)
      $0.drainage.venousResistance = random.uniform(5, 12)
      $0.line.cannulaResistance = random.uniform(2, 16)
      $0.line.lineCompliance = random.uniform(0.1, 1)
      $0.line.heightHead = random.uniform(0, 45)
      $0.events.oxygenatorFactor = random.uniform(0.6, 4)
      $0.pumps[0].leakFirst = random.uniform(0, 1)
      $0.pumps[0].leakSecond = random.uniform(0, 1)
      $0.body.initialPrimeTemperature = random.uniform(15, 38)
    }
  }

  /// Things that people do to a circuit, wise or not.
  static func handle(_ bench: inout Bench, _ random: inout SplitMix64) {
    let isRoller = bench.circuit.parameters.pumps[0].kind == .roller
    bench.turn(0, at: isRoller ? random.uniform(-50, 250) : random.uniform(0, 5000))
    for slot in 1..<5 {
      let top = bench.circuit.parameters.pumps[slot].kind == .roller ? 120.0 : 3000
      bench.turn(slot, at: random.uniform(-20, top))
    }
    bench.inputs.occlusionGap[0] = max(random.uniform(-2, 1), 0)
    bench.inputs.arterialClamp = random.uniform(-0.5, 2)
    bench.inputs.venousOccluder = random.uniform(-0.5, 2)
    bench.inputs.heaterWatts[0] = random.uniform(0, 2000)
    bench.inputs.waterPump[0] = random.uniform(0, 1)
    bench.inputs.chillerOn[0] = random.next() % 2 == 0
    bench.circuit.parameters.events.heartStrength = random.uniform(0, 1)
    bench.circuit.parameters.events.aorticCrossClamp = random.next() % 2 == 0 ? 1 : 0
    bench.circuit.parameters.events.retrogradeCardioplegia = random.next() % 3 == 0 ? 1 : 0
    bench.circuit.parameters.events.resistanceFactor = random.uniform(0.5, 2)
    bench.circuit.parameters.events.venousObstruction = max(random.uniform(-1, 1), 0)
    bench.circuit.parameters.events.bleedingRate = max(random.uniform(-200, 300), 0)
    bench.circuit.parameters.events.recirculationOpening = max(random.uniform(-1, 1), 0)
    bench.circuit.parameters.events.cannulaFactor = random.uniform(1, 4)
    bench.circuit.parameters.events.arterialDisconnection = random.next() % 12 == 0 ? 1 : 0
    bench.circuit.parameters.events.lineChatterAmplitude = max(random.uniform(-40, 40), 0)
  }

  static let topologies: [CircuitTopology] = [.bypass, .ecmo, .liver, .kidney]

  @Test("Everything stays finite and inside physical bounds", arguments: 0..<200)
  func bounded(_ seed: Int) {
    var random = SplitMix64(state: UInt64(seed) &+ 1000)
    var bench = Self.bench(&random, Self.topologies[seed % 4])
    var broken = ""
    for _ in 0..<20 where broken.isEmpty {
      Self.handle(&bench, &random)
      if random.next() % 4 == 0 { bench.circuit.injectAir(volume: 3, at: .pumpInlet) }
      bench.run(0.5) { if broken.isEmpty { broken = Self.outOfBounds($0.signals) } }
    }
    #expect(broken.isEmpty, "seed \(seed): \(broken)")
  }

  /// The first signal that no circuit could show, or nothing.
  static func outOfBounds(_ signals: CircuitSignals) -> String {
    for raw in 0..<UInt8(PressureSite.count) {
      guard let site = PressureSite(rawValue: raw) else { continue }
      let value = signals.pressures[site]
      if !(value > -900 && value < 900) { return "\(site) \(value)" }
    }
    for raw in 0..<UInt8(FlowSite.count) {
      guard let site = FlowSite(rawValue: raw) else { continue }
      let value = signals.flows[site]
      if !(value.magnitude < 30) { return "\(site) \(value)" }
    }
    for raw in 0..<UInt8(TemperatureSite.count) {
      guard let site = TemperatureSite(rawValue: raw) else { continue }
      let value = signals.temperatures[site]
      if !(value > 0 && value < 60) { return "\(site) \(value)" }
    }
    if !(signals.reservoirVolume >= -1e-9 && signals.reservoirVolume <= 4000) {
      return "reservoir \(signals.reservoirVolume)"
    }
    if !(signals.loadTorque[0].magnitude < 20) { return "torque \(signals.loadTorque[0])" }
    return ""
  }

  @Test("Blood is neither lost nor made", arguments: 0..<60)
  func conservation(_ seed: Int) {
    var random = SplitMix64(state: UInt64(seed) &+ 9000)
    var bench = Self.bench(&random, Self.topologies[seed % 4])
    let before = bench.circuit.accountedVolume
    for _ in 0..<20 {
      Self.handle(&bench, &random)
      bench.run(0.5)
    }
    #expect(abs(bench.circuit.accountedVolume - before) < 1e-5, "seed \(seed)")
  }

  @Test("The same handling gives the same bits", arguments: 0..<8)
  func determinism(_ seed: Int) {
    func run() -> [UInt64] {
      var random = SplitMix64(state: UInt64(seed) &+ 500)
      var bench = Self.bench(&random, Self.topologies[seed % 4])
      var bits: [UInt64] = []
      for _ in 0..<10 {
        Self.handle(&bench, &random)
        bench.run(0.2)
        bits.append(bench[.arterialLinePressure].bitPattern)
        bits.append(bench[.arterialBloodTemperature].bitPattern)
      }
      return bits
    }
    #expect(run() == run())
  }

  @Test("Inputs that are not numbers do not poison the plant")
  func notANumber() {
    var bench = Bench(pumps: [.arterialRoller, .roller(.cardioplegia, strokeVolume: 13)])
    bench.inputs.rotorSpeed[0] = .nan
    bench.inputs.rotorTurns[0] = .infinity
    bench.inputs.occlusionGap[0] = .nan
    bench.inputs.venousOccluder = .nan
    bench.inputs.heaterWatts[0] = .nan
    bench.inputs.waterPump[0] = .nan
    for _ in 0..<2000 { bench.circuit.step(bench.inputs) }
    #expect(Self.outOfBounds(bench.signals).isEmpty)
  }
}
