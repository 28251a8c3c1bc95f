internal import CLinux
internal import ChipDrivers
internal import Firmware
internal import LinkMessages
internal import LinuxPlatform
internal import PerfusionCore

/// The version of the firmware.
var firmwareVersion: StaticString { "0.1.0" }

/// The firmware of a perfusion machine: composition and nothing else.
@main struct Perfusiond {
  static func main() {
    let began = pc_clock_now()
    let (options, mistake) = Options.read()
    if let mistake {
      mistake.write(to: 2)
      pc_process_exit(2)
    }
    if options.isVersion { return printVersion() }
    do throws(Ending) {
      pc_process_exit(try run(options, began))
    } catch {
      error.line.write(to: 2)
      pc_process_exit(error.code)
    }
  }

  private static func printVersion() {
    var line = TextLine()
    line.add("perfusiond ")
    line.add(firmwareVersion)
    #if hasFeature(Embedded)
      line.add(", static")
    #endif
    #if arch(arm64)
      line.add(", aarch64")
    #elseif arch(x86_64)
      line.add(", x86_64")
    #endif
    line.write(to: 1)
  }

  private static func run(_ options: Options, _ began: Int64) throws(Ending) -> Int32 {
    guard let path = options.board else { return 2 }
    let loaded = try loadImage(path)
    let image = unsafe loaded.image
    if let mistake = unsafe options.unknownName(in: image.pointee.wiring) {
      mistake.write(to: 2)
      return 2
    }
    let shared = try unsafe makeExchange(image.pointee.machine.tickMicroseconds)
    var findings = Findings(isJSON: options.isJSON, printsGood: options.isCheck)
    unsafe findings.good("image", image.pointee.name) { $0.add("is sound") }
    let devices = UnsafeMutablePointer<LinuxDevices>.allocate(capacity: 1)
    unsafe devices.initialize(to: LinuxDevices())
    unsafe devices.pointee.files = KeptFiles(in: options.blackBox)
    let board = unsafe LinuxBoard(devices)
    if !options.isCheck {
      findings.isTolerant = unsafe isSupporting(loaded, board, devices.pointee.files, shared)
    }
    unsafe openBuses(image.pointee.wiring, options, on: devices, &findings)
    let failedBuses = findings.failures
    unsafe planLines(image.pointee.wiring, options, on: devices, &findings)
    if options.isCheck && findings.failures == failedBuses {
      unsafe takeLines(image.pointee.wiring, on: devices, keepsOutputs: false, &findings)
    }
    if options.isCheck && findings.failures == 0 {
      unsafe checkChips(
        image.pointee.wiring, tickMicroseconds: image.pointee.machine.tickMicroseconds,
        board: board, &findings)
    }
    if options.isCheck { findings.add(.here) }
    guard findings.failures == 0 else {
      findings.end()
      return 1
    }
    return try unsafe serve(loaded, devices, board, options, shared, &findings, began)
  }

  /// Memory that this process and its guard share.
  private static func makeExchange(
    _ tickMicroseconds: Int32
  ) throws(Ending) -> SharedExchange.Reference {
    guard let stretch = unsafe pc_memory_shared(UInt64(ExchangeMemory.byteCount)) else {
      throw Ending(code: 1) { $0.add("there is not enough memory; free some") }
    }
    return unsafe ExchangeMemory(in: stretch, periodMicroseconds: tickMicroseconds).reference
  }

  /// Somebody depends on the flow, or may: the record says so, or storage that is gone may have.
  private static func isSupporting(
    _ loaded: LoadedImage, _ board: LinuxBoard, _ files: KeptFiles,
    _ shared: SharedExchange.Reference
  ) -> Bool {
    guard files.isReadable else { return true }
    return unsafe TickThread.mayBeSupporting(
      board, machine: loaded.image.pointee.machine, boardSum: loaded.sum, shared: shared)
  }

