public import PerfusionCore

/// How the board is wired: what the firmware needs to reach every sensor and actuator.
///
/// It comes from the board file through the board image, together with the machine configuration,
/// and is the same for the firmware and for the virtual board.
public struct BoardWiring: Sendable {
  /// I2C buses; chips name them by index.
  public var buses = FixedList<4, BusWiring>(filler: BusWiring())
  /// Chips on the buses.
  public var chips = FixedList<40, ChipWiring>(filler: ChipWiring())
  /// GPIO and expander lines.
  public var lines = FixedList<64, LineWiring>(filler: LineWiring())
  /// What is measured, and where it comes from.
  public var sensors = FixedList<80, SensorWiring>(filler: SensorWiring())
  /// What is driven, and where it goes.
  public var actuators = FixedList<64, ActuatorWiring>(filler: ActuatorWiring())
  /// Conversion tables of thermistors, referred to by sensors.
  public var curves = FixedList<4, Curve>(filler: Curve())
  /// An empty board.
  public init() {}

  /// The GPIO lines on RESET pins of a bus's multiplexers; bit i is line i.
  public borrowing func resetLines(ofBus bus: Int) -> UInt64 {
    var lines: UInt64 = 0
    for index in chips.indices {
      let chip = chips[index]
      if Int(chip.bus) == bus && chip.resetLine >= 0 { lines |= 1 << UInt64(chip.resetLine & 63) }
    }
    return lines
  }
}

/// One I2C bus.
public struct BusWiring: BitwiseCopyable, Sendable {
  /// Name in the board file.
  public var id = Identifier()
  /// Device node of the adapter, `/dev/i2c-1`.
  public var adapter = Identifier()
  /// Clock, 10000...1000000 Hz.
  public var clockHertz: UInt32 = 400_000
  /// A bus without anything on it.
  public init() {}
}

/// What a lost chip means (docs/architecture.md, policies).
public enum LossPolicy: UInt8, Sendable, BitwiseCopyable {
  /// A safety function is gone: high alarm, the interlock counts as unavailable.
  case critical
  /// Works on with less; medium alarm.
  case degraded
  /// Told, nothing else.
  case advisory
}

/// One chip on a bus.
public struct ChipWiring: BitwiseCopyable, Sendable {
  /// Name in the board file.
  public var id = Identifier()
  /// Which part it is, with its settings.
  public var part = ChipPart.none
  /// Index of its bus.
  public var bus: UInt8 = 0
  /// Its address.
  public var address = I2CAddress(0)
  /// Index of the multiplexer chip it sits behind; -1 for none.
  public var multiplexer: Int8 = -1
  /// Channel of that multiplexer, 0...7.
  public var multiplexerChannel: UInt8 = 0
  /// TCA9548A: index of the GPIO line on its RESET pin; -1 for none.
  public var resetLine: Int8 = -1
  /// The worker visits it every so many ticks.
  public var everyTicks: UInt16 = 1
  /// An unused place.
  public init() {}
}

/// A line's direction.
public enum LineDirection: UInt8, Sendable, BitwiseCopyable {
  /// Read by us.
  case input
  /// Driven by us.
  case output
}

/// A line's bias resistor.
public enum LineBias: UInt8, Sendable, BitwiseCopyable {
  /// None asked for.
  case none
  /// Pull-up.
  case pullUp
  /// Pull-down.
  case pullDown
}

/// Which edges of a line are captured with kernel time stamps.
public enum LineEdge: UInt8, Sendable, BitwiseCopyable {
  /// None: the line is read once a tick.
  case none
  /// Both.
  case both
}

/// One two-state line, on a GPIO chip or on an expander.
public struct LineWiring: BitwiseCopyable, Sendable {
  /// Name in the board file.
  public var id = Identifier()
  /// Name of the GPIO line as the kernel shows it; empty for an expander pin.
  public var lineName = Identifier()
  /// Label of its GPIO chip when the line name alone is not unique; may be empty.
  public var chipLabel = Identifier()
  /// Offset on that chip; -1 when the line is found by name.
  public var offset: Int16 = -1
  /// Index of the expander chip; -1 for a GPIO line.
  public var expander: Int8 = -1
  /// Pin of the expander, 0...15 (A0...A7, B0...B7).
  public var expanderPin: UInt8 = 0
  /// Direction.
  public var direction = LineDirection.input
  /// The asserted state is electrically low.
  public var isActiveLow = false
  /// Bias.
  public var bias = LineBias.none
  /// Edge capture; GPIO inputs only.
  public var edge = LineEdge.none
  /// An unused place.
  public init() {}
}

