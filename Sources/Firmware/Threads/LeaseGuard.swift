public import ChipDrivers
internal import PerfusionCore

/// Ends leases in the place of a firmware that is dead or stands still, in a process of its own.
///
/// It shares the `SharedExchange` and the open devices with the firmware and keeps quiet while the
/// firmware's own workers and keeper give signs of life. Once they do not it drives what the tick
/// asked last, and lets each lease end in its fallback: heater off, buzzer on, drives as they are. Of a
/// firmware that died before its first tick nothing is known, and every lease counts as over.
///
/// A bus whose worker was silent before the lines' keeper was is held by a transfer; one of the guard
/// would be held as well, so it waits until all other leases have ended. A bus that is stuck it frees as
/// the firmware's worker would. It does not leave before every output that falls back is known to have
/// done so.
public struct LeaseGuard<Board: ThreadedBoard>: ~Copyable {
  private var board: Board
  private let shared: SharedExchange.Reference
  private var keeper: LineKeeper
  private var lines = LineCommands()
  private var workers = InlineArray<4, BusWorker>(repeating: BusWorker())
  private var next = InlineArray<4, Instant>(repeating: .start)
  private var isActing = InlineArray<5, Bool>(repeating: false)
  private var exchange = ChipExchange()
  private let busCount: Int
  private let guardedChips: UInt64
  private let longestLease: Int64
  private var silentSince: Int64?
  /// How often in a row each chip was driven well since all leases are over.
  private var driven = InlineArray<64, UInt8>(repeating: 0)
  private var isUnasked = false

  /// How often it looks, nanoseconds.
  public static var period: Int64 { 10_000_000 }
  /// After so many good visits in a row a chip shows its fallbacks: one is written in a visit where there
  /// are sixteen, and an eighth of the visits only looks.
  static var enough: UInt8 { 24 }

  /// The guard of a board. Outputs in `known` stand at `driven` already.
  public init(
    _ board: Board, wiring: borrowing BoardWiring, tickMicroseconds: Int32, driven: LineLevels,
    known: LineLevels, shared: SharedExchange.Reference
  ) {
    self.board = board
    self.shared = shared
    keeper = LineKeeper(wiring)
    keeper.adopt(driven, known: known)
    var chips: UInt64 = 0
    for chip in wiring.chips.indices where ChipLeases(wiring, chip: chip).hasFallback {
      chips |= 1 << UInt64(chip & 63)
    }
    guardedChips = chips
    busCount = min(wiring.buses.count, 4)
    for bus in 0..<busCount {
      workers[bus] = BusWorker(
        wiring, bus: bus, tickMicroseconds: tickMicroseconds, chips: chips)
    }
    var longest: Int64 = 0
    for index in wiring.actuators.indices {
      longest = max(longest, Int64(wiring.actuators[index].lease) * 1000)
    }
    longestLease = longest
  }

  /// The firmware ended in order, or it is dead and every lease has ended in a fallback that was driven.
  ///
  /// `canBeAsked`: a firmware that starts can ask for the lines, so it stays for as long as a write fails.
  /// Without that a second after the last lease must do, or no firmware could start ever again.
  public func isDone(firmwareIsDead: Bool, canBeAsked: Bool) -> Bool {
    if shared.exchange({ $0.wasHandedOver }) { return true }
    guard firmwareIsDead, let silentSince else { return false }
    return board.nanoseconds &- silentSince > longestLease &+ 1_000_000_000
      && (!canBeAsked || haveFallen)
  }

  /// Every output that falls back was written, lines and chips.
  private var haveFallen: Bool {
    guard keeper.falling & lines.commanded & ~keeper.known == 0 else { return false }
    var chips = guardedChips
    while chips != 0 {
      if driven.span[chips.trailingZeroBitCount] < Self.enough { return false }
      chips &= chips &- 1
    }
    return true
  }

