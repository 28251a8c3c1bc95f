/// What a faulty chip remembers of its inputs: their values when the fault began, the state of a
/// first-order lag, and the last half second.
///
/// Made when the fault is applied, so that a sound chip carries none of it.
final class InputHistory {
  /// How late a `delayed` input is, microseconds.
  static let delay: Int64 = 500_000
  private static let capacity = 256
  private static let spacing = delay / 200

  private let timeConstant: Double
  private let before: [Double]
  private var lagged: [Double]
  private var laggedAt: [Int64]
  private var values: [Double]
  private var times: [Int64]
  private var oldest: [Int]
  private var counts: [Int]

  /// A history that begins with these inputs; `timeConstant` in seconds.
  init(_ before: [Double], timeConstant: Double, at now: Int64) {
    self.timeConstant = timeConstant
    self.before = before
    lagged = before
    laggedAt = Array(repeating: now, count: before.count)
    values = Array(repeating: 0, count: before.count * Self.capacity)
    times = Array(repeating: now, count: before.count * Self.capacity)
    oldest = Array(repeating: 0, count: before.count)
    counts = Array(repeating: 1, count: before.count)
    for (input, value) in before.enumerated() { values[input * Self.capacity] = value }
  }

  /// The input when the fault began.
  func stuck(_ input: Int) -> Double { before[input] }

  /// The input behind a first-order lag.
  func slow(_ truth: Double, input: Int, at now: Int64) -> Double {
    let step = Double(max(0, now &- laggedAt[input])) / 1_000_000
    let weight = step > 0 ? step / (timeConstant + step) : 0
    lagged[input] += (truth - lagged[input]) * weight
    laggedAt[input] = max(now, laggedAt[input])
    return lagged[input]
  }

  /// The input as it was half a second ago; until there is one, as it was when the fault began.
  func delayed(_ truth: Double, input: Int, at now: Int64) -> Double {
    let newest = times[place(counts[input] - 1, of: input)]
    if now &- newest >= Self.spacing { append(truth, input: input, at: now) }
    while counts[input] > 1, times[place(1, of: input)] <= now &- Self.delay { drop(input) }
    return values[place(0, of: input)]
  }

  private func place(_ index: Int, of input: Int) -> Int {
    input * Self.capacity + (oldest[input] + index) % Self.capacity
  }

  private func drop(_ input: Int) {
    oldest[input] = (oldest[input] + 1) % Self.capacity
    counts[input] -= 1
  }

  private func append(_ value: Double, input: Int, at time: Int64) {
    if counts[input] == Self.capacity { drop(input) }
    let end = place(counts[input], of: input)
    values[end] = value
    times[end] = time
    counts[input] += 1
  }
}
