internal import PerfusionCore

/// A tube of the catalogue (docs/domain.md 2.1).
struct TubeFacts: Sendable {
  let size: TubeSize
  /// The name in the board file.
  let name: String
  /// Inner diameter, mm.
  let bore: Double
  /// Outer diameter, mm: wall 1.59 mm (1/16 in), 2.38 mm (3/32 in) for 3/8 and 1/2 in.
  let outside: Double

  /// The catalogue.
  static let catalogue = [
    TubeFacts(size: .threeSixteenths, name: "3/16 in", bore: 4.76, outside: 7.94),
    TubeFacts(size: .quarter, name: "1/4 in", bore: 6.35, outside: 9.53),
    TubeFacts(size: .fiveSixteenths, name: "5/16 in", bore: 7.94, outside: 11.11),
    TubeFacts(size: .threeEighths, name: "3/8 in", bore: 9.53, outside: 14.29),
    TubeFacts(size: .half, name: "1/2 in", bore: 12.7, outside: 17.46),
  ]

  static func of(_ size: TubeSize) -> TubeFacts? { catalogue.first { $0.size == size } }

  /// Lumen, cm^2.
  var area: Double { Double.pi / 4 * bore * bore / 100 }

  /// Area times the way of the tube's centre line, ml/rev.
  func idealStroke(raceway: Double) -> Double {
    area * Double.pi * (raceway - outside) / 10
  }

  /// What a stroke volume must lie in: 0.8 to 1.1 of the ideal.
  func accepted(raceway: Double) -> ClosedRange<Double> {
    0.8 * idealStroke(raceway: raceway)...1.1 * idealStroke(raceway: raceway)
  }
}

extension Draft {
  /// The keys of a roller head.
  func readRollerHead(_ section: Section, _ pump: inout PumpConfiguration) {
    let tubes = TubeFacts.catalogue.map { ($0.name, $0.size) }
    let tube = section.required("tube", "write the tube, for example '1/2 in'")?.choice(tubes)
    if let tube { pump.roller.tube = tube }
    section.read("raceway", &pump.roller.racewayMillimeters, .millimeters, 40...200)
    if let rollers = section.field("rollers")?.integer(2...3) {
      pump.roller.rollers = UInt8(rollers)
    }
    section.read("leak", &pump.roller.leak, 0...1)
    section.read("typicalCurrent", &pump.roller.typicalCurrent, 0...50)
    let advice = "write the calibrated stroke volume, for example '45 ml/rev'"
    guard let field = section.required("strokeVolume", advice),
      let stroke = field.quantity(StrokeVolume.self, 0.1...200)
    else { return }
    pump.roller.strokeVolume = stroke
    if let tube { checkStroke(stroke.base, tube, pump.roller.racewayMillimeters, field) }
  }

  /// The gate of docs/domain.md 2.1: names the tube that the stroke volume would fit.
  private func checkStroke(
    _ stroke: Double, _ size: TubeSize, _ raceway: Double, _ field: Field
  ) {
    guard let tube = TubeFacts.of(size), !tube.accepted(raceway: raceway).contains(stroke) else {
      return
    }
    let accepted = tube.accepted(raceway: raceway)
    let bounds =
      "\(NumberText.oneDecimal(accepted.lowerBound)) to "
      + "\(NumberText.oneDecimal(accepted.upperBound)) ml/rev"
    let raceText = "\(NumberText.text(raceway)) mm"
    let fitting = TubeFacts.catalogue.filter { $0.accepted(raceway: raceway).contains(stroke) }
    let other =
      fitting.isEmpty
      ? "no tube of the catalogue fits it"
      : "\(NumberText.text(stroke)) ml/rev would fit a tube of "
        + "\(fitting.map(\.name).alternatives)"
    field.fail(
      "strokeVolume \(NumberText.text(stroke)) ml/rev does not belong to a \(tube.name) tube in "
        + "a raceway of \(raceText)",
      "write \(bounds), or mend the tube: \(other)")
  }

  /// The keys of a centrifugal head.
  func readCentrifugalHead(_ section: Section, _ pump: inout PumpConfiguration) {
    guard let inner = section.section("head", what: "head") else {
      _ = section.required("head", "write the head's constants a and b (docs/domain.md 3.1)")
      return
    }
    _ = inner.required("a", "write for example '3.05e-5 mmHg/rpm2'")
    _ = inner.required("b", "write for example '1.4 mmHg/(L/min)2'")
    inner.read("a", &pump.centrifugal.headPerSpeedSquared, .headPerSpeed, 1e-6...1e-3)
    inner.read("b", &pump.centrifugal.headPerFlowSquared, .headPerFlow, 0.01...20)
    inner.read("idleSpeed", &pump.centrifugal.idleSpeed, 100...3000)
    inner.read("floorMargin", &pump.centrifugal.floorMargin, 1...2)
    inner.read("holdMargin", &pump.centrifugal.holdMargin, 0...1000)
    inner.read("typicalCurrent", &pump.centrifugal.typicalCurrent, 0...50)
    inner.read("typicalCurrentSpeed", &pump.centrifugal.typicalCurrentSpeed, 100...6000)
    inner.finish()
  }
}

extension NumberText {
  /// A number with one decimal.
  static func oneDecimal(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