  /// Looks once, and acts where nobody else does. When it wants to look again, nanoseconds.
  public mutating func step(firmwareIsDead: Bool) -> Int64 {
    let now = board.nanoseconds
    let hasTicked = shared.exchange { $0.lastTickDone } > 0
    guard firmwareIsDead || hasTicked else { return now &+ Self.period }
    if !firmwareIsDead {
      silentSince = nil
    } else if silentSince == nil {
      silentSince = now
      if !hasTicked { askNothing() }
    }
    var wake = now &+ Self.period
    if mustAct(4, firmwareIsDead, now) { keepLines() }
    for bus in 0..<busCount where mustAct(bus, firmwareIsDead, now) && !mustWait(bus, now) {
      wake = min(wake, stepBus(bus).microseconds &* 1000)
    }
    return max(wake, now &+ 100_000)
  }

  /// Every lease counts as over: outputs that hold stay as the start asked or found them, the others
  /// fall back.
  private mutating func askNothing() {
    isUnasked = true
    shared.exchange { _ = $0.guardedLines.fetch { lines = copy $0 } }
    lines.lapse(keeper.falling)
    for chip in 0..<ChipExchange.capacity { exchange.commands[chip] = .lapsed }
  }

  /// The bus is held by a transfer, and other leases have not ended yet.
  private func mustWait(_ bus: Int, _ now: Int64) -> Bool {
    let isHeld = shared.exchange {
      $0.heartbeat(4) &- $0.heartbeat(bus) > SharedExchange.patience
    }
    guard isHeld else { return false }
    guard let silentSince else { return true }
    return now &- silentSince <= longestLease
  }

  /// Whether whoever drives this place (a bus, 4 the lines) is dead or stands still.
  private mutating func mustAct(_ place: Int, _ firmwareIsDead: Bool, _ now: Int64) -> Bool {
    // Silent beside a keeper that lives it is held by a transfer: the alarm of the tick says so.
    let last = shared.exchange { max($0.heartbeat(place), $0.heartbeat(4)) }
    let must = firmwareIsDead || now &- last > SharedExchange.patience
    if must && !isActing[place] && place < 4 {
      workers[place].start(at: board.now)
      next[place] = board.now
    }
    // What the firmware drove while it lived is not known here: everything is written once.
    if must && !isActing[place] && place == 4 { keeper.forget() }
    isActing[place] = must
    return must
  }

  private mutating func keepLines() {
    var latest = LineCommands()
    if !isUnasked, shared.exchange({ $0.guardedLines.fetch { latest = copy $0 } }) {
      lines = latest
    }
    let asked = keeper.levels(lines, now: board.now)
    let levels = (asked & lines.commanded) | (keeper.driven & ~lines.commanded)
    let changed = keeper.changed(levels, lines)
    guard changed != 0 else { return }
    // Said before it is done: a keeper that wakes in between writes anew, and so once too often.
    shared.exchange { $0.guardDroveLines() }
    do throws(BusError) {
      try board.writeLines(levels, changed: changed)
      keeper.written(levels, changed)
    } catch {
      keeper.failed(changed)
    }
    shared.exchange { $0.guardDroveLines() }
  }

  /// Counts a visit to a chip once all leases are over.
  private mutating func note(_ chip: Int, _ bus: Int, _ now: Instant) {
    guard chip >= 0, chip < 64, let silentSince,
      now.microseconds &* 1000 &- silentSince > longestLease
    else { return }
    let isSound = workers.span[bus].isSound(chip)
    driven[chip] = isSound ? min(driven[chip], 254) &+ 1 : 0
  }

  private mutating func stepBus(_ bus: Int) -> Instant {
    let now = board.now
    guard now >= next[bus] else { return next[bus] }
    var chips = workers[bus].commandedChips
    while chips != 0 && !isUnasked {
      let chip = chips.trailingZeroBitCount
      chips &= chips &- 1
      var command = ChipCommand()
      let isNew = shared.exchange { $0.guardedCommands[chip].fetch { command = copy $0 } }
      if isNew { exchange.commands[chip] = command }
    }
    var adapter = board.bus(bus)
    next[bus] = workers[bus].step(bus: &adapter, now: now, exchange: &exchange)
    let request = workers[bus].takeRequest()
    if request != .none { board.recoverBus(bus, by: request) }
    note(workers[bus].takeVisited(), bus, now)
    return next[bus]
  }
}
