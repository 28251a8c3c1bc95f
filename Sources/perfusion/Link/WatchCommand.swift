import ArgumentParser
import ChipDrivers
import Foundation
import LinkMessages
import LinkSockets
import LiveView
import PerfusionCore
import Scenarios

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Shows a running machine until q or Ctrl-C.",
    discussion: "In a terminal as a full-screen view, elsewhere as one line a second.")

  @OptionGroup var link: LinkOptions
  @Flag(help: "Prints one JSON document a line, once a second.")
  var json = false
  @Flag(help: "Begins with the dim colours of the night; high alarms keep full contrast.")
  var night = false
  @Flag(
    help: """
      This terminal is the display of the machine: when it is gone or stands still the machine says \
      so (AL-55).
      """)
  var display = false

  func run() throws {
    Interruption.watch()
    let client = try link.connect()
    let image = try talk { () throws(LinkClientError) in try client.image() }
    let isScreen = Terminal.isInteractive && !json
    if display { try checkDisplay(client, isScreen: isScreen) }
    let watch = Watch(client, image, isDisplay: display)
    try talk { () throws(LinkClientError) in
      let ticks = UInt32(max(1, (isScreen ? 100_000 : 1_000_000) / image.machine.tickMicroseconds))
      try watch.subscribe(frameTicks: ticks)
      guard isScreen else { return try watch.asLines(json: json) }
      try watch.onScreen(night ? .night : .day)
    }
    if Interruption.isAsked { throw ExitCode(130) }
  }

  /// The display of a machine is what a person reads, and from where alarms are acknowledged.
  private func checkDisplay(_ client: LinkClient, isScreen: Bool) throws {
    guard isScreen else {
      throw UnreadableInput("--display needs a terminal; leave --json and pipes out")
    }
    guard client.hello.mayCommand else {
      throw UnreadableInput(
        "this socket allows no commands, and the machine's display must be able to acknowledge "
          + "alarms; name the socket without .ro")
    }
  }
}

/// The machine as the link tells it.
final class Watch {
  private let client: LinkClient
  private let image: BoardImage
  private var frame = LinkFrame()
  private var frameAt = ContinuousClock.now
  private var log = EventLog()
  private var loop = LoopReport()
  private var message = ""
  private var lost = 0
  private var sequence: UInt64 = 0
  private let isDisplay: Bool
  private var frameTicks: UInt32 = 0
  private var palette = Palette.day
  private var saidAt = ContinuousClock.now

  init(_ client: LinkClient, _ image: BoardImage, isDisplay: Bool) {
    self.client = client
    self.image = image
    self.isDisplay = isDisplay
  }

  /// Asks for a frame every so many ticks and for events; a display says again that it is one.
  func subscribe(frameTicks: UInt32) throws(LinkClientError) {
    self.frameTicks = frameTicks
    saidAt = ContinuousClock.now
    try client.send(.subscription(frameTicks: frameTicks, events: true, display: isDisplay))
  }

  /// What stands still does not get here, so a display is heard only while it draws.
  private func sayThatItIsRead() throws(LinkClientError) {
    guard isDisplay, ContinuousClock.now - saidAt >= .milliseconds(80) else { return }
    try subscribe(frameTicks: frameTicks)
  }

  private func takeLeave() throws(LinkClientError) {
    guard isDisplay else { return }
    try client.send(.subscription(frameTicks: 0, events: false))
  }

  /// Draws ten times a second; only what changed is written.
  func onScreen(_ palette: Palette) throws(LinkClientError) {
    self.palette = palette
    let terminal = Terminal()
    terminal.open()
    defer { terminal.close() }
    var size = Terminal.size
    while !Interruption.isAsked {
      _ = try take(within: 50)
      let now = Terminal.size
      if now != size { terminal.forget() }
      size = now
      terminal.palette = self.palette
      terminal.show(MachineScreen.lines(view, width: size.width, height: size.height))
      try sayThatItIsRead()
      for key in terminal.keys(waiting: 0) {
        if key == "q" { return try takeLeave() }
        try press(key)
      }
    }
    try takeLeave()
  }

  /// One line for each frame.
  func asLines(json: Bool) throws(LinkClientError) {
    while !Interruption.isAsked {
      guard try take(within: 200) else { continue }
      let document = StatusDocument(
        board: image.name.description, machine: image.machine,
        buses: image.wiring.buses.indices.map { "\(image.wiring.buses[$0].id)" }, frame: frame,
        loop: loop)
      let line = json ? document.json.text(indentation: nil) : StatusLine.text(view)
      FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
  }

  /// Takes what came; true when a frame was in it.
  private func take(within milliseconds: Int32) throws(LinkClientError) -> Bool {
    var hasFrame = false
    var wait = milliseconds
    while true {
      if let message = try client.takeMessage() {
        hasFrame = try take(message) || hasFrame
      } else if client.isReadable(within: wait) {
        hasFrame = try take(client.receive()) || hasFrame
        wait = 0
      } else {
        return hasFrame
      }
    }
  }

  private func take(_ received: ServerMessage) throws(LinkClientError) -> Bool {
    switch received {
    case .frame(let new):
      frame = new
      frameAt = ContinuousClock.now
      return true
    case .event(let entry):
      let kind: EventLog.Line.Kind =
        switch entry.event.kind {
        case .alarmRaised, .alarmCleared, .alarmLatched, .alarmRose: .alarm
        default: .event
        }
      note(kind, eventText(entry.event.kind, machine: image.machine), at: entry.at)
    case .client(let event): note(.stimulus, clientText(event), at: event.at)
    case .loop(let report): loop = report
    case .answer(_, let text): message = text
    case .lost(let losses):
      lost += Int(losses.frames)
      message = "\(lost) frames lost: this terminal reads too slowly"
    case .failure(_, let text): throw .ended(text)
    case .hello, .alarm, .image, .done, .unknown: break
    }
    return false
  }

  private func note(_ kind: EventLog.Line.Kind, _ text: String, at moment: Instant) {
    log.add(
      EventLog.Line(
        time: Double(moment.microseconds) / 1_000_000, isPrelude: false, kind: kind, text: text))
  }

  private func clientText(_ event: ClientEvent) -> String {
    switch event.kind {
    case .connected: "client \(event.client) connected (user \(event.user))"
    case .gone: "client \(event.client) gone"
    case .leaseEnded:
      "lease of decision \(event.decision) ended: what was asked \(event.holds ? "holds" : "was ended")"
    }
  }

  private var view: MachineView {
    var view = MachineView(
      board: image.name.description, machine: image.machine, status: frame.status,
      sensors: frame.sensors, actuators: frame.actuators, log: log,
      seconds: Double(frame.at.microseconds) / 1_000_000, speed: 1)
    view.age = (ContinuousClock.now - frameAt) / .seconds(1)
    let mine = "  a acknowledge  space audio pause  e end pause"
    let keys = client.hello.mayCommand ? mine : "  (read only)"
    let light = palette == .day ? "  n night" : "  n day"
    view.hint = message.isEmpty ? "q quit" + light + keys : message
    return view
  }

  private func press(_ key: Character) throws(LinkClientError) {
    message = ""
    switch key {
    case "n": palette = palette.other
    case "a": try ask(.acknowledgeAlarms)
    case " ": try ask(.pauseAudio)
    case "e": try ask(.endPause)
    default: return
    }
  }

  private func ask(_ action: OperatorAction) throws(LinkClientError) {
    guard client.hello.mayCommand else { return }
    sequence += 1
    try client.send(.command(LinkCommand(sequence: sequence, action: action)))
  }
}
