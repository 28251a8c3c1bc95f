import BoardFiles

/// Faults by name.
extension VirtualMachine {
  /// Applies a fault: see `FaultSpecification`. The one before it on the same target ends.
  public func inject(_ fault: FaultSpecification) throws(FaultRefusal) {
    let target = try directory.find(fault, hardware)
    hardware.setFault(target, fault.word, random: fork())
  }

  /// Ends a fault.
  public func clear(_ fault: FaultSpecification) throws(FaultRefusal) {
    let target = try directory.find(fault, hardware)
    hardware.setFault(target, nil, random: fork())
  }

  /// Every name that a fault may have as its target, with the words it knows.
  public var faultTargets: [String: [FaultWord]] { directory.targets.mapValues(hardware.words) }
}

extension FaultDirectory {
  /// The target of a fault that it knows.
  func find(
    _ fault: FaultSpecification, _ hardware: BoardHardware
  ) throws(FaultRefusal) -> FaultTarget {
    guard let target = targets[fault.target] else {
      let nearest = Nearest.word(to: fault.target, among: targets.keys.sorted())
      throw .unknownTarget(fault.target, nearest: nearest)
    }
    let words = hardware.words(target)
    guard words.contains(fault.word) else { throw .unsupported(fault, supported: words) }
    return target
  }
}
