/// What stands between the primary pump and somebody who may be connected.
struct ArterialWay: BitwiseCopyable, Equatable, Sendable {
  /// The primary pump is meant to run.
  var isStarted = false
  /// Its rotor turns, or nobody can say that it stands.
  var isTurning = false
  /// There is no arterial clamp, it is meant to be open, or it does not close.
  var isOpen = false
}

extension Phase {
  /// The phase by whose rules the flow is guarded: interlocks, servos, floor, confirmations.
  ///
  /// Before bypass the cannulae are connected in READY, in an arrest they are, and after bypass they
  /// stay in while the rest of the circuit is given back. Blood that the primary pump moves then goes
  /// into somebody, so the rules of support hold (docs/domain.md 8.1 R1; 8.2 knows lenient columns
  /// for PRIME and for an intended flow of nothing alone). A circuit that nobody is connected to
  /// recirculates in PRIME.
  ///
  /// It is made of intents, not of what the interlocks allow: their own stop does not end it.
  func duty(_ way: ArterialWay, _ kind: MachineKind) -> Phase {
    let delivers = way.isOpen && (way.isStarted || way.isTurning)
    switch self {
    case .ready: return delivers ? .supporting(kind) : self
    case .postBypass, .circulatoryArrest:
      return delivers || way.isStarted ? .supporting(kind) : self
    case .off, .post, .standby, .setup, .prime, .partialBypass, .onBypass, .wean, .ecmo, .exVivo,
      .service, .faultHold:
      return self
    }
  }

  /// Support with as much flow as the operator likes: nobody else supports yet, or any more.
  private static func supporting(_ kind: MachineKind) -> Phase {
    switch kind {
    case .bypass, .ecmo: .wean
    case .organ: .exVivo
    }
  }
}

extension Controller {
  /// The phase by whose rules this moment is guarded.
  mutating func duty() -> Phase {
    guard phase == .ready || phase == .postBypass || phase == .circulatoryArrest, pumpCount > 0
    else { return phase }
    let isOpen =
      !configuration.arterialClamp.isFitted || clamp.isWantedOpen || clamp.isNotClosed
    let way = ArterialWay(
      isStarted: intents[0].isStarted, isTurning: isTurning(0), isOpen: isOpen)
    return phase.duty(way, configuration.kind)
  }
}
