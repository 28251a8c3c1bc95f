public import ChipDrivers
public import PerfusionCore

/// The thread of the tick: sleeps until the tick is due, takes what workers, edges and link left,
/// lets the controller decide, and hands over what is to be driven and what happened.
public struct TickThread<Board: ThreadedBoard>: ~Copyable {
  /// The firmware; its own workers rest, the bus threads have theirs.
  public var firmware: Firmware<TickSide<Board>>
  private let shared: SharedExchange.Reference
  private let period: Int64
  private let commandedChips: UInt64
  private let guardedChips: UInt64
  private(set) var quality: LoopQuality
  private var queue = CommandQueue()
  private var overran: LoopPhase?

  /// A tick that is so far behind gives up: the supervisor starts the firmware anew, which adopts
  /// what it measures instead of catching up blindly.
  public static var longestStall: Int64 { 1_000_000_000 }

  /// The tick of a machine.
  public init(
    _ board: Board, machine: MachineConfiguration, wiring: borrowing BoardWiring,
    boardSum: UInt32 = 0, shared: SharedExchange.Reference
  ) {
    firmware = Firmware(
      platform: TickSide(board, shared), machine: machine, wiring: wiring, boardSum: boardSum)
    self.shared = shared
    period = Int64(machine.tickMicroseconds) * 1000
    quality = LoopQuality(periodMicroseconds: machine.tickMicroseconds)
    var commanded: UInt64 = 0
    var guarded: UInt64 = 0
    for chip in wiring.chips.indices {
      let leases = ChipLeases(wiring, chip: chip)
      if leases.isLeased { commanded |= 1 << UInt64(chip & 63) }
      if leases.hasFallback { guarded |= 1 << UInt64(chip & 63) }
    }
    commandedChips = commanded
    guardedChips = guarded
  }

  /// Somebody depends on the flow, or may, or may be connected, as far as what outlived the firmware
  /// before tells.
  public static func mayBeSupporting(
    _ board: Board, machine: MachineConfiguration, boardSum: UInt32,
    shared: SharedExchange.Reference
  ) -> Bool {
    var retention = Retention(board: boardSum)
    var platform = TickSide(board, shared)
    let record = retention.recall(&platform, machine: machine)
    guard let record else { return retention.isDoubtful }
    return retention.isDoubtful || record.hadDuty(machine) || record.mayBeConnected
  }

  /// Puts all outputs into their safe state, unless the firmware adopts a running machine.
  public mutating func start() {
    firmware.start()
    handOver()
    let now = firmware.platform.board.nanoseconds
    shared.exchange { $0.beatAll(at: now) }
  }

  /// Ticks until the firmware ends, or until it stood still too long.
  public mutating func run() {
    var due = firmware.platform.board.nanoseconds
    while !shared.exchange({ $0.isTickStopping }) {
      firmware.platform.board.sleep(until: due)
      let woke = firmware.platform.board.nanoseconds
      guard woke &- due < TickThread.longestStall else {
        shared.exchange { $0.stalled(for: woke &- due) }
        return
      }
      due &+= leaveOut(woke &- due)
      tick(due: due, woke: woke)
      due &+= period
    }
    firmware.recordPowerDown()
    refreshQuality()
    let quality = quality
    shared.exchange { $0.finalQuality.publish { $0 = quality } }
  }

  /// What the plan moves on by when the tick wakes so late, nanoseconds: whole ticks, once two or more
  /// have been missed.
  ///
  /// They are counted as late and not caught up: back to back they would all see the same moment, and
  /// a debounce that counts ticks would take one noisy sample for a condition that lasts.
  private mutating func leaveOut(_ lateness: Int64) -> Int64 {
    let missed = lateness / period
    guard missed >= 2 else { return 0 }
    quality.wakeUp.add(lateness)
    for _ in 0..<missed { quality.overran(in: .wakeUp) }
    firmware.statistics.leaveOut(UInt32(clamping: missed))
    return missed &* period
  }

