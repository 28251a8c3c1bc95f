/// Is the kernel fit for a 5 ms loop: version, preemption, frequency scaling, isolated cores.
enum KernelChecks {
  /// GPIO lines with time-stamped edges of the monotonic clock need the second character-device
  /// interface of Linux 5.10.
  static let oldestVersion = (5, 10)

  static func version(_ machine: MachineView) -> Finding {
    let release = machine.text("proc/sys/kernel/osrelease") ?? ""
    let numbers = release.split(separator: ".").prefix(2).compactMap { Int($0) }
    guard numbers.count == 2 else {
      return .fail("kernel", "no Linux release to be read", mend: "run the doctor on Linux")
    }
    guard (numbers[0], numbers[1]) >= oldestVersion else {
      return .fail(
        "kernel", "Linux \(release)",
        mend: "install Linux 5.10 or newer: older ones lack the GPIO lines the firmware uses")
    }
    return .ok("kernel", "Linux \(release)")
  }

  static func preemption(_ machine: MachineView) -> Finding {
    let isRealtime =
      machine.text("sys/kernel/realtime") == "1"
      || machine.text("proc/version")?.contains("PREEMPT_RT") == true
    guard !isRealtime else { return .ok("preemption", "PREEMPT_RT") }
    return .warn(
      "preemption", "not PREEMPT_RT: wake-ups may be milliseconds late",
      mend: "install a PREEMPT_RT kernel (Debian: linux-image-rt-arm64 or linux-image-rt-amd64)")
  }

  static func governor(_ machine: MachineView) -> Finding {
    let cores = machine.names(in: "sys/devices/system/cpu", prefix: "cpu")
    var governors = Set<String>()
    for core in cores {
      let path = "sys/devices/system/cpu/\(core)/cpufreq/scaling_governor"
      if let governor = machine.text(path) { governors.insert(governor) }
    }
    guard !governors.isEmpty else { return .ok("governor", "no frequency scaling") }
    guard governors != ["performance"] else { return .ok("governor", "performance") }
    return .warn(
      "governor", governors.sorted().joined(separator: ", "),
      mend: "set the governor to performance: cpufreq-set -g performance, or the kernel option "
        + "cpufreq.default_governor=performance")
  }

  static func isolation(_ machine: MachineView) -> Finding {
    let isolated = machine.text("sys/devices/system/cpu/isolated") ?? ""
    guard isolated.isEmpty else { return .ok("isolated cores", isolated) }
    return .warn(
      "isolated cores", "none: everything else runs beside the control loop",
      mend: "add isolcpus=3 nohz_full=3 rcu_nocbs=3 to the kernel command line and start the "
        + "firmware with --cpu 3")
  }

  /// The kernel takes the processor from real-time threads that use more than this share.
  static func throttling(_ machine: MachineView) -> Finding {
    guard let text = machine.text("proc/sys/kernel/sched_rt_runtime_us"), let share = Int(text)
    else { return .ok("real-time throttling", "none") }
    guard share >= 0 && share < 950_000 else {
      return .ok(
        "real-time throttling", share < 0 ? "off" : "\(share) us of each 1000000")
    }
    return .warn(
      "real-time throttling", "real-time threads get \(share) us of 1000000",
      mend: "sysctl -w kernel.sched_rt_runtime_us=950000")
  }
}
