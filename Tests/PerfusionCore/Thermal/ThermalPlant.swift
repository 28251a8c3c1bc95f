import Foundation

/// Patient, heat exchanger and tank as docs/domain.md 4.6 describes them, written on its own and
/// not with the controller's formulas.
struct ThermalPlant {
  var massKilograms = 75.0
  var bloodLiters = 4.56
  var waterLiters = 12.0
  var conductance = 310.0
  var tankLiters = 8.0
  var heaterWatts = 1800.0
  var chillerWatts = 3000.0
  var hoseLiters = 0.38
  /// A closed loop of this many litres of prime instead of a patient.
  var primeLiters: Double?

  var core = 36.0
  var periphery = 36.0
  var tank = 20.0
  var arterial = 36.0
  private(set) var venous = 36.0
  private var supply: [Double] = []
  private var back: [Double] = []

  var heat = 0.0
  var chill = 0.0

  mutating func settle(core: Double, tank: Double) {
    (self.core, periphery, arterial, venous) = (core, core, core, core)
    self.tank = tank
    let slots = max(Int(hoseLiters / max(waterLiters / 60, 1e-6) / 0.1), 1)
    supply = Array(repeating: tank, count: slots)
    back = supply
  }

  var effectiveness: Double {
    guard bloodLiters > 0.001 else { return 1 }
    let blood = bloodLiters / 60 * 3800
    let water = max(waterLiters, 0.01) / 60 * 4186
    let (least, most) = (min(blood, water), max(blood, water))
    let units = conductance / least
    let ratio = least / most
    let fading = exp(-units * (1 - ratio))
    let classic = ratio > 0.9999 ? units / (1 + units) : (1 - fading) / (1 - ratio * fading)
    return classic * least / blood
  }

  /// Moves on by a tenth of a second.
  mutating func step() {
    let dt = 0.1
    supply.append(tank)
    let water = supply.removeFirst()
    let bloodRate = bloodLiters / 60 * 3800
    let heated = venous + effectiveness * (water - venous)
    // A quarter of a litre of blood between exchanger and outlet sensor.
    let passage = 0.25 / max(bloodLiters / 60, 1e-4)
    arterial += (heated - arterial) * min(dt / passage, 1)
    let given = bloodRate * (heated - venous)
    let waterRate = waterLiters / 60 * 4186
    back.append(waterRate > 1 ? water - given / waterRate : water)
    let returned = back.removeFirst()
    tank +=
      (waterRate * (returned - tank) + heat - chill - 5 * (tank - 20)) / (tankLiters * 4186) * dt
    if let primeLiters {
      venous += (bloodRate * (arterial - venous) - 3 * (venous - 20)) / (primeLiters * 3800) * dt
      return
    }
    let whole = massKilograms * 3490
    let share = massKilograms / 75
    let metabolism = 70 * share * pow(2.5, (core - 37) / 10)
    let exchange = 12 * share * (periphery - core)
    core +=
      (0.85 * bloodRate * (arterial - core) + exchange + metabolism) / (0.6 * whole) * dt
    periphery +=
      (0.15 * bloodRate * (arterial - periphery) - exchange - 6 * share * (periphery - 20))
      / (0.4 * whole) * dt
    let returning = 0.85 * core + 0.15 * periphery
    venous += (returning - venous) * min(dt / 3, 1)
  }
}

/// A thermistor: first-order lag, bias, noise, resolution.
struct Thermistor {
  var lag = 4.0
  var bias = 0.0
  private var state: Double?
  mutating func read(_ truth: Double, noise: Double) -> Double {
    let before = state ?? truth
    let now = before + (truth - before) * min(0.1 / lag, 1)
    state = now
    return ((now + bias + noise) * 128).rounded() / 128
  }
}
