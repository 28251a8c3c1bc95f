import CircuitModel
import PerfusionCore
public import VirtualBoard

/// A virtual board on which stimuli are played, whoever runs its firmware.
protocol PlayedBoard: AnyObject {
  /// The plant.
  var circuit: Circuit { get set }
  /// What people do to it.
  var hands: BoardHands { get }
  /// Applies a fault.
  func inject(_ fault: FaultSpecification) throws(FaultRefusal)
  /// Ends a fault.
  func clear(_ fault: FaultSpecification) throws(FaultRefusal)
}

extension VirtualMachine: PlayedBoard {}
extension BareBoard: PlayedBoard {}

extension PlayedBoard {
  /// Plays what concerns plant, chips, wires, supply and hands; false for what concerns the
  /// computer, which is the rig's own matter.
  func play(_ stimulus: Stimulus, _ numbers: PlantNumbers) throws(StimulusRefusal) -> Bool {
    switch stimulus {
    case .parameter(let name, let value):
      guard numbers.set(name, to: value, of: &circuit.parameters) else {
        throw .wrong("the plant has no parameter \"\(name)\"")
      }
    case .air(let inlet, let volume): circuit.injectAir(volume: volume, at: inlet)
    case .removeAir: circuit.removeAir()
    case .giveVolume(let volume): circuit.giveVolume(volume)
    case .giveToPatient(let volume): circuit.giveToPatient(volume)
    case .fault(let fault): try refusing { () throws(FaultRefusal) in try inject(fault) }
    case .clear(let fault): try refusing { () throws(FaultRefusal) in try clear(fault) }
    case .mains(let isGood): hands.setMains(good: isGood)
    case .batteryCharge(let hours): hands.setBatteryCharge(ElectricCharge(base: hours))
    case .emergencyStop(let isPressed):
      hands.setEmergencyStop(first: isPressed, second: isPressed)
    case .cover(let pump, let isOpen): hands.setCover(pump: pump, isOpen: isOpen)
    case .clampLever(let isHeld): hands.holdClampOpen(isHeld)
    case .killFirmware, .restartFirmware, .hangFirmware, .wallClock, .boardSupply: return false
    }
    return true
  }

  /// Takes these faults off and the power away, lets go of levers and buttons.
  func makeSafe(_ injected: Set<FaultSpecification>) {
    for fault in injected {
      // A fault that was applied is known to the board, so that its end is not refused.
      do throws(FaultRefusal) { try clear(fault) } catch { continue }
    }
    hands.holdClampOpen(false)
    hands.setMains(good: false)
    hands.setBatteryCharge(ElectricCharge(base: 0))
  }

  /// Ticks until every rotor is at rest; what still turns after that, nothing when nothing does.
  func restingTrouble(_ tick: () -> Void) -> String? {
    for _ in 0..<4000 {
      tick()
      if fastest < 1 { return nil }
    }
    return "a rotor still turns at \(shortNumber(fastest)) rpm after the power was taken away"
  }

  private var fastest: Double {
    hands.truth.rotorSpeeds.map(\.base.magnitude).max() ?? 0
  }

  private func refusing(_ act: () throws(FaultRefusal) -> Void) throws(StimulusRefusal) {
    do throws(FaultRefusal) { try act() } catch { throw refusal(error) }
  }

  private func refusal(_ refusal: FaultRefusal) -> StimulusRefusal {
    switch refusal {
    case .unknownTarget(let name, let nearest):
      .wrong(
        "the board has nothing called \"\(name)\""
          + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""))
    case .unsupported(let fault, let supported):
      .wrong(
        "\"\(fault.target)\" does not know \"\(fault.word.rawValue)\"; it knows "
          + supported.map(\.rawValue).joined(separator: ", "))
    }
  }
}