  private static func serve(
    _ loaded: LoadedImage, _ devices: UnsafeMutablePointer<LinuxDevices>, _ board: LinuxBoard,
    _ options: Options, _ shared: SharedExchange.Reference, _ findings: inout Findings,
    _ began: Int64
  ) throws(Ending) -> Int32 {
    let image = unsafe loaded.image
    let period = unsafe image.pointee.machine.tickMicroseconds
    let signals = pc_signals_open()
    var doors = Doors()
    if !options.isCheck {
      let before = OpenDescriptors.now
      doors = try Doors(options, isSupporting: findings.isTolerant)
      let foreign = OpenDescriptors.now.without(before)
      // Only now, when nothing else can be refused: the guard of a dead firmware leaves at once.
      knockAtGuard(options)
      unsafe takeLines(image.pointee.wiring, on: devices, keepsOutputs: true, &findings)
      do throws(Ending) {
        try unsafe forkGuard(image, devices, board, options, shared, foreign: foreign)
      } catch { try refuse(error, findings.isTolerant) }
      // The guard lets fall back what the one that left had not yet.
      guard findings.failures == 0 else { return 1 }
    }
    let isStrict = options.isStrict && !findings.isTolerant
    pc_memory_share_heap()
    if pc_memory_lock() < 0 { try findings.report(.lockedMemory, isStrict: isStrict) }
    var process = unsafe FirmwareProcess(
      board: board, machine: image.pointee.machine, wiring: image.pointee.wiring,
      boardSum: loaded.sum, driven: devices.pointee.lines.driven,
      known: devices.pointee.lines.known,
      shared: shared)
    if options.isCheck {
      let ending = checkSelfTest(&process, board: board, signals: signals, options, &findings)
      try report(process, &findings, isStrict)
      findings.end()
      return ending ?? (findings.failures == 0 ? 0 : 1)
    }
    var companions = Companions(process, board: board, loaded, options, &doors)
    let latency = pc_processor_hold_awake()
    if latency < 0 {
      var line = TextLine()
      line.add("perfusiond: warning: /dev/cpu_dma_latency cannot be opened, error ")
      line.add(Int64(-latency))
      line.add("; the processor may sleep deeply and wake the loop late (udev rule of the package)")
      line.write(to: 2)
    }
    do throws(SystemError) {
      try process.start(.linux, priority: options.priority, processor: options.processor)
    } catch { throw Ending(thread: error) }
    try companions.start(isSupporting: findings.isTolerant)
    try report(process, &findings, isStrict)
    let watchdog = doors.watchdog
    var service = Service(signals: signals, watchdog: watchdog)
    let code = service.run(
      process.shared, board: board, ticks: options.ticks, period: Int64(period) * 1000)
    service.stopping()
    process.handOver()
    companions.join()
    if watchdog >= 0 { _ = pc_watchdog_close(watchdog) }
    if latency >= 0 { pc_file_close(latency) }
    if options.ticks > 0 { tellMeasures(process.shared, board, began) }
    return code
  }

  /// Says what the threads run without.
  private static func report(
    _ process: borrowing FirmwareProcess<LinuxBoard>, _ findings: inout Findings, _ isStrict: Bool
  ) throws(Ending) {
    if process.isUnprivileged { try findings.report(.priority, isStrict: isStrict) }
    if process.isUnpinned { try findings.report(.processor, isStrict: isStrict) }
  }

  /// What a run with `--ticks` measured, one JSON line.
  private static func tellMeasures(
    _ shared: SharedExchange.Reference, _ board: LinuxBoard, _ began: Int64
  ) {
    var quality = LoopQuality(periodMicroseconds: 0)
    shared.exchange { $0.finalQuality.fetch { quality = copy $0 } }
    var line = TextLine()
    @inline(never) func field(_ name: StaticString, _ value: Int64) {
      line.add(name)
      line.add(value)
    }
    let offset = board.epoch &- began
    field("{\"firstTickMicroseconds\": ", (shared.exchange { $0.firstTickDone } &+ offset) / 1000)
    field(", \"residentBytes\": ", pc_memory_resident_peak())
    field(", \"ticks\": ", Int64(quality.ticks))
    field(", \"overruns\": ", Int64(quality.overrunCount))
    field(", \"wakeUpNanoseconds\": {\"p50\": ", quality.wakeUp.percentile(0.5))
    field(", \"p99\": ", quality.wakeUp.percentile(0.99))
    field(", \"p999\": ", quality.wakeUp.percentile(0.999))
    field(", \"p9999\": ", quality.wakeUp.percentile(0.9999))
    field(", \"max\": ", quality.wakeUp.longest)
    field("}, \"executionNanoseconds\": {\"p50\": ", quality.execution.percentile(0.5))
    field(", \"p99\": ", quality.execution.percentile(0.99))
    field(", \"p9999\": ", quality.execution.percentile(0.9999))
    field(", \"max\": ", quality.execution.longest)
    line.add("}}")
    line.write(to: 1)
  }
}
