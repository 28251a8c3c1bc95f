public import BoardFiles
public import ChipDrivers
import PerfusionCore

/// What a fault befalls, as a bench sees it: what is on the board under test it cannot reach, wires end
/// at its channels, and the rest of the machine it plays itself.
public enum FaultReach: Sendable, Equatable {
  /// Something on the board under test, named.
  case onBoard(String)
  /// The wire of a signal.
  case wire(BoardSignal)
  /// A part of the machine around the board, of which the board knows by these signals.
  case around([BoardSignal])
}

extension BareBoard {
  /// What a fault befalls.
  public func reach(of fault: FaultSpecification) throws(FaultRefusal) -> FaultReach {
    let target = try directory.find(fault, hardware)
    switch target {
    case .bus: return .onBoard("a bus of the board")
    case .chip: return .onBoard("a chip of the board")
    case .store: return .onBoard("what the firmware keeps")
    case .display: return .onBoard("the display of the board")
    case .inputLine(let line), .tachometer(let line): return .wire(.inputLine(line))
    case .outputLine(let line): return .wire(.outputLine(line))
    case .sensor(let index):
      guard case .channel(let chip, let channel) = hardware.sensors.channels[index].wiring.port
      else { return .around([]) }
      return .wire(.input(chip: Int(chip), channel: Int(channel)))
    case .mains: return .around(signals(of: [.switchInput(.mainsGood)]))
    case .battery:
      return .around(signals(of: [.batteryVoltage, .batteryCurrent, .batteryCharge]))
    case .cutOut(let circuit):
      return .around(
        signals(of: [
          .switchInput(circuit == 0 ? .patientCutOutTripped : .cardioplegiaCutOutTripped)
        ]))
    case .drive(let pump), .shaft(let pump): return .around(signals(of: [.rotor(UInt8(pump))]))
    case .arterialClamp, .venousOccluder, .occlusionActuator, .heater, .contactor, .chiller,
      .waterPump, .buzzer, .redLamp, .yellowLamp, .cyanLamp, .watchdog:
      return .around(drivenSignals(of: target))
    }
  }

  /// The signals by which the board knows what is measured at these sites.
  public func signals(of sites: [SensorSite]) -> [BoardSignal] {
    let names = sites.map { SiteName.of($0, machine: board.machine) }
    return board.wiring.sensors.indices.compactMap { index -> BoardSignal? in
      let sensor = board.wiring.sensors[index]
      guard names.contains(SiteName.of(sensor.site, machine: board.machine)) else { return nil }
      switch sensor.port {
      case .none: return nil
      case .line(let line): return .inputLine(Int(line))
      case .channel(let chip, let channel): return .input(chip: Int(chip), channel: Int(channel))
      }
    }
  }

  /// The outputs of the board that drive a part.
  private func drivenSignals(of target: FaultTarget) -> [BoardSignal] {
    hardware.taps.compactMap { tap -> BoardSignal? in
      guard directory.target(of: tap, board.machine) == target else { return nil }
      if tap.line >= 0 { return .outputLine(tap.line) }
      guard case .chip(let chip, let pin, _) = tap.place else { return nil }
      return .output(chip: chip, channel: pin)
    }
  }
}
