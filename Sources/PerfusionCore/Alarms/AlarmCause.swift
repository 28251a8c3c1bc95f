/// A row of the interlock table as the cause of an alarm, and the pumps at which it was seen.
///
/// Several rows, and one row at several pumps, share an alarm's number; this tells them apart.
public struct AlarmCause: BitwiseCopyable, Hashable, Sendable {
  /// Number of the row as records and messages carry it: 0 for none, 1...128 a row of the machine,
  /// from 129 on a row of each pump, in the order of the interlock table.
  ///
  /// A new row goes to the end of its table, so a number never changes its meaning.
  public var row: UInt8
  /// Bit i: pump i of the board file; 0 for a row of the machine.
  public var pumps: UInt8

  /// Makes a cause out of what a record or a message carried.
  public init(row: UInt8, pumps: UInt8) {
    self.row = row
    self.pumps = pumps
  }
  /// A row of the machine.
  public init(_ row: MachineRow) { self.init(row: row.rawValue + 1, pumps: 0) }
  /// A row of pumps; bit i, pump i.
  public init(_ row: PumpRow, pumps: UInt8) { self.init(row: row.rawValue + 129, pumps: pumps) }
  /// No row is known.
  public static var none: AlarmCause { AlarmCause(row: 0, pumps: 0) }

  /// The row, when it is one of the machine that this version knows.
  public var machineRow: MachineRow? {
    row >= 1 && row <= 128 ? MachineRow(rawValue: row - 1) : nil
  }
  /// The row, when it is one of pumps that this version knows.
  public var pumpRow: PumpRow? { row >= 129 ? PumpRow(rawValue: row - 129) : nil }

  /// The condition that was met, in words; nothing for a row that is not known.
  public var words: StaticString? { machineRow?.words.condition ?? pumpRow?.words.condition }

  /// How urgent the row is by itself.
  public var priority: AlarmPriority? { machineRow?.row.priority ?? pumpRow?.row.priority }

  /// The alarm of the row; pressure of these pumps of cardioplegia has one of its own (AL-37).
  func alarm(cardioplegia: UInt8) -> AlarmID? {
    if let row = machineRow { return row.row.alarm }
    guard let row = pumpRow else { return nil }
    return row.alarm(row.row.alarm, deliversCardioplegia: pumps & cardioplegia != 0)
  }
}

extension PumpRow {
  /// The alarm at a pump: `own` but for pressure of cardioplegia, which has one of its own (AL-37).
  func alarm(_ own: AlarmID, deliversCardioplegia: Bool) -> AlarmID {
    isPressure && deliversCardioplegia ? AlarmID(37) : own
  }

  /// A row that raises another alarm at a pump of cardioplegia.
  var isPressure: Bool {
    switch self {
    case .pressureAlert, .pressureStop, .pressureHard, .pressureNotFalling: true
    default: false
    }
  }
}

/// Rows of the interlock table that tell an alarm.
public struct CauseSet: BitwiseCopyable, Equatable, Sendable {
  private var machine: UInt128 = 0
  private var pumps = InlineArray<8, UInt64>(repeating: 0)

  /// No row.
  public init() {}

  /// Puts a row of the machine in.
  public mutating func insert(_ row: MachineRow) { machine |= 1 << UInt128(row.rawValue) }
  /// Puts a row of a pump in; a pump outside 0...7 puts nothing in.
  public mutating func insert(_ row: PumpRow, pump: Int) {
    guard pump >= 0 && pump < 8 else { return }
    pumps[pump] |= 1 << UInt64(row.rawValue)
  }

  /// The pumps at which a row stands, or nothing in either sense: not in the set.
  func pumps(of row: PumpRow) -> UInt8 {
    var mask: UInt8 = 0
    for pump in 0..<8 where pumps.span[pump] & (1 << UInt64(row.rawValue)) != 0 {
      mask |= 1 << UInt8(pump)
    }
    return mask
  }

  /// The row is in the set, at one of the cause's pumps if it is one of pumps.
  func contains(_ cause: AlarmCause) -> Bool {
    if let row = cause.machineRow { return machine & (1 << UInt128(row.rawValue)) != 0 }
    return cause.pumpRow.map { pumps(of: $0) & cause.pumps != 0 } ?? false
  }

  /// Takes the first row out, with all its pumps that share an alarm.
  mutating func takeFirst(cardioplegia: UInt8) -> AlarmCause? {
    if machine != 0 {
      let index = UInt8(machine.trailingZeroBitCount)
      machine &= machine &- 1
      return AlarmCause(row: index + 1, pumps: 0)
    }
    var rows: UInt64 = 0
    for pump in 0..<8 { rows |= pumps.span[pump] }
    guard rows != 0, let row = PumpRow(rawValue: UInt8(rows.trailingZeroBitCount)) else {
      return nil
    }
    var mask = pumps(of: row)
    if row.isPressure, mask & ~cardioplegia != 0 { mask &= ~cardioplegia }
    for pump in 0..<8 where mask & (1 << UInt8(pump)) != 0 {
      pumps[pump] &= ~(1 << UInt64(row.rawValue))
    }
    return AlarmCause(row, pumps: mask)
  }

  /// Rows of the left set that are not in the right one.
  public static func - (left: CauseSet, right: CauseSet) -> CauseSet {
    var rest = left
    rest.machine &= ~right.machine
    for pump in 0..<8 { rest.pumps[pump] &= ~right.pumps.span[pump] }
    return rest
  }

  /// The same rows at the same pumps.
  public static func == (left: CauseSet, right: CauseSet) -> Bool {
    var differs: UInt64 = 0
    for pump in 0..<8 { differs |= left.pumps.span[pump] ^ right.pumps.span[pump] }
    return differs == 0 && left.machine == right.machine
  }
}
