/// A number with a fixed count of decimals, rounded half away from zero; the same on every machine.
///
/// Infinite numbers read `inf`, no number reads `--`.
///
/// - Parameters:
///   - value: The number.
///   - decimals: Digits after the point, 0...9.
/// - Returns: The text.
public func fixedNumber(_ value: Double, decimals: Int) -> String {
  guard value == value else { return "--" }
  guard value.magnitude < 1e9 else { return value < 0 ? "-inf" : "inf" }
  var scale: Int64 = 1
  for _ in 0..<min(max(decimals, 0), 9) { scale *= 10 }
  let scaled = Int64((value.magnitude * Double(scale)).rounded(.toNearestOrAwayFromZero))
  var text = String(scaled / scale)
  if scale > 1 {
    let fraction = String(scaled % scale)
    text += "." + String(repeating: "0", count: String(scale).count - 1 - fraction.count) + fraction
  }
  return value < 0 && scaled != 0 ? "-" + text : text
}

/// A number with three or four figures that matter: `4.56`, `101.3`, `0.0123`, `1250`.
public func shortNumber(_ value: Double) -> String {
  let size = value.magnitude
  let decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4
  let text = fixedNumber(value, decimals: decimals)
  guard text.contains(".") else { return text }
  let trimmed = text.reversed().drop { $0 == "0" }
  return String((trimmed.first == "." ? trimmed.dropFirst() : trimmed).reversed())
}

/// A span as a stopwatch shows it: `0:31.250`, `12:30.000`, `1:02:03.000`; negative with a sign.
public func clockText(seconds: Double, decimals: Int = 3) -> String {
  guard seconds.isFinite else { return "--:--" }
  var scale = 1
  for _ in 0..<min(max(decimals, 0), 6) { scale *= 10 }
  let total = Int((seconds.magnitude.clampedToClock * Double(scale)).rounded())
  let whole = total / scale
  let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
  var text = seconds < 0 && total > 0 ? "-" : ""
  text += hours > 0 ? "\(hours):\(padded(minutes, to: 2)):" : "\(minutes):"
  text += padded(rest, to: 2)
  return scale > 1 ? text + "." + padded(total % scale, to: decimals) : text
}

/// A whole number with leading zeros.
public func padded(_ value: Int, to width: Int) -> String { padded(String(value), to: width) }

/// A whole number in hexadecimal digits with leading zeros.
public func hexadecimal(_ value: some BinaryInteger, digits: Int) -> String {
  padded(String(value, radix: 16), to: digits)
}

private func padded(_ text: String, to width: Int) -> String {
  String(repeating: "0", count: max(0, width - text.count)) + text
}

extension Double {
  fileprivate var clampedToClock: Double { Swift.min(self, 1e9) }
}
