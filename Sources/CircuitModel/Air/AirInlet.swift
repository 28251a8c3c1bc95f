/// Where air is put into the circuit.
public enum AirInlet: UInt8, Sendable, BitwiseCopyable, CaseIterable {
  /// Venous cannula.
  case venousCannula
  /// Outlet of the reservoir, or the drainage just before the pump.
  case pumpInlet
  /// Between pump and oxygenator, which holds part of it back.
  case beforeOxygenator
  /// Outlet of the oxygenator.
  case arterialLine
  /// Arterial line, just in front of the arterial air detector.
  case arterialDetector
  /// Cardioplegia line.
  case cardioplegiaLine
  /// Portal vein line of a perfused liver.
  case portalVeinLine
}
