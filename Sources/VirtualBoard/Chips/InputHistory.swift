/// What a faulty input remembers: the state of a first-order lag, and the last half second.
///
/// Made when the fault is applied, so that a sound chip carries none of it.
final class InputHistory {
  /// How late a `delayed` input is, microseconds.
  static let delay: Int64 = 500_000
  private static let capacity = 256
  private static let spacing = delay / 200

  private let timeConstant: Double
  private var lagged: [Double]
  private var laggedAt: [Int64]
  private var values: [Double]
  private var times: [Int64]
  private var oldest: [Int]
  private var counts: [Int]

  /// A history of `inputs` nets; `timeConstant` in seconds.
  init(inputs: Int, timeConstant: Double) {
    self.timeConstant = timeConstant
    lagged = Array(repeating: .nan, count: inputs)
    laggedAt = Array(repeating: 0, count: inputs)
    values = Array(repeating: 0, count: inputs * Self.capacity)
    times = Array(repeating: 0, count: inputs * Self.capacity)
    oldest = Array(repeating: 0, count: inputs)
    counts = Array(repeating: 0, count: inputs)
  }

  /// The input behind a first-order lag that starts at `before`.
  func slow(_ truth: Double, before: Double, input: Int, at now: Int64) -> Double {
    if lagged[input] != lagged[input] {
      lagged[input] = before == before ? before : truth
      laggedAt[input] = now
    }
    let step = Double(max(0, now &- laggedAt[input])) / 1_000_000
    let weight = step > 0 ? step / (timeConstant + step) : 0
    lagged[input] += (truth - lagged[input]) * weight
    laggedAt[input] = max(now, laggedAt[input])
    return lagged[input]
  }

  /// The input as it was half a second ago; until there is one, as it was at first.
  func delayed(_ truth: Double, before: Double, input: Int, at now: Int64) -> Double {
    if counts[input] == 0 {
      append(before == before ? before : truth, input: input, at: now &- Self.spacing)
    }
    let newest = times[place(counts[input] - 1, of: input)]
    if now &- newest >= Self.spacing { append(truth, input: input, at: now) }
    while counts[input] > 1, times[place(1, of: input)] <= now &- Self.delay {
      oldest[input] = (oldest[input] + 1) % Self.capacity
      counts[input] -= 1
    }
    return values[place(0, of: input)]
  }

  private func place(_ index: Int, of input: Int) -> Int {
    input * Self.capacity + (oldest[input] + index) % Self.capacity
  }

  private func append(_ value: Double, input: Int, at time: Int64) {
    if counts[input] == Self.capacity {
      oldest[input] = (oldest[input] + 1) % Self.capacity
      counts[input] -= 1
    }
    let end = place(counts[input], of: input)
    values[end] = value
    times[end] = time
    counts[input] += 1
  }
}
