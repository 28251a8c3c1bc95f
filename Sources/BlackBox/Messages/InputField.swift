/// Numbers of the fields of `Inputs` (proto/blackbox.proto); a site's number is the first of its
/// kind plus its raw value, a pump's is the first plus its place in the configuration.
enum InputField {
  static var tick: UInt32 { 1 }
  static var moment: UInt32 { 2 }
  static var momentShift: UInt32 { 3 }
  static var period: UInt32 { 9 }
  static var isComplete: UInt32 { 10 }
  static var lostTicks: UInt32 { 11 }
  /// Fields below this one speak of the tick, the others of readings.
  static var firstReading: UInt32 { 12 }
  static var reservoirVolume: UInt32 { 12 }
  static var venousOccluderOpening: UInt32 { 13 }
  static var batteryVoltage: UInt32 { 14 }
  static var batteryCurrent: UInt32 { 15 }
  static var batteryCharge: UInt32 { 16 }
  static var chipsLost: UInt32 { 17 }
  static var platformFindings: UInt32 { 18 }
  static var civilTime: UInt32 { 19 }
  static var pressures: UInt32 { 20 }
  static var flows: UInt32 { 36 }
  static var temperatures: UInt32 { 52 }
  static var air: UInt32 { 68 }
  static var switches: UInt32 { 84 }
  static var pumps: UInt32 { 100 }
  static var occlusionGaps: UInt32 { 108 }
  static var next: UInt32 { 120 }
}
