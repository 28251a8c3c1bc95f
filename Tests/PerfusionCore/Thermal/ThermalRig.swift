@testable import PerfusionCore

/// A water circuit's controller on the plant, in virtual time, with what must hold recorded.
struct ThermalRig {
  var plant = ThermalPlant()
  var controller: WaterCircuitController
  var outlet = Thermistor()
  var returning = Thermistor()
  var bath = Thermistor()
  var bathTwin = Thermistor()

  /// Replaces what the controller sees, for faults.
  var distort: (inout ThermalEnvironment, Double) -> Void = { _, _ in }
  /// The heater relay has welded: it heats whenever the contactor is closed.
  var isWelded = false
  /// The heater has burnt out.
  var isBurntOut = false
  var tenths = 0
  var seconds: Double { Double(tenths) / 10 }
  var isPatientConnected = true

  // What was seen.
  var hottestOutlet = -100.0
  var coldestOutlet = 100.0
  var hottestBath = -100.0
  var widestCooling = 0.0
  var widestWarming = 0.0
  var widestWarmingBelow = 0.0
  var fastestRewarm = 0.0
  var fastestCoreCooling = 0.0
  var foughtTicks = 0
  var peakHeat = 0.0
  var lastCommand = WaterCommand()
  var findingsSeen = FindingsSeen()
  var shortestChiller = Double.infinity
  private var chillerSince = -1e9
  private var chillerWas = false
  private var venousHistory: [Double] = []
  private var coreHistory: [Double] = []
  private var ticks: UInt64 = 0
  private var heldReadings = (outlet: 36.0, returning: 36.0, bath: 20.0, twin: 20.0)
  private var random: UInt64

  static let tick = Seconds(seconds: 0.02)

  init(
    plant: ThermalPlant = ThermalPlant(), core: Double, tank: Double, seed: UInt64 = 1,
    circuit change: (inout WaterCircuitConfiguration) -> Void = { _ in },
    limits: BloodTemperatureLimits = BloodTemperatureLimits(),
    purpose: ThermalPurpose = .blood
  ) {
    self.plant = plant
    self.plant.settle(core: core, tank: tank)
    var circuit = WaterCircuitConfiguration()
    circuit.isFitted = true
    circuit.tankLiters = plant.tankLiters
    circuit.chiller = .watts(plant.chillerWatts)
    circuit.heater = .watts(plant.heaterWatts)
    change(&circuit)
    controller = WaterCircuitController(
      circuit: circuit, limits: limits, purpose: purpose, tick: Self.tick)
    random = seed
  }

  var venous: Double { plant.venous }

  /// Runs until `stop` holds or the time is over, and gives the minutes that passed.
  @discardableResult
  mutating func run(
    _ mode: ThermalMode, target: Double, minutes: Double,
    until stop: (ThermalRig) -> Bool = { _ in false }
  ) -> Double {
    let begin = tenths
    let end = begin + Int((minutes * 600).rounded())
    let intent = ThermalIntent(mode: mode, target: .celsius(target))
    while tenths < end {
      tenth(intent)
      if stop(self) { break }
    }
    return Double(tenths - begin) / 600
  }

  /// Runs on and gives how far the tank went from where it should be.
  mutating func farthest(
    _ mode: ThermalMode, target: Double, minutes: Double, from place: (ThermalRig) -> Double
  ) -> Double {
    var farthest = 0.0
    run(mode, target: target, minutes: minutes) { rig in
      farthest = max(farthest, abs(rig.plant.tank - place(rig)))
      return false
    }
    return farthest
  }

