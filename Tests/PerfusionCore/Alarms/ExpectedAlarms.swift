import Testing

@testable import PerfusionCore

/// Section 9 of docs/domain.md, written down a second time: what a row of the code is held against.
struct ExpectedAlarm: Sendable, CustomTestStringConvertible {
  /// AL-nn.
  var number: UInt8
  /// The priority it begins with, and the highest it may have.
  var priority: AlarmPriority
  var highest: AlarmPriority
  /// Delay in seconds; `nil` where the table has "-" or nothing.
  var delay: Double?
  var latch: Latch
  var override: AlarmOverride
  var testDescription: String { "AL-\(number)" }

  init(
    _ number: UInt8, _ priority: AlarmPriority, to highest: AlarmPriority? = nil,
    _ delay: Double?, _ latch: Latch, _ override: AlarmOverride
  ) {
    self.number = number
    self.priority = priority
    self.highest = highest ?? priority
    self.delay = delay
    self.latch = latch
    self.override = override
  }

  /// AL-27 is HIGH for a speed that a restarted controller finds changed (docs/domain.md 8.4).
  /// AL-02, 07, 21, 24 and 35 are of class A there; no pump stops for them, so nothing is overridden.
  static let all: [ExpectedAlarm] = [
    .init(1, .high, 0.01, .reaction, .timed), .init(2, .high, 1, .signal, .notApplicable),
    .init(3, .medium, 0.2, .signal, .limit), .init(4, .low, 10, .none, .limit),
    .init(5, .medium, 0.3, .none, .limit), .init(6, .high, 0.2, .reaction, .timed),
    .init(7, .medium, to: .high, 2, .signal, .notApplicable), .init(8, .medium, 2, .none, .limit),
    .init(9, .medium, 0.2, .none, .limit), .init(10, .high, 0.05, .none, .timed),
    .init(11, .high, 0.02, .reaction, .never), .init(12, .high, 0.5, .signal, .limit),
    .init(13, .medium, 0.5, .none, .limit), .init(14, .medium, 10, .none, .limit),
    .init(15, .high, 5, .signal, .limit), .init(16, .medium, 1, .none, .limit),
    .init(17, .high, 0.3, .none, .limit), .init(18, .high, 0.5, .none, .never),
    .init(19, .high, 0.3, .signal, .never), .init(20, .high, 3, .none, .limit),
    .init(21, .high, 0.5, .none, .notApplicable), .init(22, .medium, 3, .none, .limit),
    .init(23, .high, 0.1, .reaction, .never), .init(24, .high, 0.2, .none, .notApplicable),
    .init(25, .medium, 10, .none, .limit), .init(26, .high, 0.2, .reaction, .never),
    .init(27, .medium, to: .high, 1, .none, .never), .init(28, .high, 0.15, .reaction, .never),
    .init(29, .high, 0.05, .reaction, .never), .init(30, .high, 0.05, .reaction, .never),
    .init(31, .high, 0.5, .signal, .timed), .init(32, .medium, 0.1, .none, .timed),
    .init(33, .medium, nil, .signal, .never), .init(34, .high, 0.5, .reaction, .never),
    .init(35, .high, 1, .none, .notApplicable), .init(36, .medium, 2, .none, .limit),
    .init(37, .high, 0.1, .reaction, .timed), .init(38, .medium, to: .high, nil, .none, .limit),
    .init(39, .high, 2, .reaction, .never), .init(40, .high, 0.1, .reaction, .never),
    .init(41, .low, to: .medium, nil, .none, .limit), .init(42, .medium, 0.3, .none, .limit),
    .init(43, .medium, to: .high, 2, .none, .never),
    .init(44, .medium, to: .high, 5, .none, .never), .init(45, .medium, 120, .none, .limit),
    .init(46, .high, 1, .reaction, .never), .init(47, .low, 10, .none, .limit),
    .init(48, .medium, to: .high, 3, .signal, .never),
    .init(49, .medium, to: .high, 5, .signal, .limit), .init(50, .medium, 10, .none, .limit),
    .init(51, .medium, 0.02, .none, .never), .init(52, .medium, to: .high, 1, .signal, .never),
    .init(53, .low, to: .medium, 10, .none, .never), .init(54, .high, 0.2, .signal, .never),
    .init(55, .medium, to: .high, nil, .signal, .never),
    .init(56, .medium, to: .high, nil, .signal, .never),
    .init(57, .low, to: .medium, nil, .none, .never), .init(58, .high, nil, .signal, .never),
    .init(59, .high, nil, .reaction, .never), .init(60, .medium, nil, .signal, .never),
    .init(61, .medium, to: .high, 10, .none, .never),
    .init(62, .low, nil, .none, .notApplicable), .init(63, .low, nil, .none, .limit),
    .init(64, .medium, 0.3, .none, .notApplicable), .init(65, .medium, nil, .none, .limit),
    .init(66, .low, nil, .none, .never), .init(67, .low, nil, .none, .never),
  ]
}
