internal import CLinkMessages
internal import ChipDrivers
internal import PerfusionCore

extension Carrier {
  mutating func sensorSite(_ message: inout perfusion_board_Sensor, _ model: inout SensorSite) {
    switch direction {
    case .toMessage: (message.kind, message.which) = SiteMessage.message(model)
    case .toModel:
      if let which = UInt8(exactly: message.which),
        let site = SiteMessage.sensor(message.kind, which)
      {
        model = site
      } else {
        fail(.valueOutOfRange)
      }
    }
  }

  mutating func actuatorSite(
    _ message: inout perfusion_board_Actuator, _ model: inout ActuatorSite
  ) {
    switch direction {
    case .toMessage: (message.kind, message.which) = SiteMessage.message(model)
    case .toModel:
      if let which = UInt8(exactly: message.which),
        let site = SiteMessage.actuator(message.kind, which)
      {
        model = site
      } else {
        fail(.valueOutOfRange)
      }
    }
  }
}

/// What a sensor measures and what an actuator does, as a kind and a number within the kind.
enum SiteMessage {
  static func message(_ site: SensorSite) -> (perfusion_board_SensorKind, UInt32) {
    switch site {
    case .pressure(let which):
      (perfusion_board_SensorKind_SENSOR_PRESSURE, UInt32(which.rawValue))
    case .flow(let which): (perfusion_board_SensorKind_SENSOR_FLOW, UInt32(which.rawValue))
    case .temperature(let which):
      (perfusion_board_SensorKind_SENSOR_TEMPERATURE, UInt32(which.rawValue))
    case .air(let which): (perfusion_board_SensorKind_SENSOR_AIR, UInt32(which.rawValue))
    case .switchInput(let which):
      (perfusion_board_SensorKind_SENSOR_SWITCH, UInt32(which.rawValue))
    case .reservoirVolume: (perfusion_board_SensorKind_SENSOR_RESERVOIR_VOLUME, 0)
    case .venousOccluderOpening: (perfusion_board_SensorKind_SENSOR_VENOUS_OCCLUDER, 0)
    case .rotor(let pump): (perfusion_board_SensorKind_SENSOR_ROTOR, UInt32(pump))
    case .motorCurrent(let pump): (perfusion_board_SensorKind_SENSOR_MOTOR_CURRENT, UInt32(pump))
    case .driveAlive(let pump): (perfusion_board_SensorKind_SENSOR_DRIVE_ALIVE, UInt32(pump))
    case .driveFault(let pump): (perfusion_board_SensorKind_SENSOR_DRIVE_FAULT, UInt32(pump))
    case .torqueIsOff(let pump): (perfusion_board_SensorKind_SENSOR_TORQUE_IS_OFF, UInt32(pump))
    case .coverIsOpen(let pump): (perfusion_board_SensorKind_SENSOR_COVER_IS_OPEN, UInt32(pump))
    case .occlusionGap(let pump): (perfusion_board_SensorKind_SENSOR_OCCLUSION_GAP, UInt32(pump))
    case .batteryVoltage: (perfusion_board_SensorKind_SENSOR_BATTERY_VOLTAGE, 0)
    case .batteryCurrent: (perfusion_board_SensorKind_SENSOR_BATTERY_CURRENT, 0)
    case .batteryCharge: (perfusion_board_SensorKind_SENSOR_BATTERY_CHARGE, 0)
    }
  }

  static func sensor(_ kind: perfusion_board_SensorKind, _ which: UInt8) -> SensorSite? {
    switch kind {
    case perfusion_board_SensorKind_SENSOR_PRESSURE:
      PressureSite(rawValue: which).map { .pressure($0) }
    case perfusion_board_SensorKind_SENSOR_FLOW: FlowSite(rawValue: which).map { .flow($0) }
    case perfusion_board_SensorKind_SENSOR_TEMPERATURE:
      TemperatureSite(rawValue: which).map { .temperature($0) }
    case perfusion_board_SensorKind_SENSOR_AIR: AirSite(rawValue: which).map { .air($0) }
    case perfusion_board_SensorKind_SENSOR_SWITCH:
      SwitchSite(rawValue: which).map { .switchInput($0) }
    case perfusion_board_SensorKind_SENSOR_RESERVOIR_VOLUME: .reservoirVolume
    case perfusion_board_SensorKind_SENSOR_VENOUS_OCCLUDER: .venousOccluderOpening
    case perfusion_board_SensorKind_SENSOR_ROTOR: ofPump(which, .rotor(which))
    case perfusion_board_SensorKind_SENSOR_MOTOR_CURRENT: ofPump(which, .motorCurrent(which))
    case perfusion_board_SensorKind_SENSOR_DRIVE_ALIVE: ofPump(which, .driveAlive(which))
    case perfusion_board_SensorKind_SENSOR_DRIVE_FAULT: ofPump(which, .driveFault(which))
    case perfusion_board_SensorKind_SENSOR_TORQUE_IS_OFF: ofPump(which, .torqueIsOff(which))
    case perfusion_board_SensorKind_SENSOR_COVER_IS_OPEN: ofPump(which, .coverIsOpen(which))
    case perfusion_board_SensorKind_SENSOR_OCCLUSION_GAP: ofPump(which, .occlusionGap(which))
    case perfusion_board_SensorKind_SENSOR_BATTERY_VOLTAGE: .batteryVoltage
    case perfusion_board_SensorKind_SENSOR_BATTERY_CURRENT: .batteryCurrent
    case perfusion_board_SensorKind_SENSOR_BATTERY_CHARGE: .batteryCharge
    default: nil
    }
  }

