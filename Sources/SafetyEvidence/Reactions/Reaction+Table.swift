import CircuitModel
import PerfusionCore
import Scenarios
import VirtualBoard

/// The table of docs/domain.md 11.3.
extension Reaction {
  static var all: [Reaction] { bypass + ecmo }

  /// A rotor under this speed counts as standing, rpm.
  private static var standing: Double { 5 }

  private static var bypass: [Reaction] {
    [
      Reaction(
        name: "Air to roller stop", machine: .bypass, budget: 250,
        cause: "bubble at the arterial detector", effect: "rotor under 5 rpm", isHigh: true,
        provoke: { bench, draws in
          try bench.apply(.air(.arterialDetector, draws.between(0.5, 3)))
        },
        began: { $0.circuit.air[.arterialBubble] }, ended: { abs($0.speed) < standing }),
      Reaction(
        name: "Hard pressure to stop", machine: .bypass, budget: 200,
        cause: "line pressure over 350 mmHg (the surgeon's clamp shuts the line)",
        effect: "rotor under 5 rpm", isHigh: true,
        provoke: { bench, _ in try bench.apply(.parameter("surgeonClamp", 0)) },
        began: { $0.circuit.pressures[.arterialLinePressure] > 350 },
        ended: { abs($0.speed) < standing }),
      Reaction(
        name: "Level alarm to stop", machine: .bypass, budget: 700,
        cause: "reservoir under 300 ml (blood is taken out at once)", effect: "rotor under 5 rpm",
        isHigh: true,
        provoke: { bench, draws in
          let volume = bench.machine.circuit.signals.reservoirVolume
          try bench.apply(.giveVolume(draws.between(150, 280) - volume))
        },
        began: { $0.circuit.reservoirVolume < 300 }, ended: { abs($0.speed) < standing }),
      Reaction(
        name: "Over-speed to STO", machine: .bypass, budget: 300,
        cause: "rotor over the command by 10 % and 5 rpm (drive runs away)",
        effect: "torque off at the drive", isHigh: true,
        provoke: { bench, _ in try bench.inject("arterial:wrong") },
        began: { $0.speed > $0.commanded + max(5, $0.commanded * 0.1) },
        ended: { !$0.board.hasTorque[0] }),
      Reaction(
        name: "Wrong direction to STO", machine: .bypass, budget: 100,
        cause: "rotor turns backwards (motor leads swapped)", effect: "torque off at the drive",
        isHigh: true,
        provoke: { bench, _ in try bench.inject("arterial.shaft:wrong") },
        began: { $0.speed < -1 }, ended: { !$0.board.hasTorque[0] }),
      death(.bypass), hang(.bypass), mains(.bypass), overTemperature, hotWater,
      Reaction(
        name: "Stop ramp, normal", machine: .bypass, budget: 2000,
        cause: "the operator's stop", effect: "rotor under 5 rpm", window: 3000,
        provoke: { bench, _ in bench.submit(.stopPump(0)) }, ended: { abs($0.speed) < standing }),
    ]
  }

  private static var ecmo: [Reaction] {
    [
      Reaction(
        name: "Air to clamp closed", machine: .ecmo, budget: 350,
        cause: "bubble at the arterial detector", effect: "arterial clamp under 3 % open",
        isHigh: true,
        provoke: { bench, draws in
          try bench.apply(.air(.arterialDetector, draws.between(0.5, 3)))
        },
        began: { $0.circuit.air[.arterialBubble] },
        ended: { $0.board.arterialClamp.value < 0.03 }),
      backflow(
        cause: "true flow under -0.1 L/min (the patient's pressure overcomes the pump)",
        known:
          "11.3 counts from the probe's reading: the probe's own 20 ms and 0.1 s come on top of the "
          + "row's 100 ms and the clamp's 150 to 300 ms"
      ) { $0.circuit.flows[.arterialFlow] < -0.1 },
      backflow(cause: "the acquired flow is under -0.1 L/min, without the probe's lag", known: nil)
      {
        $0.measuredFlow < -0.1
      },
      death(.ecmo), hang(.ecmo), mains(.ecmo),
    ]
  }

  private static var overTemperature: Reaction {
    Reaction(
      name: "Over-temperature cut", machine: .bypass, budget: 1500,
      cause: "the line of the bath's over-temperature cut-out trips",
      effect: "the heater's contactor opens", window: 4000,
      provoke: { bench, _ in try bench.inject("patientCutOutTripped:wrong") },
      ended: { !$0.board.contactors[0] })
  }

  /// The whole way: from the water itself over the thermostat's own lag to heater and contactor.
  private static var hotWater: Reaction {
    Reaction(
      name: "Over-temperature cut, from the water on", machine: .bypass, budget: 1500,
      cause: "the bath's true temperature is over 43 degC (the tank heats by about 1 K/s)",
      effect: "no power at the heater and its contactor open", window: 14_000,
      provoke: { bench, draws in
        try bench.apply(.parameter("patientTankLoss", -draws.between(1.5, 2.5)))
      },
      began: { $0.circuit.temperatures[.patientBathTemperature] >= 43 },
      ended: { $0.board.heaters[0].watts == 0 && !$0.board.contactors[0] })
  }

  private static func backflow(
    cause: String, known: String?, began: @escaping (Moment) -> Bool
  ) -> Reaction {
    Reaction(
      name: "Backflow to clamp closed", machine: .ecmo, budget: 400, known: known, cause: cause,
      effect: "arterial clamp under 3 % open", window: 3000, isHigh: true,
      provoke: { bench, draws in
        try bench.apply(.parameter("heldArterialPressure", draws.between(380, 450)))
      },
      began: began, ended: { $0.board.arterialClamp.value < 0.03 })
  }

  private static func death(_ machine: WarmMachine) -> Reaction {
    Reaction(
      name: "Controller death to alarm", machine: machine, budget: 300,
      cause: "the firmware is killed", effect: "buzzer sounds", mustHold: true,
      provoke: { bench, _ in try bench.apply(.killFirmware) }, ended: { $0.board.buzzerSounds })
  }

  private static func hang(_ machine: WarmMachine) -> Reaction {
    Reaction(
      name: "Controller hang to alarm", machine: machine, budget: 300,
      cause: "the tick stops, bus workers go on", effect: "buzzer sounds", mustHold: true,
      provoke: { bench, _ in try bench.apply(.hangFirmware) }, ended: { $0.board.buzzerSounds })
  }

  private static func mains(_ machine: WarmMachine) -> Reaction {
    Reaction(
      name: "Mains loss to battery", machine: machine, budget: 10,
      cause: "the socket is dead", effect: "time with the pump under 98 % of its speed",
      measuresDip: true,
      provoke: { bench, _ in try bench.apply(.mains(false)) }, ended: { _ in true })
  }
}

extension SafetyBench {
  /// Injects a fault, written as on the command line.
  public func inject(_ text: String) throws { try apply(.fault(Self.fault(text))) }

  /// Ends a fault.
  public func clear(_ text: String) throws { try apply(.clear(Self.fault(text))) }

  private static func fault(_ text: String) throws -> FaultSpecification {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let word = FaultWord(rawValue: String(parts[1])) else {
      throw StimulusRefusal.wrong("\"\(text)\" is no fault; write TARGET:WORD")
    }
    return FaultSpecification(target: String(parts[0]), word: word)
  }
}
