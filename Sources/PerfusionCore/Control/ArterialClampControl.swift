/// Decides when the arterial clamp is held open, and whether it does what it is told.
///
/// It is held open only while the operator, the interlocks and the pump's own sequence all allow
/// it. Everything that fails leaves it to its spring or to its hand lever. One that closes by
/// itself is let go and pulled open again, once (docs/domain.md 8.3 HZ-04).
struct ArterialClampControl: Sendable {
  /// The operator wants it open.
  var isWantedOpen = false
  /// It is told to be open in this tick.
  private(set) var isCommandedOpen = false
  /// It is told to be open and its switches say that it is not.
  private(set) var isNotOpen = false
  /// It is told to be closed and its switches say that it is not.
  private(set) var isNotClosed = false
  private var hasBeenOpen = false
  private var timeShut = Seconds.zero
  private var hasRetried = false

  /// How long it must be shut against its command before it is pulled open again.
  static var patience: Seconds { .milliseconds(100) }
  /// How long it is let go before that.
  static var release: Seconds { .milliseconds(100) }

  /// Works out the command of this tick.
  mutating func update(
    mayOpen: Bool, sensors: SensorSnapshot, configuration: ClampConfiguration, step: Seconds
  ) {
    guard configuration.isFitted else { return stayShut() }
    let open = sensors[.arterialClampIsOpen].usable
    let closed = sensors[.arterialClampIsClosed].usable
    let mustOpen = isWantedOpen && mayOpen
    isNotOpen = mustOpen && (open == false || closed == true)
    isNotClosed = !mustOpen && (closed == false || open == true)
    isCommandedOpen = mustOpen
    guard mustOpen else {
      hasBeenOpen = false
      timeShut = .zero
      hasRetried = false
      return
    }
    if open == true { hasBeenOpen = true }
    if hasBeenOpen, !hasRetried { retry(isShut: closed == true, step) }
  }

  /// Lets a clamp that closed by itself go for a moment, so that its drive pulls anew.
  private mutating func retry(isShut: Bool, _ step: Seconds) {
    timeShut = isShut ? timeShut + step : .zero
    guard timeShut > Self.patience else { return }
    isCommandedOpen = false
    if timeShut >= Self.patience + Self.release { hasRetried = true }
  }

  private mutating func stayShut() {
    isCommandedOpen = false
    isNotOpen = false
    isNotClosed = false
  }
}
