import PerfusionCore
import Scenarios

/// One plain line about the machine: for logs and pipes.
public enum StatusLine {
  /// Time, phase, primary pump, pressure, reservoir, temperatures, alarms.
  public static func text(_ view: MachineView) -> String {
    var parts = [clockText(seconds: view.seconds, decimals: 0), phaseName(view.status.phase)]
    for index in view.machine.pumps.indices where view.status.pumps[index].isStarted {
      let pump = view.status.pumps[index]
      parts.append(
        "\(view.machine.pumps[index].role) \(shown(pump.measuredSpeed, decimals: 1)) rpm "
          + "\(shown(pump.flow, decimals: 2)) L/min"
          + (pump.reason == .asSet ? "" : " (\(pump.reason))"))
    }
    for site in [PressureSite.arterialLinePressure, .organArteryPressure, .portalVeinPressure] {
      add(site, view, &parts)
    }
    if view.sensors.reservoirVolume.isPresent {
      parts.append("reservoir \(shown(view.sensors.reservoirVolume, decimals: 0)) ml")
    }
    let blood = view.sensors[.arterialBloodTemperature]
    if blood.isPresent { parts.append("blood \(shown(blood, decimals: 1)) degC") }
    let list = view.status.alarmList
    // An alarm with several causes is named once.
    var alarms: [String] = []
    for index in list.indices where !alarms.contains(alarmName(list[index].id)) {
      alarms.append(alarmName(list[index].id))
    }
    if !alarms.isEmpty { parts.append("alarms " + alarms.joined(separator: " ")) }
    let audio = view.status.audio.inactivation
    if audio != .none { parts.append(spokenInactivation(audio)) }
    return parts.joined(separator: "  ")
  }

  private static func add(_ site: PressureSite, _ view: MachineView, _ parts: inout [String]) {
    let reading = view.sensors[site]
    guard reading.isPresent else { return }
    parts.append("\(spoken("\(site)")) \(shown(reading, decimals: 0)) mmHg")
  }
}
