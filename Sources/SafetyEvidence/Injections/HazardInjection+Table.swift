import CircuitModel
import PerfusionCore
import Scenarios

extension HazardInjection {
  /// Every injection.
  public static var all: [HazardInjection] {
    bloodPath + pump + heat + supplyAndSensors + operation + centrifugal
  }

  private static func plant(_ name: String, _ value: Double) -> Deed {
    .world(.parameter(name, value))
  }

  private static var airBeforePatient: Deed { .world(.air(.arterialDetector, 2)) }

  /// An antegrade dose at 300 ml/min.
  private static func dose(milliliters: Double) -> Deed {
    .action(
      .startDose(
        Flow(litersPerMinute: 0.3), .volume(Volume(milliliters: milliliters)), .antegrade))
  }

  /// The reservoir empties at 15 L/min: a level that falls faster than a tube drains is taken for the
  /// sensor's error.
  private static func runDown(to volume: Double) -> [Deed] {
    stride(from: 1200, through: volume, by: -60).flatMap { [.reservoir($0), .wait(0.24)] }
  }

  private static var bloodPath: [HazardInjection] {
    [
      HazardInjection(
        1, "2 ml of air at the arterial detector", [airBeforePatient], [1], .stops),
      HazardInjection(2, "reservoir runs down to 420 ml", runDown(to: 420), [5], .slows),
      HazardInjection(2, "reservoir at 250 ml", [.reservoir(250)], [6], .stops),
      HazardInjection(
        3, "the coupling breaks", [.fault("arterial.shaft:off")], [21], .asTheFaultHasIt),
      HazardInjection(
        4, "the clamp's coil dies", [.fault("arterialClamp:off")], [34], .asTheFaultHasIt),
      HazardInjection(
        5, "air, and the clamp does not close", [.fault("arterialClamp:stuck"), airBeforePatient],
        [1, 34], .stops),
      HazardInjection(
        8, "the surgeon's clamp shuts the line", [plant("surgeonClamp", 0)], [10], .slows),
      HazardInjection(
        9, "the oxygenator clots", [plant("oxygenatorFactor", 4)], within: 20, [14], .keeps),
      HazardInjection(
        40, "20 ml of air at the venous cannula", [.world(.air(.venousCannula, 20))], within: 20,
        [3],
        .keeps),
      HazardInjection(
        56, "the arterial line comes off", [plant("arterialDisconnection", 1)], [12],
        .asTheFaultHasIt),
    ]
  }

  private static var pump: [HazardInjection] {
    [
      HazardInjection(
        7, "the motor leads are swapped", [.fault("arterial.shaft:wrong")], [29], .stops),
      HazardInjection(
        10, "the drive runs away", [.fault("arterial:wrong")], [26], .stops, inSetup: [26]),
      HazardInjection(
        10, "both contacts of the emergency stop", [.world(.emergencyStop(true))], [30], .stops,
        inSetup: [30]),
      HazardInjection(11, "the rotor is jammed", [.fault("arterial.shaft:stuck")], [28], .stops),
      HazardInjection(
        17, "a tube with four fifths of its stroke volume",
        [.scale("arterial.strokeVolume", 0.8)], within: 30, [25], .keeps),
      HazardInjection(
        18, "the tube is under-occluded", [.scale("arterial.leakFirst", 40)], within: 60, [33],
        .keeps),
      HazardInjection(
        21, "the pump's cover is opened", [.world(.cover(pump: 0, isOpen: true))], [32], .slows,
        inSetup: [32]),
    ]
  }

  private static var heat: [HazardInjection] {
    [
      HazardInjection(
        22, "the heater's relay is welded", [.fault("patientHeater:stuck")], within: 900, [46],
        .keeps),
      HazardInjection(
        23, "the chiller runs on", [.fault("patientChiller:wrong")], within: 1800, [50], .keeps),
      HazardInjection(
        24, "cold water against warm blood", [.fault("patientChiller:wrong")], within: 1800, [44],
        .keeps),
      HazardInjection(
        25, "the arterial probe comes off", [.fault("arterialBloodTemperature:off")], within: 30,
        [49], .keeps),
      HazardInjection(
        26, "the water pump stops", [.fault("patientWaterPump:off")], within: 10, [48], .keeps),
      HazardInjection(
        28, "the tank leaks", [plant("patientWaterLeak", 60)], within: 20, [48], .keeps),
    ]
  }

