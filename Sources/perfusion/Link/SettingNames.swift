import PerfusionCore

/// What `perfusion set` can set, and how the case files say it.
enum SettingNames {
  /// Endings of a pump's settings, and the phrase around the value.
  private static var pumpSettings: [(name: String, phrase: (String, String) -> String)] {
    [
      ("flow", { "set \($0) flow \($1)" }), ("speed", { "set \($0) speed \($1)" }),
      ("pressure", { "set \($0) pressure \($1)" }), ("ratio", { "set \($0) ratio \($1)" }),
      ("gap", { "occlusion gap \($0) \($1)" }),
    ]
  }
  private static let thermalSettings = [
    "cool": "cool to", "maintain": "maintain", "rewarm": "rewarm to",
  ]

  /// Every setting, for completion and for messages.
  static var all: [String] {
    let roles = (0..<UInt8(PumpRole.count)).compactMap { PumpRole(rawValue: $0) }
    let pumps = roles.flatMap { role in pumpSettings.map { "\(role).\($0.name)" } }
    let water = ["patient", "cardioplegia"].flatMap { circuit in
      thermalSettings.keys.sorted().map { "\(circuit).\($0)" }
    }
    return pumps + ["venousOccluder"] + water
  }

  /// The phrase of a setting, nothing when there is no such setting.
  static func phrase(_ setting: String, _ value: String) -> String? {
    if setting == "venousOccluder" { return "venous occluder \(value)" }
    let parts = setting.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return nil }
    if parts[0].hasPrefix("AL-"), parts[1] == "limit" { return "limit \(parts[0]) \(value)" }
    if let words = thermalSettings[parts[1]] {
      return ["patient", "cardioplegia"].contains(parts[0])
        ? "heater-cooler \(parts[0]) \(words) \(value)" : nil
    }
    guard let row = pumpSettings.first(where: { $0.name == parts[1] }) else { return nil }
    return row.phrase(parts[0], value)
  }
}

/// Phrases that the shell completes for `perfusion command`.
enum CommandWords {
  static var all: [String] {
    let roles = (0..<UInt8(PumpRole.count)).compactMap { PumpRole(rawValue: $0) }
    let phases = (0..<UInt8(Phase.count)).compactMap { Phase(rawValue: $0) }
    return roles.flatMap { ["start \($0)", "stop \($0)", "resume \($0)"] }
      + phases.map { "request \($0)" }
      + [
        "open arterial clamp", "close arterial clamp", "acknowledge alarms", "pause audio",
        "reset alarms", "end pause", "stop dose",
      ]
  }
}