/// What a sensor measures.
public enum SensorSite: BitwiseCopyable, Sendable {
  /// A pressure in mmHg.
  case pressure(PressureSite)
  /// A flow in L/min.
  case flow(FlowSite)
  /// A temperature in degC.
  case temperature(TemperatureSite)
  /// An air detector; asserted is air.
  case air(AirSite)
  /// A two-state input.
  case switchInput(SwitchSite)
  /// Volume in the reservoir in ml.
  case reservoirVolume
  /// Position of the venous occluder, 0...1.
  case venousOccluderOpening
  /// Rotor angle of a pump (index) in counts.
  case rotor(UInt8)
  /// Motor current of a pump in amperes.
  case motorCurrent(UInt8)
  /// A pump's drive says it is alive.
  case driveAlive(UInt8)
  /// A pump's drive says it has a fault.
  case driveFault(UInt8)
  /// A pump's safe-torque-off feedback; asserted is torque off.
  case torqueIsOff(UInt8)
  /// A pump's cover is open.
  case coverIsOpen(UInt8)
  /// Gap of a pump's occlusion actuator, 0...1.
  case occlusionGap(UInt8)
  /// Battery voltage in volts.
  case batteryVoltage
  /// Battery current in amperes.
  case batteryCurrent
  /// Battery charge in ampere-hours.
  case batteryCharge
}

/// Where a signal is picked up or put out.
public enum SignalPort: BitwiseCopyable, Sendable {
  /// Nowhere.
  case none
  /// A channel of a chip (index into `chips`): see the part for what its channels are.
  case channel(chip: UInt8, channel: UInt8)
  /// A line (index into `lines`).
  case line(UInt8)
}

/// One sensor.
public struct SensorWiring: BitwiseCopyable, Sendable {
  /// What it measures.
  public var site = SensorSite.reservoirVolume
  /// Where it is picked up.
  public var port = SignalPort.none
  /// Engineering value = channel value * scale + offset, after the curve.
  public var scale: Double = 1
  /// See `scale`.
  public var offset: Double = 0
  /// Index of a conversion curve; -1 for none.
  public var curve: Int8 = -1
  /// Least value that the sensor can measure.
  public var lowest: Double = -1e9
  /// Greatest value that the sensor can measure.
  public var highest: Double = 1e9
  /// Age in microseconds beyond which the reading is stale.
  public var maximumAge: Int32 = 20_000
  /// What its loss means.
  public var policy = LossPolicy.degraded
  /// An unused place.
  public init() {}
}

/// What an actuator does.
public enum ActuatorSite: BitwiseCopyable, Sendable {
  /// Speed reference of a pump (index) in rpm.
  case pumpSpeed(UInt8)
  /// Reverse direction of a pump.
  case pumpReverse(UInt8)
  /// Enable of a pump's drive.
  case pumpEnable(UInt8)
  /// Torque allowed (safe-torque-off inactive) for a pump: asserted lets it turn.
  case pumpTorqueAllowed(UInt8)
  /// Occlusion actuator of a pump, gap 0...1.
  case occlusionGap(UInt8)
  /// Arterial clamp: asserted (or 1) holds it open.
  case arterialClampOpen
  /// Venous occluder opening, 0...1.
  case venousOccluder
  /// Water pump of a circuit (0 patient, 1 cardioplegia).
  case waterPump(UInt8)
  /// Heater relay of a circuit.
  case heater(UInt8)
  /// Heater contactor of a circuit.
  case heaterContactor(UInt8)
  /// Chiller of a circuit.
  case chiller(UInt8)
  /// Alarm buzzer.
  case buzzer
  /// Red lamp.
  case redLamp
  /// Yellow lamp.
  case yellowLamp
  /// Cyan lamp.
  case cyanLamp
  /// Self-test input of the air detectors.
  case airTest
  /// Stroke of the window watchdog.
  case watchdogStroke
}

/// What an actuator does when its lease runs out.
public enum LeaseFallback: UInt8, Sendable, BitwiseCopyable {
  /// Keeps what it has: pumps turn on, clamps stay.
  case hold
  /// Off: heater, contactor, chiller, occlusion actuator.
  case off
  /// On: the buzzer.
  case on
}

/// One actuator.
public struct ActuatorWiring: BitwiseCopyable, Sendable {
  /// What it does.
  public var site = ActuatorSite.buzzer
  /// Where it goes.
  public var port = SignalPort.none
  /// Channel value = engineering value * scale + offset (volts for a DAC, duty for a PWM chip).
  public var scale: Double = 1
  /// See `scale`.
  public var offset: Double = 0
  /// Life of a command in microseconds.
  public var lease: Int32 = 500_000
  /// What happens when the lease runs out.
  public var fallback = LeaseFallback.off
  /// An unused place.
  public init() {}
}

/// A piecewise linear curve with rising inputs, for sensors that are not straight (thermistors).
///
/// Computed when the board file is compiled, because the core knows no logarithm.
public struct Curve: Sendable, BitwiseCopyable {
  /// Number of points, 2...33; 0 for an unused place.
  public var count: Int32 = 0
  /// Inputs, strictly rising.
  public var inputs = CurvePoints()
  /// Outputs.
  public var outputs = CurvePoints()
  /// An unused place.
  public init() {}
}
