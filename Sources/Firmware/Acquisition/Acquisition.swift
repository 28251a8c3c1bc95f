public import ChipDrivers
public import PerfusionCore

/// Turns what chips and lines delivered into the controller's snapshot.
///
/// Loss shows as quality and nothing else: no value is made up. A channel that has not changed
/// since the tick before is only looked at for its age.
public struct Acquisition: Sendable {
  var channels = InlineArray<64, SensorEntry>(repeating: SensorEntry())
  var watches = InlineArray<64, SensorWatch>(repeating: SensorWatch())
  var channelCount = 0
  var lines = InlineArray<64, SensorEntry>(repeating: SensorEntry())
  var lineWatches = InlineArray<64, SensorWatch>(repeating: SensorWatch())
  var lineCount = 0
  var curves = CurveTable()
  var detectors = InlineArray<4, AirDetector>(repeating: AirDetector())
  var tachometers = InlineArray<8, Tachometer>(repeating: Tachometer())
  var roles = InlineArray<64, LineRole>(repeating: .none)
  var test: AirTest
  var previousTick = Instant.start
  /// Edges that came on lines nobody listens to, or from the future of their tick.
  public private(set) var strayEdges: UInt64 = 0
  /// Chips with a sensor that an interlock needs; bit i is chip i of the wiring.
  @usableFromInline private(set) var safetyChips: UInt64 = 0

  /// What captured edges of a line mean.
  enum LineRole: BitwiseCopyable, Sendable {
    case none
    case air(UInt8)
    case tachometer(UInt8)
  }

  /// The acquisition of a board.
  public init(_ wiring: borrowing BoardWiring) {
    curves = CurveTable(wiring)
    test = AirTest(wiring)
    for index in wiring.sensors.indices {
      guard let entry = SensorEntry(wiring.sensors[index], wiring) else { continue }
      add(entry, wiring)
    }
  }

  private mutating func add(_ entry: SensorEntry, _ wiring: borrowing BoardWiring) {
    if entry.isSafetySensor, let chip = entry.chip { safetyChips |= 1 << UInt64(chip & 63) }
    guard case .line(let line) = entry.source else {
      if case .channel = entry.source { addChannel(entry) } else { addLine(entry) }
      return
    }
    addLine(entry)
    guard line < 64, let wired = wiring.lines.element(at: Int(line)), wired.edge == .both else {
      return
    }
    switch entry.site {
    case .air(let site): roles[Int(line)] = .air(site.rawValue & 3)
    case .rotor(let pump) where pump < 8: roles[Int(line)] = .tachometer(pump)
    default: break
    }
  }

  private mutating func addChannel(_ entry: SensorEntry) {
    guard channelCount < 64 else { return }
    channels[channelCount] = entry
    watches[channelCount] = SensorWatch(entry)
    channelCount += 1
  }

  private mutating func addLine(_ entry: SensorEntry) {
    guard lineCount < 64 else { return }
    lines[lineCount] = entry
    lineWatches[lineCount] = SensorWatch(entry)
    lineCount += 1
  }

  /// Takes a captured edge, in the order of time.
  public mutating func take(_ edge: LineEdgeEvent) {
    guard edge.line < 64 else {
      strayEdges &+= 1
      return
    }
    switch roles[Int(edge.line)] {
    case .none: strayEdges &+= 1
    case .air(let site): detectors[Int(site)].edge(isAir: edge.isAsserted, at: edge.at)
    case .tachometer(let pump): tachometers[Int(pump)].edge(at: edge.at)
    }
  }

  /// Brings the snapshot to `now`. `levels` are the GPIO inputs; nothing when they could not be
  /// read. Sensors on lines that are `missing` are faulted.
  ///
  /// The exchange is only read; it is passed in place because a borrowed one is copied as a whole.
  public mutating func acquire(
    now: Instant, levels: LineLevels?, missing: LineLevels = 0, exchange: inout ChipExchange,
    into snapshot: inout SensorSnapshot
  ) {
    for index in 0..<channelCount { acquireChannel(index, now, &exchange, &snapshot) }
    for index in 0..<lineCount { acquireLine(index, now, levels, missing, &exchange, &snapshot) }
    previousTick = now
  }

  /// Whether the test line of the air detectors is driven in this tick.
  @usableFromInline mutating func advanceTest(now: Instant, isRequested: Bool) -> Bool {
    switch test.advance(now: now, isRequested: isRequested) {
    case .none: break
    case .begin: for site in 0..<4 { detectors[site].beginTest(now: now) }
    case .end: for site in 0..<4 { detectors[site].endTest(now: now) }
    }
    return test.isDriven
  }
}
