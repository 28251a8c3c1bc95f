public import ChipDrivers

/// A GPIO chip as the kernel describes it.
public struct GPIOChip: BitwiseCopyable, Sendable {
  /// Its device node.
  public var path: Identifier
  /// Its label.
  public var label: Identifier
  /// How many lines it has.
  public var lines: Int
  /// Why it could not be opened; nothing when it could.
  public var problem: SystemError?
  /// Makes a description.
  public init(path: Identifier, label: Identifier, lines: Int, problem: SystemError? = nil) {
    self.path = path
    self.label = label
    self.lines = lines
    self.problem = problem
  }
}

/// The GPIO chips of a machine: Linux, or a table in a test.
public protocol GPIOChips {
  /// How many there are.
  var count: Int { get }
  /// One of them.
  func chip(_ index: Int) -> GPIOChip
  /// The offset of a line by its name on a chip; nothing when the chip has none of this name.
  func offset(of name: Identifier, on chip: GPIOChip) -> Int?
}

/// Where a line of the board file is on this machine.
public struct LinePlace: Equatable, BitwiseCopyable, Sendable {
  /// Device node of its chip.
  public var path: Identifier
  /// Offset on it.
  public var offset: Int
  /// Makes a place.
  public init(path: Identifier, offset: Int) {
    self.path = path
    self.offset = offset
  }
}

/// Why a line cannot be used.
public enum LineProblem: Error, Equatable, BitwiseCopyable, Sendable {
  /// The kernel shows no GPIO chip: it is built without the character devices, or has no GPIO.
  case noChips
  /// No chip has the label that the board file or `--chip` names.
  case chipMissing(Identifier)
  /// Two chips have it.
  case chipAmbiguous(Identifier)
  /// No chip has a line of this name.
  case missing
  /// Two chips have one.
  case ambiguous
  /// The chip has no line at this offset, only so many.
  case beyond(lines: Int)
  /// Somebody else holds it: who.
  case busy(Identifier)
  /// This user may not open the chip at this node.
  case denied(Identifier)
  /// The kernel refused for another reason.
  case failed(SystemError)
}

/// A GPIO chip that the command line puts in the place of a label.
public struct ChipOverride: BitwiseCopyable, Sendable {
  /// The label in the board file.
  public var label: Identifier
  /// The device node to use.
  public var path: Identifier
  /// Makes an override.
  public init(label: Identifier, path: Identifier) {
    self.label = label
    self.path = path
  }
}

/// Finds the lines of a board file among the GPIO chips of a machine.
public struct LineFinder<Chips: GPIOChips> {
  private let chips: Chips
  private let overrides: FixedOverrides

  /// A finder over these chips.
  public init(_ chips: Chips, overrides: FixedOverrides = FixedOverrides()) {
    self.chips = chips
    self.overrides = overrides
  }

  /// The place of a line.
  public func place(of line: LineWiring) throws(LineProblem) -> LinePlace {
    guard chips.count > 0 else { throw .noChips }
    guard line.chipLabel == Identifier() else { return try labelled(line) }
    return try named(line)
  }

  private func labelled(_ line: LineWiring) throws(LineProblem) -> LinePlace {
    let chip = try chip(labelled: line.chipLabel)
    if let problem = chip.problem { throw refusal(problem, chip) }
    guard line.offset < 0 else {
      guard Int(line.offset) < chip.lines else { throw .beyond(lines: chip.lines) }
      return LinePlace(path: chip.path, offset: Int(line.offset))
    }
    guard let offset = chips.offset(of: line.lineName, on: chip) else { throw .missing }
    return LinePlace(path: chip.path, offset: offset)
  }

  private func chip(labelled label: Identifier) throws(LineProblem) -> GPIOChip {
    let wanted = overrides.path(of: label)
    var found: GPIOChip?
    for index in 0..<chips.count {
      let chip = chips.chip(index)
      guard wanted.map({ $0 == chip.path }) ?? (chip.label == label) else { continue }
      if found != nil { throw .chipAmbiguous(label) }
      found = chip
    }
    guard let found else {
      for index in 0..<chips.count {
        // A chip that cannot be opened hides its label.
        if let problem = chips.chip(index).problem { throw refusal(problem, chips.chip(index)) }
      }
      throw .chipMissing(wanted ?? label)
    }
    return found
  }

  private func named(_ line: LineWiring) throws(LineProblem) -> LinePlace {
    var found: LinePlace?
    var refused: LineProblem?
    for index in 0..<chips.count {
      let chip = chips.chip(index)
      if let problem = chip.problem {
        refused = refusal(problem, chip)
        continue
      }
      guard let offset = chips.offset(of: line.lineName, on: chip) else { continue }
      if found != nil { throw .ambiguous }
      found = LinePlace(path: chip.path, offset: offset)
    }
    guard let found else { throw refused ?? .missing }
    return found
  }

  private func refusal(_ error: SystemError, _ chip: GPIOChip) -> LineProblem {
    error == .denied || error == .notPermitted ? .denied(chip.path) : .failed(error)
  }
}

/// At most eight overrides.
public struct FixedOverrides: Sendable {
  private var overrides = InlineArray<8, ChipOverride>(
    repeating: ChipOverride(label: Identifier(), path: Identifier()))
  /// How many there are.
  public private(set) var count = 0

  /// None.
  public init() {}

  /// Adds one; false when there is no room.
  public mutating func append(_ override: ChipOverride) -> Bool {
    guard count < 8 else { return false }
    overrides[count] = override
    count += 1
    return true
  }

  /// The label of one of them.
  public func label(_ index: Int) -> Identifier { overrides.span[index & 7].label }

  /// The node that stands for a label; nothing when none was given.
  public func path(of label: Identifier) -> Identifier? {
    for index in 0..<count where overrides.span[index].label == label {
      return overrides.span[index].path
    }
    return nil
  }
}
