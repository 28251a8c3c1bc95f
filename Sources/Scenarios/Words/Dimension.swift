/// What kind of quantity a number is, with the unit in which scenarios count and print it.
public enum Dimension: UInt8, Sendable, CaseIterable {
  /// mmHg.
  case pressure
  /// L/min.
  case flow
  /// degC.
  case temperature
  /// K.
  case temperatureDifference
  /// ml.
  case volume
  /// rpm.
  case speed
  /// Seconds.
  case time
  /// A share, written in percent, counted 0...1.
  case fraction
  /// ml/rev.
  case strokeVolume
  /// A.
  case current
  /// V.
  case voltage
  /// Ah.
  case charge
  /// W.
  case power
  /// A plain number: ratios, counts, revolutions.
  case number
  /// A word of an enumeration.
  case word
  /// Beats a minute.
  case rate

  /// The unit as it is printed, empty for plain numbers and words.
  public var unit: String {
    switch self {
    case .pressure: "mmHg"
    case .flow: "L/min"
    case .temperature: "degC"
    case .temperatureDifference: "K"
    case .volume: "ml"
    case .speed: "rpm"
    case .time: "s"
    case .fraction: "%"
    case .strokeVolume: "ml/rev"
    case .current: "A"
    case .voltage: "V"
    case .charge: "Ah"
    case .power: "W"
    case .rate: "/min"
    case .number, .word: ""
    }
  }

  /// What a difference of two such quantities is.
  public var ofDifference: Dimension { self == .temperature ? .temperatureDifference : self }

  /// How a message names it, with an example of how to write it.
  public var described: String {
    switch self {
    case .pressure: "a pressure such as \"300 mmHg\""
    case .flow: "a flow such as \"4.5 L/min\""
    case .temperature: "a temperature such as \"36.5 degC\""
    case .temperatureDifference: "a temperature difference such as \"0.7 K\""
    case .volume: "a volume such as \"500 ml\""
    case .speed: "a speed such as \"100 rpm\""
    case .time: "a time such as \"12 min 30 s\""
    case .fraction: "a share such as \"25 %\""
    case .strokeVolume: "a stroke volume such as \"45 ml/rev\""
    case .current: "a current such as \"2 A\""
    case .voltage: "a voltage such as \"24 V\""
    case .charge: "a charge such as \"4 Ah\""
    case .power: "a power such as \"1800 W\""
    case .rate: "a rate such as \"70 /min\""
    case .number: "a plain number"
    case .word: "a word"
    }
  }

  /// A number in base units as a person reads it, without its unit.
  public func shown(_ base: Double) -> String {
    shortNumber(self == .fraction ? base * 100 : base)
  }

  /// A number in base units with its unit.
  public func text(_ base: Double) -> String {
    unit.isEmpty ? shown(base) : shown(base) + " " + unit
  }
}
