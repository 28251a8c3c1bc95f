/// A place on the machine that has an entry in a fixed table.
///
/// The case names are the identifiers of the board file, the log and the screen.
public protocol Site: RawRepresentable, BitwiseCopyable, Sendable where RawValue == UInt8 {
  /// How many sites of this kind there are; raw values are `0..<count`.
  static var count: Int { get }
}

/// One element for each site of a kind.
public struct SiteTable<Place: Site, Element: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline var slots: InlineArray<16, Element>

  /// Makes a table with the same element everywhere.
  @inlinable public init(repeating element: Element) { slots = InlineArray(repeating: element) }

  /// The element of a site as by the subscript, read in place: mutating only for that.
  @inlinable public mutating func read(_ site: Place) -> Element {
    slots[Int(site.rawValue & 15)]
  }

  /// The element of a site.
  @inlinable public subscript(site: Place) -> Element {
    get { slots.span[Int(site.rawValue & 15)] }
    // In place: through getter and setter a change of one element would copy all sixteen.
    _modify { yield &slots[Int(site.rawValue & 15)] }
  }
}

/// Where a pressure is measured.
public enum PressureSite: UInt8, Site {
  /// Arterial line after the oxygenator and filter: the pressure the pump is limited by.
  case arterialLinePressure
  /// Before the oxygenator, at the pump outlet.
  case preOxygenatorPressure
  /// Pump inlet; negative under suction.
  case pumpInletPressure
  /// Cardioplegia delivery line.
  case cardioplegiaLinePressure
  /// Aortic root or coronary sinus, where cardioplegia arrives.
  case cardioplegiaRootPressure
  /// Vent line.
  case ventPressure
  /// Gas space of the venous reservoir (vacuum-assisted drainage).
  case reservoirPressure
  /// Patient's mean arterial pressure, from the monitor or a radial line.
  case arterialPressure
  /// Patient's central venous pressure.
  case venousPressure
  /// Hepatic or renal artery of a perfused organ.
  case organArteryPressure
  /// Portal vein of a perfused liver.
  case portalVeinPressure
  /// Venous outflow of a perfused organ.
  case organVeinPressure
  /// How many pressure sites there are.
  public static var count: Int { 12 }
}

/// Where a flow is measured.
public enum FlowSite: UInt8, Site {
  /// Arterial line.
  case arterialFlow
  /// Venous line.
  case venousFlow
  /// Cardioplegia delivery line, blood and crystalloid together.
  case cardioplegiaFlow
  /// Crystalloid line before it joins the blood.
  case crystalloidFlow
  /// Hepatic or renal artery of a perfused organ.
  case organArteryFlow
  /// Portal vein of a perfused liver.
  case portalVeinFlow
  /// Water through the patient heat exchanger.
  case patientWaterFlow
  /// Water through the cardioplegia heat exchanger.
  case cardioplegiaWaterFlow
  /// How many flow sites there are.
  public static var count: Int { 8 }
}

/// Where a temperature is measured.
public enum TemperatureSite: UInt8, Site {
  /// Blood at the oxygenator outlet: the surrogate for the brain (docs/domain.md 5.1).
  case arterialBloodTemperature
  /// Second sensor at the oxygenator outlet.
  case arterialBloodTemperatureSecond
  /// Venous blood entering the oxygenator.
  case venousBloodTemperature
  /// Patient, nasopharynx.
  case nasopharyngealTemperature
  /// Patient, bladder or rectum.
  case bladderTemperature
  /// Cardioplegia as delivered.
  case cardioplegiaTemperature
  /// Water tank of the patient circuit.
  case patientBathTemperature
  /// Second sensor in that tank, read by nothing but the cross-check.
  case patientBathTemperatureSecond
  /// Water tank of the cardioplegia circuit.
  case cardioplegiaBathTemperature
  /// Second sensor in that tank.
  case cardioplegiaBathTemperatureSecond
  /// Inside the controller's housing.
  case electronicsTemperature
  /// The perfused organ.
  case organTemperature
  /// How many temperature sites there are.
  public static var count: Int { 12 }
}

/// Where an air detector sits.
public enum AirSite: UInt8, Site {
  /// Arterial line before the cannula.
  case arterialBubble
  /// Venous line.
  case venousBubble
  /// Cardioplegia line.
  case cardioplegiaBubble
  /// Portal vein line of a perfused liver.
  case portalVeinBubble
  /// How many air sites there are.
  public static var count: Int { 4 }
}

/// A two-state input. True is the state that the name says.
public enum SwitchSite: UInt8, Site {
  /// The arterial clamp is fully open (its own position switch).
  case arterialClampIsOpen
  /// The arterial clamp is fully closed (its own position switch).
  case arterialClampIsClosed
  /// Capacitive sticker at the alert level sees fluid.
  case reservoirAboveAlert
  /// Capacitive sticker at the alarm level sees fluid.
  case reservoirAboveAlarm
  /// First emergency-stop contact is pressed.
  case emergencyStopFirst
  /// Second emergency-stop contact is pressed.
  case emergencyStopSecond
  /// Mains is good.
  case mainsGood
  /// Patient water tank holds enough water.
  case patientBathFilled
  /// Cardioplegia water tank holds enough water.
  case cardioplegiaBathFilled
  /// The independent over-temperature cut-out of the patient circuit has tripped.
  case patientCutOutTripped
  /// The independent over-temperature cut-out of the cardioplegia circuit has tripped.
  case cardioplegiaCutOutTripped
  /// The window watchdog is content.
  case watchdogGood
  /// How many switch sites there are.
  public static var count: Int { 12 }
}
