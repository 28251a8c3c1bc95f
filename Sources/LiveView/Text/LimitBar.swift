/// A horizontal bar that shows a value against limits.
struct LimitBar {
  /// The value at the left end.
  var low: Double
  /// The value at the right end.
  var high: Double
  /// Where it becomes a warning.
  var warning: Double
  /// Where it becomes bad.
  var bad: Double
  /// True when low values are the dangerous ones.
  var isLowBad = false

  /// The style of a value.
  func style(_ value: Double) -> Style {
    if isLowBad { return value <= bad ? .bad : value <= warning ? .warning : .good }
    return value >= bad ? .bad : value >= warning ? .warning : .good
  }

  /// The bar in `width` columns; a tick stands where it becomes bad.
  func line(_ value: Double, width: Int) -> Line {
    var line = Line()
    guard width > 2, high > low else { return line }
    let filled = column(value, width)
    let tick = column(bad, width)
    var run = ""
    var runStyle = Style.quiet
    for index in 0..<width {
      let isFilled = value == value && index < filled
      let style = isFilled ? self.style(value) : index == tick ? Style.bad : .quiet
      let character = isFilled ? "█" : index == tick ? "│" : "░"
      if style != runStyle {
        line.add(run, runStyle)
        run = ""
        runStyle = style
      }
      run += character
    }
    line.add(run, runStyle)
    return line
  }

  private func column(_ value: Double, _ width: Int) -> Int {
    let share = (value - low) / (high - low)
    guard share == share else { return 0 }
    return Int((min(max(share, 0), 1) * Double(width)).rounded())
  }
}