  private mutating func tenth(_ intent: ThermalIntent) {
    sense()
    var on = 0.0
    let count = 5
    for _ in 0..<count {
      var environment = ThermalEnvironment(tick: Tick(count: ticks))
      environment.arterial = reading(heldReadings.outlet)
      environment.venous = reading(heldReadings.returning)
      environment.bath = reading(heldReadings.bath)
      environment.bathSecond = reading(heldReadings.twin)
      environment.waterFlow = Reading(
        .litersPerMinute(lastCommand.pump ? plant.waterLiters : 0), takenAt: .start)
      environment.bloodFlow = Reading(.litersPerMinute(plant.bloodLiters), takenAt: .start)
      environment.isTankFilled = Reading(true, takenAt: .start)
      environment.isCutOutTripped = Reading(false, takenAt: .start)
      environment.isPatientConnected = isPatientConnected
      distort(&environment, seconds)
      lastCommand = controller.update(intent: intent, environment: environment)
      let isHot = isWelded || lastCommand.heater
      if isHot && lastCommand.heaterContactor && !isBurntOut { on += 1 }
      if lastCommand.heater && lastCommand.chiller { foughtTicks += 1 }
      ticks += 1
    }
    plant.heat = plant.heaterWatts * on / Double(count)
    plant.chill = lastCommand.chiller ? plant.chillerWatts : 0
    plant.step()
    tenths += 1
    watch()
  }

  private mutating func sense() {
    heldReadings.outlet = outlet.read(plant.arterial, noise: noise())
    heldReadings.returning = returning.read(plant.venous, noise: noise())
    heldReadings.bath = bath.read(plant.tank, noise: noise())
    heldReadings.twin = bathTwin.read(plant.tank, noise: noise())
  }

  private mutating func watch() {
    hottestOutlet = max(hottestOutlet, plant.arterial)
    coldestOutlet = min(coldestOutlet, plant.arterial)
    hottestBath = max(hottestBath, plant.tank)
    let gradient = plant.arterial - plant.venous
    widestCooling = max(widestCooling, -gradient)
    if plant.arterial >= 30 {
      widestWarming = max(widestWarming, gradient)
    } else {
      widestWarmingBelow = max(widestWarmingBelow, gradient)
    }
    peakHeat = max(peakHeat, abs(gradient) * plant.bloodLiters * 3800 / 60)
    if lastCommand.chiller != chillerWas {
      shortestChiller = min(shortestChiller, seconds - chillerSince)
      chillerSince = seconds
      chillerWas = lastCommand.chiller
    }
    findingsSeen.add(controller.findings)
    guard tenths % 20 == 0 else { return }
    if plant.arterial < 30 { venousHistory.removeAll() }
    venousHistory.append(plant.venous)
    coreHistory.append(plant.core)
    if venousHistory.count > 60 {
      let rise = (plant.venous - venousHistory[venousHistory.count - 61]) / 2
      fastestRewarm = max(fastestRewarm, rise)
    }
    if coreHistory.count > 60 {
      let fall = (coreHistory[coreHistory.count - 61] - plant.core) / 2
      fastestCoreCooling = max(fastestCoreCooling, fall)
    }
  }

  private func reading(_ celsius: Double) -> Reading<Temperature> {
    Reading(.celsius(celsius), takenAt: .start)
  }

  /// Noise of 0.01 K, evenly spread.
  private mutating func noise() -> Double {
    random &+= 0x9E37_79B9_7F4A_7C15
    var bits = random
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    bits ^= bits >> 31
    return (Double(bits >> 11) / 9_007_199_254_740_992 - 0.5) * 0.02
  }
}

/// Every finding that came up during a run.
struct FindingsSeen {
  var bloodWarm = false
  var gradient = false
  var rewarmTooFast = false
  var bathHigh = false
  var bathCut = false
  var arterialSensorFault = false
  var sensorFault = false
  var uncommandedHeating = false
  var heaterWithoutEffect = false
  var waterLost = false

  mutating func add(_ now: ThermalFindings) {
    bloodWarm = bloodWarm || now.bloodWarm
    gradient = gradient || now.gradient
    rewarmTooFast = rewarmTooFast || now.rewarmTooFast
    bathHigh = bathHigh || now.bathHigh
    bathCut = bathCut || now.bathCut
    arterialSensorFault = arterialSensorFault || now.arterialSensorFault
    sensorFault = sensorFault || now.sensorFault
    uncommandedHeating = uncommandedHeating || now.uncommandedHeating
    heaterWithoutEffect = heaterWithoutEffect || now.heaterWithoutEffect
    waterLost = waterLost || now.waterLost
  }

  /// No alarm at all.
  var isQuiet: Bool {
    !(bloodWarm || gradient || rewarmTooFast || bathHigh || bathCut || arterialSensorFault
      || sensorFault || uncommandedHeating || heaterWithoutEffect || waterLost)
  }
}
