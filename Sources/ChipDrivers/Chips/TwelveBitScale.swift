/// Volts to codes of a 12-bit DAC.
@usableFromInline struct TwelveBitScale: BitwiseCopyable, Sendable {
  @usableFromInline let codesPerVolt: Double

  /// `reference` in volts stands at 4096 counts; without one every code is 0.
  @inlinable init(reference: Double) { codesPerVolt = reference > 0 ? 4096 / reference : 0 }

  /// The code of a voltage, held in 0...4095.
  @inlinable func code(_ volts: Double) -> UInt16 {
    Words.code(volts * codesPerVolt, highest: 4095)
  }
}
