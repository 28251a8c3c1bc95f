import PerfusionCore
import Testing

/// What must come of one sensor's fault.
enum Finding: Sendable, Equatable {
  /// The lattice names this cause.
  case cause(CommonCause)
  /// The sensor itself is doubted.
  case doubt(WatchedSensor, SensorDoubt)
  /// An alarm of its own is raised.
  case alarm(UInt8)
  /// Nothing can be told, and why.
  case nothing(StaticString)

  static func == (left: Finding, right: Finding) -> Bool { "\(left)" == "\(right)" }
}

/// One cell of the fault matrix: sensor, fault word, what must come of it and by when.
struct FaultCell: Sendable {
  var word: String
  var finding: Finding
  /// Seconds.
  var within: Double

  init(_ word: String, _ finding: Finding, within: Double) {
    self.word = word
    self.finding = finding
    self.within = within
  }
}

/// All faults of one sensor on one board.
struct FaultRow: Sendable, CustomTestStringConvertible {
  var sensor: String
  var isEcmo: Bool
  var cells: [FaultCell]
  var testDescription: String { "\(isEcmo ? "ecmo" : "adult") \(sensor)" }

  init(_ sensor: String, isEcmo: Bool = false, _ cells: [FaultCell]) {
    self.sensor = sensor
    self.isEcmo = isEcmo
    self.cells = cells
  }

  /// Lost within 2 s (AL-07, HZ-41), frozen after 100 equal samples.
  private static func life(_ sensor: WatchedSensor, sample: Double = 0.1) -> [FaultCell] {
    [
      FaultCell("off", .doubt(sensor, .lost), within: 3),
      FaultCell("stuck", .doubt(sensor, .frozen), within: 102 * sample),
    ]
  }
  private static func life(_ site: PressureSite) -> [FaultCell] { life(WatchedSensor(site)) }

  /// Times: AL-25 and HZ-17 15 s, HZ-42 and the balance two windows, pressures 10 s for a step and as
  /// long as the drift needs to leave the tolerance for the rest.
  static let all: [FaultRow] = adult + ecmo + clamp(isEcmo: false) + clamp(isEcmo: true)

  private static let adult: [FaultRow] = [
    FaultRow(
      "arterialFlow",
      life(WatchedSensor(.arterialFlow)) + [
        FaultCell("wrong", .cause(.flowProbe), within: 15),
        FaultCell("drift", .cause(.flowProbe), within: 60),
        FaultCell(
          "swapped", .nothing("venous and arterial flow are the same while the level stands"),
          within: 30),
      ]),
    FaultRow(
      "venousFlow",
      life(WatchedSensor(.venousFlow)) + [
        FaultCell("wrong", .cause(.volumeBalance), within: 35),
        FaultCell("drift", .cause(.volumeBalance), within: 90),
      ]),
    FaultRow(
      "reservoirVolume",
      [
        FaultCell("off", .doubt(.level, .lost), within: 3),
        FaultCell("stuck", .doubt(.level, .frozen), within: 25),
        FaultCell("wrong", .cause(.level), within: 8),
        FaultCell("drift", .cause(.volumeBalance), within: 90),
      ]),
    FaultRow(
      "arterialLinePressure",
      life(.arterialLinePressure) + [
        FaultCell("wrong", .cause(.linePressure), within: 10),
        FaultCell("drift", .cause(.linePressure), within: 45),
        FaultCell("swapped", .cause(.pressuresExchanged), within: 10),
      ]),
    FaultRow(
      "preOxygenatorPressure",
      life(.preOxygenatorPressure) + [
        FaultCell("wrong", .cause(.oxygenator), within: 10),
        FaultCell("drift", .cause(.oxygenator), within: 45),
        FaultCell("swapped", .cause(.pressuresExchanged), within: 10),
      ]),
    FaultRow(
      "arterialPressure",
      life(.arterialPressure) + [
        FaultCell("wrong", .cause(.patientPressure), within: 10),
        FaultCell("drift", .cause(.patientPressure), within: 60),
        FaultCell("swapped", .cause(.patientPressure), within: 10),
      ]),
    FaultRow(
      "pumpInletPressure",
      life(.pumpInletPressure) + [
        FaultCell("wrong", .cause(.inletPressure), within: 10),
        FaultCell("drift", .cause(.inletPressure), within: 45),
        FaultCell("swapped", .cause(.linePressure), within: 10),
      ]),
    FaultRow(
      "cardioplegiaLinePressure",
      life(.cardioplegiaLinePressure) + [
        FaultCell("wrong", .nothing("its pump stands: nothing to compare it with"), within: 20)
      ]),
    FaultRow("ventPressure", life(.ventPressure)),
    FaultRow(
      "arterialBloodTemperature",
      [
        FaultCell("off", .alarm(49), within: 8),
        FaultCell(
          "stuck", .doubt(WatchedSensor(.arterialBloodTemperature), .frozen), within: 40),
        FaultCell("wrong", .alarm(49), within: 15),
        FaultCell("drift", .alarm(49), within: 40),
      ]),
    FaultRow(
      "venousBloodTemperature",
      [
        FaultCell("off", .doubt(WatchedSensor(.venousBloodTemperature), .lost), within: 4),
        FaultCell("stuck", .doubt(WatchedSensor(.venousBloodTemperature), .frozen), within: 40),
        FaultCell("wrong", .nothing("one kelvin of one sensor has no second witness"), within: 20),
      ]),
    FaultRow("patientBathTemperature", [FaultCell("wrong", .alarm(49), within: 20)]),
    FaultRow(
      "arterial.motorCurrent",
      [
        FaultCell("off", .alarm(31), within: 6),
        FaultCell("stuck", .doubt(WatchedSensor(motorCurrent: 0), .frozen), within: 25),
        FaultCell("wrong", .alarm(33), within: 40),
      ]),
    FaultRow("patientWaterFlow", life(WatchedSensor(.patientWaterFlow))),
  ]

