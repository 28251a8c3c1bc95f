import CircuitModel
public import PerfusionCore

/// The plant's numbers by name, for case files: `systemicResistance`, `arterial.leakFirst`.
public struct PlantNumbers {
  private enum Place {
    case circuit(any WritableKeyPath<CircuitParameters, Double> & Sendable)
    case pump(Int, any WritableKeyPath<PlantPump, Double> & Sendable)
  }
  private var places: [String: Place] = [:]
  /// What case files may change, with units.
  public let vocabulary: PlantVocabulary

  /// The numbers of the plant around a machine, those of its pumps by their roles.
  public init(_ machine: MachineConfiguration) {
    var units: [String: String] = [:]
    for parameter in CircuitParameters.named {
      units[parameter.name] = parameter.unit == "1" ? "" : parameter.unit
      places[parameter.name] = .circuit(parameter.path)
    }
    for index in machine.pumps.indices {
      for parameter in PlantPump.named {
        let name = "\(machine.pumps[index].role).\(parameter.name)"
        units[name] = parameter.unit == "1" ? "" : parameter.unit
        places[name] = .pump(index, parameter.path)
      }
    }
    vocabulary = PlantVocabulary(units: units)
  }

  func value(_ name: String, of parameters: CircuitParameters) -> Double? {
    switch places[name] {
    case .circuit(let path): parameters[keyPath: path]
    case .pump(let index, let path): parameters.pumps.element(at: index)?[keyPath: path]
    case nil: nil
    }
  }

  func set(_ name: String, to value: Double, of parameters: inout CircuitParameters) -> Bool {
    switch places[name] {
    case .circuit(let path): parameters[keyPath: path] = value
    case .pump(let index, let path):
      guard index < parameters.pumps.count else { return false }
      parameters.pumps[index][keyPath: path] = value
    case nil: return false
    }
    return true
  }
}
