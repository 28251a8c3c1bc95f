import PerfusionCore

/// Microchip 24LC256, 32 KiB EEPROM (data sheet DS21203).
///
/// Net 0: the WP pin, 1 protects the whole array. A write is acknowledged byte by byte, wraps
/// inside its page of 64 bytes and then takes 5 ms, in which the chip does not acknowledge. Power
/// that fails in those 5 ms leaves the page erased.
/// `stuck`: writes change nothing. `wrong`: an address line is open, every access goes to the
/// neighbouring page. `slow`: a write takes 50 ms.
public final class EEPROM24LC256Model: FaultyChip {
  /// Bytes of the array.
  public static let capacity = 32_768
  private static let page = 64
  private static let writeCycle: Int64 = 5_000

  private var contents: [UInt8]
  private var staged = InlineArray<64, UInt8>(repeating: 0)
  private var isStaged = InlineArray<64, Bool>(repeating: false)
  private var stagedPage = -1
  private var address = 0
  private var busyUntil: Int64 = -1_000_000

  /// An erased part whose WP pin is net `firstNet`.
  public init(nets: Nets, firstNet: Int) {
    contents = Array(repeating: 0xFF, count: Self.capacity)
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(inputs: 1, faults: FaultWord.ofSensors.filter { $0 != .delayed }))
  }

  /// Puts bytes into the array as a programmer on the bench would; what does not fit is cut off.
  public func program(_ bytes: [UInt8], at offset: Int) {
    for (index, byte) in bytes.enumerated() where (0..<Self.capacity).contains(offset + index) {
      contents[offset + index] = byte
    }
  }

  override func restart(at now: Instant) {
    if stagedPage >= 0, now.microseconds < busyUntil {
      for slot in 0..<Self.page {
        contents[stagedPage + slot] = 0xFF
        isStaged[slot] = false
      }
      stagedPage = -1
    }
    settle(at: now)
    busyUntil = now.microseconds
    address = 0
  }

  override func accept(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    guard now.microseconds >= busyUntil else { return false }
    settle(at: now)
    guard bytes.count >= 2 else { return true }
    address = (Int(bytes[0]) << 8 | Int(bytes[1])) & (Self.capacity - 1)
    guard bytes.count > 2 else { return true }
    let isProtected = nets.value(firstNet, at: now) >= 0.5
    let page = place(address) & ~(Self.page - 1)
    for index in 2..<bytes.count {
      let slot = address & (Self.page - 1)
      if !isProtected, fault != .stuck {
        staged[slot] = bytes[index]
        isStaged[slot] = true
        stagedPage = page
      }
      address = address & ~(Self.page - 1) | (slot + 1) & (Self.page - 1)
    }
    if !isProtected {
      busyUntil = now.microseconds &+ Self.writeCycle &* (fault == .slow ? 10 : 1)
    }
    return true
  }

  override func answer(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool {
    guard now.microseconds >= busyUntil else { return false }
    settle(at: now)
    for index in bytes.indices {
      bytes[index] = contents[place(address)]
      address = (address + 1) & (Self.capacity - 1)
    }
    return true
  }

  private func place(_ address: Int) -> Int { fault == .wrong ? address ^ Self.page : address }

  private func settle(at now: Instant) {
    guard stagedPage >= 0, now.microseconds >= busyUntil else { return }
    for slot in 0..<Self.page where isStaged[slot] {
      contents[stagedPage + slot] = staged[slot]
      isStaged[slot] = false
    }
    stagedPage = -1
  }
}
