extension LineOcclusion {
  /// The readings of one moment set against what the baseline expects at this flow.
  struct Pattern: Sendable {
    let flow: Flow
    /// Return pressure expected at this flow.
    let expectedReturn: Pressure
    /// Drop over the oxygenator, relative to the nominal one.
    private(set) var oxygenatorNominal: Double?
    /// Drop over line and cannula, relative to the nominal one.
    private(set) var returnNominal: Double?
    /// The same two relative to the baseline.
    private(set) var oxygenatorRatio: Double?
    private(set) var returnRatio: Double?
    /// The return pressure lies above what the flow explains.
    private(set) var isReturnUp = false
    /// The drop over the oxygenator lies above what the flow explains.
    private(set) var isOxygenatorUp = false
    /// Enough readings to call the pattern normal.
    let isJudgeable: Bool

    /// The drop over the oxygenator does not contradict a finding elsewhere.
    var isOxygenatorNormal: Bool { !isOxygenatorUp }

    init(_ inputs: LineInputs, flow: Flow, baseline: LineBaseline, heightHead: Pressure) {
      self.flow = flow
      let arterial = inputs.arterial.usable
      let rest = (arterial ?? .mmHg(60)) + heightHead
      let nominal = LineBaseline.returnDrop(flow)
      let expected = nominal * baseline.returnLine
      expectedReturn = rest + .mmHg(expected)
      isJudgeable = inputs.postOxygenator.usable != nil
      guard let post = inputs.postOxygenator.usable else { return }
      let above = post - rest
      if nominal > 1 {
        returnNominal = max(above.millimetersOfMercury, 0) / nominal
        returnRatio = max(above.millimetersOfMercury, 0) / max(expected, 1)
      }
      let excess = arterial == nil ? LineOcclusion.excessBlind : LineOcclusion.excess
      isReturnUp =
        post - expectedReturn > excess
        && above.millimetersOfMercury > LineOcclusion.ratio * expected
      guard let pre = inputs.preOxygenator.usable else { return }
      judgeOxygenator(pre - post, baseline: baseline, blood: inputs.blood.usable)
    }

    private mutating func judgeOxygenator(
      _ drop: Pressure, baseline: LineBaseline, blood: Temperature?
    ) {
      let nominal = LineBaseline.oxygenatorDrop(flow, blood: blood)
      if nominal > 1 {
        oxygenatorNominal = max(drop.millimetersOfMercury, 0) / nominal
        oxygenatorRatio = drop.millimetersOfMercury / max(nominal * baseline.oxygenator, 1)
      }
      let expected = nominal * baseline.oxygenator
      isOxygenatorUp =
        drop.millimetersOfMercury > LineOcclusion.ratio * expected
        && drop.millimetersOfMercury - expected > 20
    }
  }
}
