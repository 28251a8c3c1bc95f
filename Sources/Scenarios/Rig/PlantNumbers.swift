import CircuitModel

/// The plant's numbers by name, for case files.
public enum PlantNumbers {
  /// What case files may change, with units.
  public static var vocabulary: PlantVocabulary {
    PlantVocabulary(units: ["systemicResistance": "mmHg/(L/min)", "arterialCompliance": "ml/mmHg"])
  }

  static func value(_ name: String, of parameters: CircuitParameters) -> Double? {
    switch name {
    case "systemicResistance": parameters.systemicResistance
    case "arterialCompliance": parameters.arterialCompliance
    default: nil
    }
  }

  static func set(_ name: String, to value: Double, of parameters: inout CircuitParameters) -> Bool
  {
    switch name {
    case "systemicResistance": parameters.systemicResistance = value
    case "arterialCompliance": parameters.arterialCompliance = value
    default: return false
    }
    return true
  }
}