  private static let ecmo: [FaultRow] = [
    FaultRow(
      "arterialFlow", isEcmo: true,
      life(WatchedSensor(.arterialFlow)) + [
        FaultCell("wrong", .cause(.flowProbe), within: 15),
        FaultCell("drift", .cause(.flowProbe), within: 60),
      ]),
    FaultRow(
      "arterialLinePressure", isEcmo: true,
      life(.arterialLinePressure) + [
        FaultCell("wrong", .cause(.linePressure), within: 10),
        FaultCell("drift", .cause(.linePressure), within: 50),
        FaultCell("swapped", .cause(.pressuresExchanged), within: 10),
      ]),
    FaultRow(
      "preOxygenatorPressure", isEcmo: true,
      life(.preOxygenatorPressure) + [
        FaultCell("wrong", .cause(.preOxygenatorPressure), within: 10),
        FaultCell("drift", .cause(.preOxygenatorPressure), within: 45),
      ]),
    FaultRow(
      "pumpInletPressure", isEcmo: true,
      life(.pumpInletPressure) + [
        FaultCell("wrong", .cause(.inletPressure), within: 10),
        FaultCell("drift", .cause(.inletPressure), within: 60),
      ]),
    FaultRow(
      "arterialPressure", isEcmo: true,
      life(.arterialPressure) + [
        FaultCell("wrong", .cause(.patientPressure), within: 10),
        FaultCell("drift", .cause(.patientPressure), within: 60),
      ]),
    FaultRow(
      "venousPressure", isEcmo: true,
      life(.venousPressure) + [
        FaultCell("wrong", .cause(.venousPressure), within: 10),
        FaultCell("drift", .cause(.venousPressure), within: 60),
      ]),
  ]

  /// A broken wire, a contact that sticks: the flow says where the clamp is.
  private static func clamp(isEcmo: Bool) -> [FaultRow] {
    [
      FaultRow(
        "arterialClampIsOpen", isEcmo: isEcmo,
        [FaultCell("off", .alarm(34), within: 5), FaultCell("wrong", .alarm(34), within: 5)]),
      FaultRow(
        "arterialClampIsClosed", isEcmo: isEcmo, [FaultCell("wrong", .alarm(34), within: 5)]),
    ]
  }
}
