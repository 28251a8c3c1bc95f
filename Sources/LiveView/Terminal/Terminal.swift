import Glibc
import Synchronization

/// The terminal as a full screen: alternate buffer, no echo, redrawn in place.
///
/// `close` puts everything back as it was.
public final class Terminal {
  private var original = termios()
  private var isOpen = false
  private var drawn: [String] = []
  /// The colours of what is shown.
  public var palette = Palette.day

  /// Nothing is changed before `open`.
  public init() {}

  /// Standard input and output are both a terminal.
  public static var isInteractive: Bool { isatty(0) == 1 && isatty(1) == 1 }

  /// Columns and rows now; 80 by 24 when the terminal does not say.
  public static var size: (width: Int, height: Int) {
    var window = winsize()
    let result = unsafe ioctl(1, UInt(TIOCGWINSZ), &window)
    guard result == 0, window.ws_col > 0, window.ws_row > 0 else { return (80, 24) }
    return (Int(window.ws_col), Int(window.ws_row))
  }

  /// Takes the screen; Ctrl-C still raises its signal.
  public func open() {
    guard !isOpen, unsafe tcgetattr(0, &original) == 0 else { return }
    var raw = original
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    _ = unsafe tcsetattr(0, TCSANOW, &raw)
    isOpen = true
    // Alternate screen, no cursor, no line wrap.
    send("\u{1b}[?1049h\u{1b}[?25l\u{1b}[?7l\u{1b}[2J")
  }

  /// Gives the screen back.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    send("\u{1b}[?7h\u{1b}[?25h\u{1b}[?1049l")
    _ = unsafe tcsetattr(0, TCSANOW, &original)
  }

  /// Shows these lines; only those that changed are written, as one synchronized update.
  public func show(_ lines: [Line]) {
    let texts = lines.map { $0.styledText(in: palette) }
    send(Terminal.update(from: drawn, to: texts))
    drawn = texts
  }

  /// What must be sent to turn one screen into another, empty when nothing changed.
  static func update(from drawn: [String], to texts: [String]) -> String {
    let isResized = drawn.count != texts.count
    var out = isResized ? "\u{1b}[2J" : ""
    for (row, text) in texts.enumerated() {
      if isResized || drawn[row] != text { out += "\u{1b}[\(row + 1);1H" + text }
    }
    return out.isEmpty ? "" : "\u{1b}[?2026h" + out + "\u{1b}[?2026l"
  }

  /// Forgets what is on the screen, so that all of it is written again: after a resize.
  public func forget() { drawn = [] }

  /// Waits up to some milliseconds for keys and gives those that were pressed.
  public func keys(waiting milliseconds: Int) -> [Character] {
    var descriptor = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    let ready = unsafe poll(&descriptor, 1, Int32(clamping: max(0, milliseconds)))
    guard ready > 0, Int32(descriptor.revents) & Int32(POLLIN) != 0 else { return [] }
    var buffer: InlineArray<64, UInt8> = InlineArray(repeating: 0)
    let count = unsafe read(0, &buffer, 64)
    guard count > 0 else { return [] }
    return Terminal.keys((0..<min(count, 64)).map { buffer[$0] })
  }

  /// Arrow keys become `↑` and `↓`; other escape sequences are left out.
  static func keys(_ bytes: [UInt8]) -> [Character] {
    var keys: [Character] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x1b {
        let code = index + 2 < bytes.count ? bytes[index + 2] : 0
        if code == 0x41 { keys.append("↑") }
        if code == 0x42 { keys.append("↓") }
        index += 3
      } else {
        keys.append(Character(UnicodeScalar(bytes[index])))
        index += 1
      }
    }
    return keys
  }

  private func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { unsafe write(1, $0.baseAddress, $0.count) }
      if written < 0 && errno != EINTR && errno != EAGAIN { return }
      rest = rest.dropFirst(max(0, written))
    }
  }
}

/// Ctrl-C and the end of the terminal, as a flag that a loop looks at.
public enum Interruption {
  private static let wasAsked = Atomic<Bool>(false)

  /// From now on the signals set the flag instead of ending the process.
  public static func watch() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      _ = signal(number) { _ in Interruption.wasAsked.store(true, ordering: .relaxed) }
    }
  }

  /// A signal has come.
  public static var isAsked: Bool { wasAsked.load(ordering: .relaxed) }
}
