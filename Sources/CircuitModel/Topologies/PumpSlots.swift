import PerfusionCore

/// The pump of a role, and the slot it has in the configuration.
struct SlottedPump: Sendable, BitwiseCopyable {
  /// -1 where the board has no such pump.
  var slot = -1
  /// The head.
  var pump = PlantPump()
  /// The board has it.
  var isFitted: Bool { slot >= 0 }
}

/// The pumps by what they do in the circuit.
struct PumpSlots: Sendable, BitwiseCopyable {
  /// The pump of the main line: arterial, or the organ's artery.
  var main = SlottedPump()
  var cardioplegia = SlottedPump()
  var crystalloid = SlottedPump()
  var vent = SlottedPump()
  var sucker = SlottedPump()
  var secondSucker = SlottedPump()
  var portalVein = SlottedPump()
  /// The main pump is centrifugal.
  var mainIsCentrifugal: Bool { main.isFitted && main.pump.kind == .centrifugal }

  /// Finds the pumps.
  init(_ parameters: borrowing CircuitParameters) {
    for slot in parameters.pumps.indices {
      let fitted = SlottedPump(slot: slot, pump: parameters.pumps[slot])
      switch fitted.pump.role {
      case .arterial, .organArtery: main = fitted
      case .cardioplegia: cardioplegia = fitted
      case .crystalloid: crystalloid = fitted
      case .vent: vent = fitted
      case .sucker: sucker = fitted
      case .secondSucker: secondSucker = fitted
      case .portalVein: portalVein = fitted
      }
    }
  }
}
