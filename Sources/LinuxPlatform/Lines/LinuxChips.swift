public import ChipDrivers
internal import CLinux

/// The GPIO chips of this machine, listed once.
public struct LinuxChips: GPIOChips {
  private var chips = InlineArray<32, GPIOChip>(
    repeating: GPIOChip(path: Identifier(), label: Identifier(), lines: 0))
  /// How many there are, 32 at most.
  public private(set) var count = 0

  /// Lists them.
  public init() {
    var found = InlineArray<32, pc_gpio_chip>(repeating: pc_gpio_chip())
    var span = found.mutableSpan
    let total = unsafe span.withUnsafeMutableBufferPointer { buffer in
      unsafe pc_gpio_chips(buffer.baseAddress, 32)
    }
    count = min(max(Int(total), 0), 32)
    for index in 0..<count { chips[index] = LinuxChips.description(&found[index]) }
  }

  private static func description(_ chip: inout pc_gpio_chip) -> GPIOChip {
    let path = unsafe withUnsafeBytes(of: &chip.path) { unsafe LinuxChips.name($0) }
    let label = unsafe withUnsafeBytes(of: &chip.label) { unsafe LinuxChips.name($0) }
    let problem = chip.error < 0 ? SystemError(result: chip.error) : nil
    return GPIOChip(path: path, label: label, lines: Int(chip.lines), problem: problem)
  }

  static func name(_ bytes: UnsafeRawBufferPointer) -> Identifier {
    var length = 0
    while unsafe length < bytes.count && bytes[length] != 0 { length += 1 }
    let all = unsafe Span<UInt8>(_unsafeBytes: bytes)
    return Identifier(bytes: all.extracting(first: length))
  }

  /// One of them.
  public func chip(_ index: Int) -> GPIOChip { chips.span[index] }

  /// The offset of a line by its name.
  public func offset(of name: Identifier, on chip: GPIOChip) -> Int? {
    let found = unsafe chip.path.withCString { path in
      unsafe name.withCString { unsafe pc_gpio_find(path, $0) }
    }
    return found >= 0 ? Int(found) : nil
  }
}