  static func message(_ site: ActuatorSite) -> (perfusion_board_ActuatorKind, UInt32) {
    switch site {
    case .pumpSpeed(let pump): (perfusion_board_ActuatorKind_ACTUATOR_PUMP_SPEED, UInt32(pump))
    case .pumpReverse(let pump):
      (perfusion_board_ActuatorKind_ACTUATOR_PUMP_REVERSE, UInt32(pump))
    case .pumpEnable(let pump): (perfusion_board_ActuatorKind_ACTUATOR_PUMP_ENABLE, UInt32(pump))
    case .pumpTorqueAllowed(let pump):
      (perfusion_board_ActuatorKind_ACTUATOR_PUMP_TORQUE_ALLOWED, UInt32(pump))
    case .occlusionGap(let pump):
      (perfusion_board_ActuatorKind_ACTUATOR_OCCLUSION_GAP, UInt32(pump))
    case .arterialClampOpen: (perfusion_board_ActuatorKind_ACTUATOR_ARTERIAL_CLAMP_OPEN, 0)
    case .venousOccluder: (perfusion_board_ActuatorKind_ACTUATOR_VENOUS_OCCLUDER, 0)
    case .waterPump(let circuit):
      (perfusion_board_ActuatorKind_ACTUATOR_WATER_PUMP, UInt32(circuit))
    case .heater(let circuit): (perfusion_board_ActuatorKind_ACTUATOR_HEATER, UInt32(circuit))
    case .heaterContactor(let circuit):
      (perfusion_board_ActuatorKind_ACTUATOR_HEATER_CONTACTOR, UInt32(circuit))
    case .chiller(let circuit): (perfusion_board_ActuatorKind_ACTUATOR_CHILLER, UInt32(circuit))
    case .buzzer: (perfusion_board_ActuatorKind_ACTUATOR_BUZZER, 0)
    case .redLamp: (perfusion_board_ActuatorKind_ACTUATOR_RED_LAMP, 0)
    case .yellowLamp: (perfusion_board_ActuatorKind_ACTUATOR_YELLOW_LAMP, 0)
    case .cyanLamp: (perfusion_board_ActuatorKind_ACTUATOR_CYAN_LAMP, 0)
    case .airTest: (perfusion_board_ActuatorKind_ACTUATOR_AIR_TEST, 0)
    case .watchdogStroke: (perfusion_board_ActuatorKind_ACTUATOR_WATCHDOG_STROKE, 0)
    }
  }

  static func actuator(_ kind: perfusion_board_ActuatorKind, _ which: UInt8) -> ActuatorSite? {
    switch kind {
    case perfusion_board_ActuatorKind_ACTUATOR_PUMP_SPEED: ofPump(which, .pumpSpeed(which))
    case perfusion_board_ActuatorKind_ACTUATOR_PUMP_REVERSE: ofPump(which, .pumpReverse(which))
    case perfusion_board_ActuatorKind_ACTUATOR_PUMP_ENABLE: ofPump(which, .pumpEnable(which))
    case perfusion_board_ActuatorKind_ACTUATOR_PUMP_TORQUE_ALLOWED:
      ofPump(which, .pumpTorqueAllowed(which))
    case perfusion_board_ActuatorKind_ACTUATOR_OCCLUSION_GAP: ofPump(which, .occlusionGap(which))
    case perfusion_board_ActuatorKind_ACTUATOR_ARTERIAL_CLAMP_OPEN: .arterialClampOpen
    case perfusion_board_ActuatorKind_ACTUATOR_VENOUS_OCCLUDER: .venousOccluder
    case perfusion_board_ActuatorKind_ACTUATOR_WATER_PUMP: ofCircuit(which, .waterPump(which))
    case perfusion_board_ActuatorKind_ACTUATOR_HEATER: ofCircuit(which, .heater(which))
    case perfusion_board_ActuatorKind_ACTUATOR_HEATER_CONTACTOR:
      ofCircuit(which, .heaterContactor(which))
    case perfusion_board_ActuatorKind_ACTUATOR_CHILLER: ofCircuit(which, .chiller(which))
    case perfusion_board_ActuatorKind_ACTUATOR_BUZZER: .buzzer
    case perfusion_board_ActuatorKind_ACTUATOR_RED_LAMP: .redLamp
    case perfusion_board_ActuatorKind_ACTUATOR_YELLOW_LAMP: .yellowLamp
    case perfusion_board_ActuatorKind_ACTUATOR_CYAN_LAMP: .cyanLamp
    case perfusion_board_ActuatorKind_ACTUATOR_AIR_TEST: .airTest
    case perfusion_board_ActuatorKind_ACTUATOR_WATCHDOG_STROKE: .watchdogStroke
    default: nil
    }
  }

  private static func ofPump<Site>(_ pump: UInt8, _ site: Site) -> Site? { pump < 8 ? site : nil }

  private static func ofCircuit<Site>(_ circuit: UInt8, _ site: Site) -> Site? {
    circuit < 2 ? site : nil
  }
}
