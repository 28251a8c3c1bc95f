import PerfusionCore

/// The slot of each role's pump; -1 where the board has none.
struct PumpSlots: Sendable, BitwiseCopyable {
  /// The pump of the main line: arterial, or the organ's artery.
  var main = -1
  var cardioplegia = -1
  var crystalloid = -1
  var vent = -1
  var sucker = -1
  var secondSucker = -1
  var portalVein = -1
  /// The main pump is centrifugal.
  var mainIsCentrifugal = false

  /// Finds the slots.
  init(_ parameters: borrowing CircuitParameters) {
    for slot in parameters.pumps.indices {
      switch parameters.pumps[slot].role {
      case .arterial, .organArtery:
        main = slot
        mainIsCentrifugal = parameters.pumps[slot].kind == .centrifugal
      case .cardioplegia: cardioplegia = slot
      case .crystalloid: crystalloid = slot
      case .vent: vent = slot
      case .sucker: sucker = slot
      case .secondSucker: secondSucker = slot
      case .portalVein: portalVein = slot
      }
    }
  }
}
