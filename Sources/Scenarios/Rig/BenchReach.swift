import BoardFiles
import ChipDrivers
import PerfusionCore
import PhysicalRig
import VirtualBoard

/// What a bench is not wired for.
extension BenchRig {
  /// Why the bench cannot carry out a stimulus; nothing when it can.
  func refusal(of stimulus: Stimulus) -> String? {
    switch stimulus {
    case .fault(let fault): refusal(of: fault)
    case .mains: refusal(of: [.switchInput(.mainsGood)], "mains")
    case .batteryCharge:
      refusal(of: [.batteryVoltage, .batteryCurrent, .batteryCharge], "the battery")
    case .emergencyStop:
      refusal(
        of: [.switchInput(.emergencyStopFirst), .switchInput(.emergencyStopSecond)],
        "the emergency stop")
    case .cover(let pump, _): refusal(of: [.coverIsOpen(UInt8(clamping: pump))], "the cover")
    case .parameter, .air, .removeAir, .giveVolume, .giveToPatient, .clear, .wallClock,
      .boardSupply, .killFirmware, .restartFirmware, .hangFirmware, .clampLever:
      nil
    }
  }

  private func refusal(of sites: [SensorSite], _ what: String) -> String? {
    carries(world.signals(of: sites)) ? nil : "no wire of the bench tells the board of \(what)"
  }

  private func carries(_ signals: [BoardSignal]) -> Bool {
    signals.contains { bench.wire($0) != nil }
  }

  private func refusal(of fault: FaultSpecification) -> String? {
    let reach: FaultReach
    // A name or word that does not exist is refused by the world, with the nearest one.
    do throws(FaultRefusal) { reach = try world.reach(of: fault) } catch { return nil }
    switch reach {
    case .onBoard(let what):
      return "\"\(fault.target)\" is \(what) under test; no wire of the bench ends there"
    case .around(let signals):
      return carries(signals)
        ? nil : "no wire of the bench tells the board of \"\(fault.target)\""
    case .wire(let signal):
      guard let wire = bench.wire(signal) else {
        return "\"\(fault.target)\" is left to the board itself ('unplayed')"
      }
      return refusal(of: fault, on: wire)
    }
  }

  /// A converter plays any level, but it does not let go of a wire.
  private func refusal(of fault: FaultSpecification, on wire: BenchWire) -> String? {
    guard case .input = wire.signal, wire.cable == nil else { return nil }
    guard fault.word == .off || fault.word == .intermittent else { return nil }
    return "the wire of \"\(fault.target)\" has no relay that opens it ('cable')"
  }
}
