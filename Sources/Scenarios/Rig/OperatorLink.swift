import BoardFiles
import ChipDrivers
import Firmware
import Link
import LinkMessages
import PerfusionCore
import VirtualBoard

/// The link of the firmware in this process, with one client in this process: the same server and
/// the same messages as over a socket.
final class OperatorLink {
  private let link: PipedLink
  private let conversation = LinkConversation()
  private var record = TickRecord()
  /// Commands are on their way: the firmware is asked for answers.
  private var isBusy = true

  init(_ board: BoardDescription) {
    link = PipedLink(board)
    link.pipe.toServer = conversation.greeting(frameTicks: 0, events: false)
  }

  var trouble: String? { conversation.trouble }

  /// Sends a command; false while the firmware has eight to answer.
  func send(_ command: OperatorCommand) -> Bool {
    guard conversation.openCommands < 8 else { return false }
    link.pipe.toServer += conversation.bytes(of: command)
    isBusy = true
    return true
  }

  /// What has come over the link reaches the firmware before its tick.
  func serve(_ rig: InProcessRig) {
    guard isBusy, rig.virtual.firmwareIsRunning else { return }
    link.server.serve(now: rig.now.microseconds) { rig.virtual.submit($0) }
    deliver()
  }

  /// What the tick answered reaches the client.
  func take(_ rig: InProcessRig) {
    guard isBusy, rig.hasEvents || !link.pipe.toServer.isEmpty || conversation.openCommands == 0
    else {
      return
    }
    record.tick = rig.status.tick
    record.at = rig.now
    record.events = rig.virtual.events
    link.server.take(record, now: rig.now.microseconds)
    link.server.serve(now: rig.now.microseconds) { rig.virtual.submit($0) }
    deliver()
    isBusy = conversation.openCommands > 0 || !link.pipe.toServer.isEmpty
  }

  private func deliver() {
    guard !link.pipe.toClient.isEmpty else { return }
    let bytes = link.pipe.toClient
    link.pipe.toClient = []
    conversation.take(bytes)
  }

  /// Events with the scenario's own numbers.
  func translated(_ events: EventList) -> EventList {
    var list = EventList()
    for index in events.indices { list.append(conversation.translated(events[index])) }
    return list
  }
}