  private static var supplyAndSensors: [HazardInjection] {
    [
      HazardInjection(
        15, "the firmware hangs", [.world(.hangFirmware)], [], .keeps, soundsAlone: true),
      HazardInjection(
        16, "the watchdog trips falsely", [.fault("watchdog:off")], [54], .keeps, inSetup: [54]),
      HazardInjection(30, "mains is lost", [.world(.mains(false))], [51], .keeps, inSetup: [51]),
      HazardInjection(
        31, "mains is lost and the battery nearly empty",
        [.world(.batteryCharge(0.4)), .world(.mains(false))], within: 5, [51, 52], .keeps,
        inSetup: [51, 52]),
      HazardInjection(
        41, "the arterial air detector is stuck", [.fault("arterialBubble:stuck")], within: 8, [2],
        .keeps, inSetup: [2]),
      HazardInjection(
        42, "the level electrodes come off", [.fault("reservoirVolume:off")], within: 5, [7], .keeps
      ),
      HazardInjection(
        43, "the flow probe shows half a litre too much", [.fault("arterialFlow:wrong")],
        within: 30,
        [], .keeps),
      HazardInjection(
        47, "the bus of pressures and flows hangs", [.fault("pressures:hang")], within: 5, [],
        .keeps),
      HazardInjection(
        47, "the bus of pressures and flows is dead", [.fault("pressures:off")], within: 8, [56],
        .keeps, inSetup: [56]),
      HazardInjection(
        48, "the line pressure sensor comes off", [.fault("arterialLinePressure:off")], within: 5,
        [56], .keeps),
      HazardInjection(
        48, "the rotor's angle sensor is gone", [.fault("arterialEncoder:off")], within: 5, [56],
        .keeps, inSetup: [56]),
      HazardInjection(49, "the clock is an hour ahead", [.fault("clock:wrong")], [], .keeps),
      HazardInjection(
        55, "the firmware is killed and starts again",
        [.world(.killFirmware), .world(.restartFirmware(1))], within: 5, [], .keeps),
    ]
  }

  private static var operation: [HazardInjection] {
    [
      HazardInjection(
        13, "a big step that nobody confirmed", [.slip(.setFlow(0, Flow(litersPerMinute: 6.5)))],
        [],
        .keeps, isRefused: true),
      HazardInjection(
        33, "the arterial pump stops under a dose",
        [
          dose(milliliters: 500),
          .wait(8), .action(.stopPump(0)),
        ], within: 5, [], .stops, stands: [1, 2]),
      HazardInjection(
        34, "the cardioplegia line is shut",
        [
          dose(milliliters: 500),
          .wait(5), plant("deliveryLinear", 5000),
        ], within: 10, [37], .keeps),
      HazardInjection(
        36, "the crystalloid follower does not follow",
        [
          dose(milliliters: 500),
          .wait(5), .fault("crystalloid:slow"), .fault("crystalloid.shaft:intermittent"),
        ], within: 10, [39], .keeps),
      HazardInjection(
        45, "an override is left on", [.action(.override(0, .arterialAir))], within: 40, [62],
        .keeps, inSetup: [62]),
      HazardInjection(
        46, "air while the sound is paused",
        [.action(.pauseAudio), .wait(1), airBeforePatient], [1], .stops),
    ]
  }

  private static var centrifugal: [HazardInjection] {
    [
      HazardInjection(
        1, "2 ml of air at the arterial detector", [airBeforePatient], [1],
        .slows, isCentrifugal: true),
      HazardInjection(
        5, "air, and the clamp does not close", [.fault("arterialClamp:stuck"), airBeforePatient],
        within: 5, [1, 34], .holdsBack, isCentrifugal: true),
      HazardInjection(
        6, "the patient's pressure overcomes the pump", [plant("heldArterialPressure", 420)],
        [23], .slows, isCentrifugal: true),
      HazardInjection(
        12, "the drainage collapses", [plant("drainageFactor", 12), .wait(8)], within: 20, [16],
        .slows,
        isCentrifugal: true),
    ]
  }
}
