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
  /// It is told to be open and its switches say that it is closed, for 500 ms or at the end of a time in
  /// which they denied that it is open.
  private(set) var isNotOpen = false
  /// It is told to be open and one of its switches denies it: a broken wire, or a clamp on its way.
  private(set) var isUncertain = false
  /// No flow has shown for a while that it is open.
  var lacksFlow: Bool { timeWithoutFlow >= Self.flowGap }
  /// It is told to be closed and its switches say that it is not.
  private(set) var isNotClosed = false
  private var hasBeenOpen = false
  private var timeShut = Seconds.zero
  private var hasRetried = false
  private var timeWithoutFlow = Seconds.zero
  private var oddTime = Seconds.zero

  /// How long its switches must deny that it is open; it may be on its way (AL-34).
  static var debounce: Seconds { .milliseconds(500) }

  /// How long flow must be away before it speaks for the clamp no more: a slow roller delivers in
  /// portions, at 25 rpm one in 1.2 s.
  static var flowGap: Seconds { Seconds(seconds: 1.5) }
  /// How long it must be shut against its command before it is pulled open again.
  static var patience: Seconds { .milliseconds(100) }
  /// How long it is let go before that.
  static var release: Seconds { .milliseconds(100) }

  /// Works out the command of this tick. A switch alone takes no flow away (docs/domain.md 8.1 R3).
  ///
  /// * `flows`: a probe that is believed shows flow in the line.
  mutating func update(
    mayOpen: Bool, flows: Bool, sensors: SensorSnapshot, configuration: ClampConfiguration,
    step: Seconds
  ) {
    guard configuration.isFitted else { return stayShut() }
    let open = sensors[.arterialClampIsOpen].usable
    let closed = sensors[.arterialClampIsClosed].usable
    let mustOpen = isWantedOpen && mayOpen
    let isShut = sensors[.arterialClampIsClosed].isSeenShut(open: sensors[.arterialClampIsOpen])
    let isOdd = mustOpen && (open == false || closed == true)
    timeWithoutFlow = flows ? .zero : min(timeWithoutFlow + step, Self.flowGap)
    oddTime = isOdd ? min(oddTime + step, Self.debounce) : .zero
    let isDenied = oddTime.seconds >= Self.debounce.seconds - 1e-6
    isNotOpen = isDenied && isShut
    isUncertain = isDenied && !isShut
    isNotClosed = !mustOpen && (closed == false || open == true)
    isCommandedOpen = mustOpen
    guard mustOpen else {
      hasBeenOpen = false
      timeShut = .zero
      hasRetried = false
      return
    }
    if open == true { hasBeenOpen = true }
    if hasBeenOpen, !hasRetried { retry(isShut: isShut, step) }
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
    isUncertain = false
    isNotClosed = false
  }
}
