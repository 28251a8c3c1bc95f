/// Offsets of the pressure transducers, taken while they are open to air.
public struct PressureZeros: Sendable {
  /// Largest offset that is accepted as a zero, 20 mmHg (docs/domain.md C1).
  public static var largest: Pressure { Pressure(millimetersOfMercury: 20) }

  private var offsets = SiteTable<PressureSite, Pressure>(repeating: .zero)
  private var zeroed: UInt16 = 0

  /// Nothing has been zeroed.
  public init() {}

  /// Takes a reading as the zero of its site.
  ///
  /// - Returns: the refusal when the reading cannot be used or its offset is too large.
  public mutating func zero(_ site: PressureSite, reading: Reading<Pressure>) -> Refusal? {
    guard let value = reading.usable else { return .readingUnusable }
    guard value.magnitude <= PressureZeros.largest else { return .offsetTooLarge }
    offsets[site] = value
    zeroed |= 1 << UInt16(site.rawValue)
    return nil
  }

  /// The offset of a site.
  public func offset(_ site: PressureSite) -> Pressure { offsets[site] }

  /// A site has been zeroed since this circuit was built.
  public func isZeroed(_ site: PressureSite) -> Bool {
    zeroed & (1 << UInt16(site.rawValue)) != 0
  }

  /// The readings less their offsets.
  public func corrected(
    _ readings: SiteTable<PressureSite, Reading<Pressure>>
  ) -> SiteTable<PressureSite, Reading<Pressure>> {
    var result = readings
    guard zeroed != 0 else { return result }
    var bits = zeroed
    while bits != 0 {
      if let site = PressureSite(rawValue: UInt8(bits.trailingZeroBitCount)) {
        result[site].value -= offsets[site]
      }
      bits &= bits &- 1
    }
    return result
  }
}

extension PressureZeros {
  /// Passes the offsets through a record.
  mutating func pass(_ buffer: inout RecordBuffer) {
    buffer.pass(&zeroed)
    for index in 0..<PressureSite.count {
      guard let site = PressureSite(rawValue: UInt8(index)) else { continue }
      buffer.pass(&offsets[site])
      if offsets[site].magnitude > PressureZeros.largest { buffer.fail(.malformed) }
    }
  }
}
