/// The state machine of the treatment: which phase may follow which, who may ask, what must hold.
public enum PhaseTable {
  /// How many rows there are.
  public static var count: Int { 55 }

  /// The rows, those of set-up and rest first. A step that is not here does not exist.
  public static var steps: InlineArray<55, PhaseStep> {
    typealias Step = PhaseStep
    let nothing = PhaseNeeds.nothing
    let stand = PhaseNeeds(.pumpsStand)
    let start = PhaseNeeds(.checklist) + .noBlockingFault + .noHold
    let stopped = PhaseNeeds(.flowStopped)
    let back = PhaseNeeds(.selfTest)
    return [
      Step(.off, .post, nothing), Step(.post, .standby, nothing, by: .controller),
      Step(.standby, .off, stand), Step(.standby, .setup, back + .noHold),
      Step(.standby, .service, stand), Step(.service, .standby, stand),
      Step(.setup, .standby, stand), Step(.prime, .standby, stand), Step(.ready, .standby, stand),
      Step(.postBypass, .standby, stand), Step(.setup, .prime, nothing),
      Step(.prime, .setup, nothing), Step(.ready, .prime, nothing), Step(.prime, .ready, start),
      // A fault that nothing may run through, while nobody depends on the machine.
      Step(.post, .faultHold, nothing, by: .controller),
      Step(.standby, .faultHold, nothing, by: .controller),
      Step(.setup, .faultHold, nothing, by: .controller),
      Step(.prime, .faultHold, nothing, by: .controller),
      Step(.ready, .faultHold, nothing, by: .controller),
      Step(.service, .faultHold, nothing, by: .controller),
      Step(.faultHold, .post, stand + .noHold), Step(.faultHold, .off, stand),
      Step(.faultHold, .service, stand),
      // Into support, only by the operator.
      Step(.prime, .onBypass, start), Step(.prime, .partialBypass, start),
      Step(.prime, .ecmo, start), Step(.prime, .exVivo, start), Step(.ready, .onBypass, start),
      Step(.ready, .partialBypass, start), Step(.ready, .ecmo, start),
      Step(.ready, .exVivo, start),
      // Between phases of support.
      Step(.partialBypass, .onBypass, nothing), Step(.onBypass, .partialBypass, nothing),
      Step(.onBypass, .wean, nothing), Step(.partialBypass, .wean, nothing),
      Step(.wean, .onBypass, nothing), Step(.wean, .partialBypass, nothing),
      Step(.ecmo, .wean, nothing), Step(.wean, .ecmo, nothing),
      // Into an arrest and out of support, with the flow stopped or a second word.
      Step(.onBypass, .circulatoryArrest, stopped), Step(.circulatoryArrest, .onBypass, nothing),
      Step(.onBypass, .postBypass, stopped), Step(.partialBypass, .postBypass, stopped),
      Step(.wean, .postBypass, stopped), Step(.ecmo, .postBypass, stopped),
      Step(.exVivo, .postBypass, stopped), Step(.circulatoryArrest, .postBypass, stopped),
      // Back in an emergency: the circuit is still primed, so nothing but the self test counts.
      Step(.postBypass, .onBypass, back), Step(.postBypass, .partialBypass, back),
      Step(.postBypass, .ecmo, back), Step(.postBypass, .exVivo, back),
      Step(.postBypass, .setup, stand), Step(.service, .off, stand), Step(.setup, .off, stand),
      Step(.postBypass, .off, stand),
    ]
  }

  /// The step of a kind of machine from one phase to another; nothing when it does not exist.
  public static func step(from: Phase, to: Phase, kind: MachineKind) -> PhaseStep? {
    guard serves(from, kind), serves(to, kind) else { return nil }
    let steps = steps
    for index in 0..<count where steps[index].from == from && steps[index].to == to {
      return steps[index]
    }
    return nil
  }

  /// A kind of machine knows a phase of support.
  public static func serves(_ phase: Phase, _ kind: MachineKind) -> Bool {
    switch phase {
    case .onBypass, .partialBypass, .circulatoryArrest: kind == .bypass
    case .ecmo: kind == .ecmo
    case .exVivo: kind == .organ
    case .wean: kind != .organ
    case .off, .post, .standby, .setup, .prime, .ready, .postBypass, .service, .faultHold: true
    }
  }

  /// Pumps may be started in this phase.
  public static func allowsPumps(_ phase: Phase) -> Bool {
    switch phase {
    case .prime, .ready, .partialBypass, .onBypass, .circulatoryArrest, .wean, .ecmo, .exVivo,
      .postBypass, .service:
      true
    case .off, .post, .standby, .setup, .faultHold: false
    }
  }
}
