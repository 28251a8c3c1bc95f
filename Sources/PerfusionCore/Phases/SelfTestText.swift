/// What a line of the self test says when its item failed: what, why, what to do next.
public struct SelfTestText: BitwiseCopyable, Sendable {
  /// What was looked at.
  public var title: StaticString
  /// What is the case when it failed.
  public var failure: StaticString
  /// What to do next.
  public var action: StaticString
}

extension SelfTestItem {
  /// The words for this item.
  public var text: SelfTestText {
    switch self {
    case .identities:
      SelfTestText(
        title: "identities of all chips", failure: "a chip does not answer as its part",
        action: "check its power, address and wiring against the board file")
    case .configuration:
      SelfTestText(
        title: "configuration in memory", failure: "its check sum has changed since it was loaded",
        action: "restart; if it fails again install the board image anew or change the computer")
    case .sensors:
      SelfTestText(
        title: "sensors that interlocks need", failure: "one has no valid reading",
        action: "check its plug and its transducer")
    case .rotorsStand:
      SelfTestText(
        title: "no rotor moves", failure: "a rotor moved although nothing was told to turn",
        action: "keep hands off the pumps; if it moved by itself, service the drive")
    case .safeTorqueOff:
      SelfTestText(
        title: "safe torque off of each drive", failure: "a drive's feedback did not follow",
        action: "do not use the machine: a run-away could not be stopped; service the drive")
    case .clampOpening:
      SelfTestText(
        title: "arterial clamp opens", failure: "not open in time, or too soon",
        action: "check the clamp, its switches and the drive that holds it")
    case .clampClosing:
      SelfTestText(
        title: "arterial clamp closes", failure: "not closed in time, or too soon",
        action: "check the clamp's spring and switches")
    case .airDetectors:
      SelfTestText(
        title: "air detectors' test pulse", failure: "a detector did not read \"air\"",
        action: "check coupling, gel and cable of the detector")
    case .watchdog:
      SelfTestText(
        title: "window watchdog bites", failure: "it did not bite, or did not recover",
        action: "do not use the machine: a hung controller would stay silent; service the watchdog")
    case .overTemperature:
      SelfTestText(
        title: "over-temperature cut-outs", failure: "one has tripped or cannot be read",
        action: "let the water cool, reset the cut-out, check its line")
    case .signals:
      SelfTestText(
        title: "buzzer and lamps", failure: "not driven", action: "check buzzer and lamps")
    }
  }
}
