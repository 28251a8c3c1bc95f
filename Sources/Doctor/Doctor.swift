/// Tells whether a machine is fit to run the firmware: every line with how it stands and its mend.
///
/// Reads files under `/proc`, `/sys` and `/dev` and changes nothing. Whether the lines and chips of
/// a board are there is what `perfusiond --check` tells; this is about the computer under it.
public struct Doctor: Sendable {
  private let machine: MachineView

  /// The doctor of a machine.
  public init(_ machine: MachineView = MachineView()) { self.machine = machine }

  /// Everything that was looked at, in a fixed order.
  public func examine() -> [Finding] {
    [
      KernelChecks.version(machine), KernelChecks.preemption(machine),
      KernelChecks.governor(machine), KernelChecks.isolation(machine),
      KernelChecks.throttling(machine), ProcessChecks.priorityLimit(machine),
      ProcessChecks.lockedMemory(machine), ProcessChecks.competitors(machine),
      ProcessChecks.swap(machine),
    ] + DeviceChecks.gpio(machine) + [DeviceChecks.outputs(machine)]
      + DeviceChecks.buses(machine) + [
        DeviceChecks.watchdog(machine), DeviceChecks.clock(machine), DeviceChecks.storage(machine),
        DeviceChecks.temperature(machine),
      ]
  }
}

extension [Finding] {
  /// The worst of them; `ok` when there is none.
  public var fitness: Fitness { map(\.fitness).max() ?? .ok }

  /// One line each, mends below what they mend.
  public var report: String {
    let width = map(\.subject.count).max() ?? 0
    return map { finding in
      let grade = finding.fitness.rawValue.padded(to: 4)
      let line = "\(grade)  \(finding.subject.padded(to: width))  \(finding.seen)\n"
      guard !finding.mend.isEmpty else { return line }
      return line + String(repeating: " ", count: width + 8) + "mend: \(finding.mend)\n"
    }.joined()
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
