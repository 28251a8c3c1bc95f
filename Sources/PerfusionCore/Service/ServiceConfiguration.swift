/// What has to be done to a machine from time to time (docs/domain.md 6, 8.3 HZ-29).
public enum ServiceTask: UInt8, BitwiseCopyable, Sendable {
  /// Maintenance: wear comes from turning, so the hours count in which a pump turned.
  case maintenance
  /// Disinfection of the water circuits: germs grow in a tank that stands, so time counts, whether
  /// the machine is on or not.
  case disinfection
  /// How many tasks there are.
  public static var count: Int { 2 }
}

/// How long a machine may go without each service; zero: nobody counts it.
public struct ServiceConfiguration: BitwiseCopyable, Sendable {
  /// Running time from one maintenance to the next.
  public var maintenance = Seconds.zero
  /// Time from one disinfection of the water circuits to the next.
  public var disinfection = Seconds.zero
  /// Nothing is counted.
  public init() {}

  /// The interval of a task, zero when it is not counted.
  @inlinable public subscript(task: ServiceTask) -> Seconds {
    switch task {
    case .maintenance: maintenance
    case .disinfection: disinfection
    }
  }

  /// A task is counted and due at this age; a negative age is not known, and that counts as due.
  public func isDue(_ task: ServiceTask, age: Seconds) -> Bool {
    let interval = self[task]
    return interval > .zero && (age < .zero || age > interval)
  }

  /// Adds every field to a check sum.
  func add(to sum: inout ConfigurationSum) {
    sum.add(maintenance)
    sum.add(disinfection)
  }
}
