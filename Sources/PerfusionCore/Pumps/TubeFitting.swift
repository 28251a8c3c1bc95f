/// The tube in a roller head and the stroke volume in use, with what waits for confirmation.
///
/// Nothing that is entered or measured takes effect before the operator confirms it, and nothing
/// passes the sanity gate of the catalogue unseen (docs/domain.md 2.1, HZ-17).
public struct TubeFitting: BitwiseCopyable, Sendable {
  /// The tube in use.
  public private(set) var tube: TubeSize
  /// The stroke volume in use.
  public private(set) var strokeVolume: StrokeVolume
  /// The operator has confirmed tube and stroke volume of this circuit.
  public private(set) var isConfirmed = false
  /// A tube or stroke volume was entered and waits for confirmation: the pump must not be started.
  public var isPending: Bool { hasPending }
  /// Turns are being counted for a calibration.
  public private(set) var isCalibrating = false

  private let racewayMillimeters: Double
  private var hasPending = false
  private var pendingTube: TubeSize
  private var pendingStroke: StrokeVolume
  private var calibrationStart = Revolutions.zero

  /// The fitting of the board file, not confirmed yet.
  public init(_ head: RollerHead) {
    tube = head.tube
    strokeVolume = head.strokeVolume
    racewayMillimeters = head.racewayMillimeters
    pendingTube = head.tube
    pendingStroke = head.strokeVolume
  }

  /// Enters a tube with its stroke volume.
  ///
  /// - Throws: `strokeVolumeImplausible` outside the gate; what was in use stays in use.
  public mutating func enter(_ tube: TubeSize, _ stroke: StrokeVolume) throws(Refusal) {
    guard TubeCatalogue.accepts(stroke, tube: tube, racewayMillimeters: racewayMillimeters) else {
      throw .strokeVolumeImplausible
    }
    pendingTube = tube
    pendingStroke = stroke
    hasPending = true
    isConfirmed = false
  }

  /// Confirms what was entered or measured, or else what is in use.
  public mutating func confirm() -> StrokeVolume {
    if hasPending {
      tube = pendingTube
      strokeVolume = pendingStroke
      hasPending = false
    }
    isConfirmed = true
    return strokeVolume
  }

  /// Asks for a confirmation anew: another tube lies in the raceway.
  public mutating func forget() {
    isConfirmed = false
    isCalibrating = false
  }

  /// Begins to count turns.
  public mutating func startCalibration(at turns: Revolutions) {
    calibrationStart = turns
    isCalibrating = true
  }

  /// Ends the calibration with the volume that was caught; the stroke volume waits for
  /// confirmation.
  ///
  /// - Throws: `nothingToDo` when none is under way; `outOfRange` after less than two turns, whose
  ///   rounding would show; `strokeVolumeImplausible` outside the gate. The calibration is over in
  ///   each case.
  public mutating func finishCalibration(
    at turns: Revolutions, volume: Volume
  ) throws(Refusal) -> StrokeVolume {
    guard isCalibrating else { throw .nothingToDo }
    isCalibrating = false
    let counted = (turns - calibrationStart).magnitude.revolutions
    guard counted >= 2, volume > .zero else { throw .outOfRange }
    let measured = StrokeVolume(millilitersPerRevolution: volume.milliliters / counted)
    try enter(tube, measured)
    return measured
  }
}

/// A refusal may be thrown.
extension Refusal: Error {}

extension TubeFitting {
  /// Passes the fitting through a record; a calibration under way is not kept.
  mutating func pass(_ buffer: inout RecordBuffer) {
    buffer.pass(&tube)
    buffer.pass(&strokeVolume)
    buffer.pass(&isConfirmed)
    buffer.pass(&hasPending)
    buffer.pass(&pendingTube)
    buffer.pass(&pendingStroke)
    let largest = StrokeVolume(millilitersPerRevolution: 1000)
    if strokeVolume < .zero || strokeVolume > largest { buffer.fail(.malformed) }
  }
}
