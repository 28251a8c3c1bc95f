import PerfusionCore
import Scenarios

/// How long ago the machine was maintained and disinfected, in words and as a document; what the
/// board does not count is left out.
struct ServiceText {
  let machine: MachineConfiguration
  let status: MachineStatus

  /// For people.
  var lines: [String] {
    tasks.map { task, age, interval in
      let limit = "\(plain(interval)) h"
      guard age >= .zero else { return "\(task): due, nobody has said that it was done (\(limit))" }
      let isDue = machine.service.isDue(task, age: age)
      return "\(task): \(isDue ? "due, " : "")\(plain(age)) h of \(limit)"
    }
  }

  /// For programs.
  var document: JSONValue {
    .object(
      tasks.map { task, age, interval in
        (
          "\(task)",
          .object([
            ("hours", age >= .zero ? .number(age.seconds / 3600) : .null),
            ("interval", .number(interval.seconds / 3600)),
            ("isDue", .bool(machine.service.isDue(task, age: age))),
          ])
        )
      })
  }

  private var tasks: [(ServiceTask, age: Seconds, interval: Seconds)] {
    [
      (ServiceTask.maintenance, status.maintenanceAge), (.disinfection, status.disinfectionAge),
    ].map { ($0, $1, machine.service[$0]) }.filter { $0.interval > .zero }
  }

  private func plain(_ time: Seconds) -> String { fixedNumber(time.seconds / 3600, decimals: 1) }
}
