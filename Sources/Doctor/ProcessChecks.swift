/// What this user may do, and who else runs at real-time priority.
enum ProcessChecks {
  /// The firmware's priority unless it is told another one.
  static let firmwarePriority = 80

  static func priorityLimit(_ machine: MachineView) -> Finding {
    guard let limit = limit("Max realtime priority", machine) else {
      return .warn(
        "real-time priority", "the limit cannot be read", mend: "check ulimit -r by hand")
    }
    if limit == "unlimited" { return .ok("real-time priority", "unlimited") }
    guard let value = Int(limit), value < firmwarePriority else {
      return .ok("real-time priority", "up to \(limit)")
    }
    return .warn(
      "real-time priority", "this user may use up to \(value), the firmware wants 80",
      mend: "run it as its service, or add \"@perfusion - rtprio 90\" to /etc/security/limits.d")
  }

  static func lockedMemory(_ machine: MachineView) -> Finding {
    guard let limit = limit("Max locked memory", machine) else {
      return .warn("locked memory", "the limit cannot be read", mend: "check ulimit -l by hand")
    }
    guard let bytes = Int(limit), bytes < 64 << 20 else {
      return .ok("locked memory", limit == "unlimited" ? limit : "\(limit) bytes")
    }
    return .warn(
      "locked memory", "\(bytes) bytes, the firmware locks about 16 MB",
      mend: "run it as its service, or add \"@perfusion - memlock unlimited\" to "
        + "/etc/security/limits.d")
  }

  /// The third number column of a line of `/proc/self/limits`, the soft limit.
  private static func limit(_ name: String, _ machine: MachineView) -> String? {
    guard let limits = machine.text("proc/self/limits") else { return nil }
    for line in limits.split(separator: "\n") where line.hasPrefix(name) {
      return line.dropFirst(name.count).split(separator: " ").first.map(String.init)
    }
    return nil
  }

  /// Programs (not the kernel's own threads) at or above the firmware's priority.
  static func competitors(_ machine: MachineView) -> Finding {
    var rivals: [String] = []
    for process in machine.names(in: "proc") where Int(process) != nil {
      guard let stat = machine.text("proc/\(process)/stat"), let rival = rival(stat) else {
        continue
      }
      rivals.append(rival)
    }
    guard !rivals.isEmpty else { return .ok("competitors", "no other real-time program") }
    return .warn(
      "competitors", rivals.joined(separator: ", "),
      mend: "lower their priority below 80 or pin them to another core than the firmware's")
  }

  /// A line of `/proc/PID/stat` whose program would push the firmware aside, as `name (priority)`.
  static func rival(_ stat: String) -> String? {
    guard let open = stat.firstIndex(of: "("), let close = stat.lastIndex(of: ")") else {
      return nil
    }
    let name = stat[stat.index(after: open)..<close]
    let fields = stat[stat.index(after: close)...].split(separator: " ")
    // Fields after the name begin with number 3; parent is 4, real-time priority 40, policy 41.
    guard fields.count > 38, let parent = Int(fields[1]), let priority = Int(fields[37]),
      let policy = Int(fields[38])
    else { return nil }
    let isKernels = parent == 2 || parent == 0
    let isRealtime = policy == 1 || policy == 2
    guard isRealtime && !isKernels && priority >= firmwarePriority && name != "perfusiond" else {
      return nil
    }
    return "\(name) (priority \(priority))"
  }

  static func swap(_ machine: MachineView) -> Finding {
    let areas = (machine.text("proc/swaps") ?? "").split(separator: "\n").dropFirst()
    guard !areas.isEmpty else { return .ok("swap", "none") }
    return .warn(
      "swap", "\(areas.count) area(s) in use",
      mend: "swapoff -a: paging delays everything that is not locked in memory")
  }
}
