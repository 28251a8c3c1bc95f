public import PerfusionCore

/// Reads `Inputs` messages tick by tick; the bytes may be anything.
public struct InputsDecoder: Sendable {
  /// What the controller was told in the present tick.
  public private(set) var sensors = SensorSnapshot()
  /// Number of the present tick since the controller began.
  public private(set) var tick: UInt64 = 0
  /// The moment of the present tick.
  public private(set) var now = Instant.start
  /// Ticks that were lost before the present one.
  public private(set) var lost: UInt64 = 0
  /// A complete tick has been read, so that the present one is understood.
  public private(set) var isSynchronised = false

  private var live = LiveReadings()
  private var period: Int64 = 0

  /// A decoder that waits for a complete tick.
  public init() {}

  /// Forgets all: the next tick must be a complete one.
  public mutating func reset() { self = InputsDecoder() }

  /// Reads one message and calls `body` after each of its ticks, until one returns false.
  ///
  /// - Returns: false when the bytes are no `Inputs` message.
  public mutating func read(
    _ message: UnsafeRawBufferPointer, _ body: (InputsDecoder) -> Bool
  ) -> Bool {
    var reader = unsafe ByteReader(message)
    var hasEnded = false
    guard apply(&reader, isFollowing: false, &hasEnded, body) else { return false }
    return true
  }

  /// Takes in one tick, and those that follow in the same message.
  private mutating func apply(
    _ reader: inout ByteReader, isFollowing: Bool, _ hasEnded: inout Bool,
    _ body: (InputsDecoder) -> Bool
  ) -> Bool {
    var moment = TickMoment()
    var isReported = false
    while let field = reader.field() {
      if field.number < InputField.firstReading {
        moment.take(field)
        continue
      }
      if !moment.isTaken { begin(&moment) }
      guard field.number == InputField.next, !isFollowing else {
        guard take(field) else { return false }
        continue
      }
      if !isReported { hasEnded = !report(body) }
      isReported = true
      if hasEnded { return true }
      var inner = unsafe ByteReader(field.bytes)
      guard apply(&inner, isFollowing: true, &hasEnded, body) else { return false }
      if hasEnded { return true }
    }
    if !moment.isTaken { begin(&moment) }
    if !isReported && !reader.hasFailed { hasEnded = !report(body) }
    return !reader.hasFailed
  }

  private func report(_ body: (InputsDecoder) -> Bool) -> Bool {
    isSynchronised ? body(self) : true
  }

  private mutating func begin(_ moment: inout TickMoment) {
    moment.isTaken = true
    lost = moment.lost
    if moment.isComplete {
      sensors = SensorSnapshot()
      live = LiveReadings()
      period = moment.period
      tick = moment.tick
      now = Instant(microseconds: moment.microseconds)
      isSynchronised = true
      return
    }
    tick = moment.tick != 0 ? moment.tick : tick &+ 1
    now = now.advanced(microseconds: period &+ moment.shift)
    live.retake(&sensors, now)
  }

  private mutating func take(_ field: WireField) -> Bool {
    let place = Int(field.number)
    if field.number == InputField.chipsLost {
      sensors.chipsLost = field.bits &- 1
      return true
    }
    if field.number == InputField.platformFindings {
      sensors.platform.bits = UInt32(truncatingIfNeeded: field.bits &- 1)
      return true
    }
    if field.number == InputField.civilTime {
      sensors.civilTime = field.signed &- 1
      return true
    }
    return switch InputPlace(field.number) {
    case .pressure(let site): keep(field.reading(now), place) { $0.pressures[site] = $1 }
    case .flow(let site): keep(field.reading(now), place) { $0.flows[site] = $1 }
    case .temperature(let site): keep(field.reading(now), place) { $0.temperatures[site] = $1 }
    case .air(let site): keep(field.reading(now), place) { $0.air[site] = $1 }
    case .switchInput(let site): keep(field.reading(now), place) { $0.switches[site] = $1 }
    case .occlusionGap(let pump): keep(field.reading(now), place) { $0.occlusionGaps[pump] = $1 }
    case .reservoirVolume: keep(field.reading(now), place) { $0.reservoirVolume = $1 }
    case .venousOccluderOpening:
      keep(field.reading(now), place) { $0.venousOccluderOpening = $1 }
    case .batteryVoltage: keep(field.reading(now), place) { $0.supply.batteryVoltage = $1 }
    case .batteryCurrent: keep(field.reading(now), place) { $0.supply.batteryCurrent = $1 }
    case .batteryCharge: keep(field.reading(now), place) { $0.supply.batteryCharge = $1 }
    case .pump(let pump): takePump(pump, field)
    case nil: true
    }
  }

  private mutating func takePump(_ pump: Int, _ message: WireField) -> Bool {
    var reader = unsafe ByteReader(message.bytes)
    while let field = reader.field() {
      let place = LiveReadings.place(pump: pump, field: field.number & 7)
      let isKept =
        switch field.number {
        case 1: keep(field.reading(now), place) { $0.pumps[pump].rotor = $1 }
        case 2: keep(field.reading(now), place) { $0.pumps[pump].current = $1 }
        case 3: keep(field.reading(now), place) { $0.pumps[pump].driveAlive = $1 }
        case 4: keep(field.reading(now), place) { $0.pumps[pump].driveFault = $1 }
        case 5: keep(field.reading(now), place) { $0.pumps[pump].torqueIsOff = $1 }
        case 6: keep(field.reading(now), place) { $0.pumps[pump].coverIsOpen = $1 }
        default: true
        }
      guard isKept else { return false }
    }
    return !reader.hasFailed
  }

  @inline(__always)
  private mutating func keep<Value>(
    _ reading: Reading<Value>?, _ place: Int,
    _ put: (inout SensorSnapshot, Reading<Value>) -> Void
  ) -> Bool {
    guard let reading else { return false }
    live.note(place, reading, now)
    put(&sensors, reading)
    return true
  }
}

/// The fields of a tick that stand before its readings.
struct TickMoment {
  var tick: UInt64 = 0
  var microseconds: Int64 = 0
  var shift: Int64 = 0
  var period: Int64 = 0
  var lost: UInt64 = 0
  var isComplete = false
  /// The decoder has gone on to this tick.
  var isTaken = false

  mutating func take(_ field: WireField) {
    switch field.number {
    case InputField.tick: tick = field.bits
    case InputField.moment: microseconds = field.signed
    case InputField.momentShift: shift = field.zigzag
    case InputField.period: period = field.signed
    case InputField.isComplete: isComplete = field.bits != 0
    case InputField.lostTicks: lost = field.bits
    default: break
    }
  }
}