  /// One tick that was due at one moment and woke at another.
  public mutating func tick(due: Int64, woke: Int64) {
    overran = woke &- due > period / 2 ? .wakeUp : nil
    quality.wakeUp.add(woke &- due)
    let now = Instant(microseconds: woke / 1000)
    gather()
    takeCommands()
    firmware.statistics.begin(now)
    firmware.acquire(now)
    mark(.acquire, due)
    firmware.decide(queue)
    mark(.step, due)
    firmware.command(now)
    handOver()
    firmware.keepRetained(now)
    mark(.apply, due)
    publish()
    let done = mark(.publish, due)
    firmware.statistics.end(Instant(microseconds: done / 1000))
    quality.execution.add(done &- woke)
    quality.ticks &+= 1
    if let overran { quality.overran(in: overran) }
    queue.removeAll()
    shared.exchange { $0.tickDone(at: done) }
  }

  /// Counts the part in which the next tick became due, if that came too early.
  @discardableResult private mutating func mark(_ phase: LoopPhase, _ due: Int64) -> Int64 {
    let now = firmware.platform.board.nanoseconds
    if overran == nil && now &- due > period { overran = phase }
    return now
  }

  /// Takes the samples that workers left.
  private mutating func gather() {
    for chip in 0..<ChipExchange.capacity {
      var samples: ChannelSamples?
      shared.exchange { $0.samples[chip].fetch { samples = copy $0 } }
      if let samples { firmware.exchange.samples[chip] = samples }
    }
  }

  private mutating func takeCommands() {
    while !queue.isFull {
      var command: OperatorCommand?
      shared.exchange { $0.commandsAsked.take { command = copy $0 } }
      guard let command else { return }
      queue.append(command)
    }
  }

  /// Hands commands to the workers, the keeper and the lease guard.
  private mutating func handOver() {
    var chips = commandedChips
    while chips != 0 {
      let chip = chips.trailingZeroBitCount
      chips &= chips &- 1
      let command = firmware.exchange.commands.span[chip]
      let isGuarded = guardedChips >> UInt64(chip) & 1 != 0
      shared.exchange {
        $0.commands[chip].publish { $0 = command }
        if isGuarded { $0.guardedCommands[chip].publish { $0 = command } }
      }
    }
    let lines = firmware.application.lines
    shared.exchange {
      $0.lines.publish { $0 = lines }
      $0.guardedLines.publish { $0 = lines }
    }
    firmware.platform.board.wakeKeeper()
  }

  /// Hands the tick's record to link and black box, and once a second how the loop fares.
  private mutating func publish() {
    shared.exchange { shared in
      if shared.hasLink {
        shared.linkRecords.put { firmware.describe(into: &$0, commands: queue) }
      }
      if shared.hasRecorder {
        shared.recorderRecords.put { firmware.describe(into: &$0, commands: queue) }
      }
    }
    guard quality.ticks % UInt64(max(1, 1_000_000_000 / period)) == 0 else { return }
    refreshQuality()
    let quality = quality
    shared.exchange {
      $0.linkQuality.publish { $0 = quality }
      $0.recorderQuality.publish { $0 = quality }
    }
  }

  private mutating func refreshQuality() {
    for bus in 0..<4 {
      var report: BusReport?
      shared.exchange { $0.reports[bus].fetch { report = copy $0 } }
      if let report { quality.buses[bus] = report }
    }
    let trouble = shared.exchange { $0.lineTrouble }
    quality.expiredLeases = trouble.expired
    for bus in 0..<4 { quality.expiredLeases &+= quality.buses[bus].expiredLeases }
    quality.failedLineWrites = trouble.failed
    quality.lostRecords = shared.exchange { $0.linkRecords.lost &+ $0.recorderRecords.lost }
    quality.failedStores = shared.exchange { $0.failedWrites }
    quality.lostEdges = shared.exchange { $0.edges.lost }
  }
}
