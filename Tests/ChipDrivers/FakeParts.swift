import ChipDrivers
import PerfusionCore

/// Well-behaved fakes, written for these tests from the data sheets' register tables.
enum FakeParts {
  /// Converts whatever input `volts` names for the selected multiplexer setting.
  static func ads1115(busyReads: Int = 0, _ volts: @escaping (Int) -> Double) -> WordChip {
    let chip = WordChip([0: [0, 0], 1: [0x85, 0x83]])
    var left = 0
    chip.onWrite = { register, bytes in
      guard register == 1, bytes[0] & 0x80 != 0 else { return }
      let scale = [6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256]
      let input = Int(bytes[0] >> 4 & 7) - 4
      let counts = volts(input) / scale[Int(bytes[0] >> 1 & 7)] * 32768
      chip.set(0, UInt16(bitPattern: Int16(max(-32768, min(32767, counts.rounded())))))
      left = busyReads
      if left > 0 { chip.registers[1] = [bytes[0] & 0x7F, bytes[1]] }
    }
    chip.onRead = { register in
      guard register == 1, left > 0 else { return }
      left -= 1
      if left == 0 { chip.registers[1]?[0] |= 0x80 }
    }
    return chip
  }

  static func tmp117(_ celsius: Double) -> WordChip {
    let chip = WordChip([0: [0, 0], 1: [0x02, 0x20], 0x0F: [0x01, 0x17]])
    chip.set(0, UInt16(bitPattern: Int16((celsius / 0.0078125).rounded())))
    let fresh: () -> Void = { chip.registers[1]?[0] |= 0x20 }
    chip.onWrite = { _, _ in fresh() }
    return chip
  }

  static func mcp9808(_ celsius: Double) -> WordChip {
    let counts = Int((celsius * 16).rounded())
    let word = UInt16(truncatingIfNeeded: counts) & 0x1FFF | 0xC000
    return WordChip([
      1: [0, 0], 5: [UInt8(word >> 8), UInt8(word & 0xFF)], 6: [0, 0x54], 7: [0x04, 0], 8: [3],
    ])
  }

  static func mcp9600(hot: Double, cold: Double) -> WordChip {
    let chip = WordChip([4: [0x40], 5: [0], 6: [0], 0x20: [0x40, 0x12]])
    chip.set(0, UInt16(bitPattern: Int16(hot * 16)))
    chip.set(2, UInt16(bitPattern: Int16(cold * 16)))
    return chip
  }

  static func ina226(amperes: Double, volts: Double) -> WordChip {
    let chip = WordChip([
      0: [0x41, 0x27], 5: [0, 0], 6: [0, 0], 0xFE: [0x54, 0x49], 0xFF: [0x22, 0x60],
    ])
    chip.set(2, UInt16(volts / 0.00125))
    chip.onWrite = { register, bytes in
      // current = shunt voltage * calibration / 2048, shunt 10 mOhm, 2.5 uV a count
      if register == 5 {
        let scale = Double(chip.word(5))
        chip.set(4, UInt16(bitPattern: Int16((amperes * 0.01 / 2.5e-6 * scale / 2048).rounded())))
      }
      if register == 6 { chip.registers[6] = [bytes[0], bytes[1] | 0x08] }
    }
    return chip
  }

  static func ina228(amperes: Double, volts: Double, amperehours: Double) -> WordChip {
    let chip = WordChip([
      1: [0xFB, 0x68], 2: [0x10, 0], 0x0B: [0, 1], 0x3E: [0x54, 0x49], 0x3F: [0x22, 0x81],
      6: [0x0C, 0x80],
    ])
    chip.onWrite = { register, bytes in
      if register == 2 {
        // SHUNT_CAL = 13107.2e6 * LSB * R, R = 2 mOhm
        let unit = Double(chip.word(2)) / 13_107.2e6 / 0.002
        let counts = Int32((amperes / unit).rounded()) << 4
        chip.registers[7] = [16, 8, 0].map { UInt8(truncatingIfNeeded: counts >> $0) }
        let charge = Int64((amperehours * 3600 / unit).rounded())
        chip.registers[0x0A] = [32, 24, 16, 8, 0].map { UInt8(truncatingIfNeeded: charge >> $0) }
        let bus = Int32((volts / 195.3125e-6).rounded()) << 4
        chip.registers[5] = [16, 8, 0].map { UInt8(truncatingIfNeeded: bus >> $0) }
      }
      if register == 0x0B { chip.registers[0x0B] = [bytes[0], bytes[1] | 0x03] }
    }
    return chip
  }

  /// Follows the offset capacitor and always has all four inputs done.
  static func fdc1004(_ picofarads: [Double]) -> WordChip {
    let chip = WordChip([
      0x0C: [0, 0], 0xFE: [0x54, 0x49], 0xFF: [0x10, 0x04], 8: [0x1C, 0], 9: [0x1C, 0],
      10: [0x1C, 0], 11: [0x1C, 0],
    ])
    let convert = {
      for input in 0..<4 {
        let setting = chip.word(8 + UInt8(input))
        let offset = setting >> 10 & 7 == 4 ? Double(setting >> 5 & 31) * 3.125 : 0
        let counts = ((picofarads[input] - offset) * 524_288).rounded()
        let held = Int32(max(-8_388_608, min(8_388_607, counts)))
        chip.set(UInt8(input * 2), UInt16(truncatingIfNeeded: held >> 8))
        chip.set(UInt8(input * 2 + 1), UInt16(truncatingIfNeeded: held << 8))
      }
    }
    chip.onWrite = { register, bytes in
      convert()
      if register == 0x0C { chip.registers[0x0C] = [bytes[0], bytes[1] | 0x0F] }
    }
    return chip
  }

  static func nau7802(counts: Int32) -> ByteChip {
    let chip = ByteChip([
      0x1F: 0x0F, 0x12: UInt8(truncatingIfNeeded: counts >> 16),
      0x13: UInt8(truncatingIfNeeded: counts >> 8), 0x14: UInt8(truncatingIfNeeded: counts),
    ])
    var calibrationReads = 0
    chip.onWrite = { register, value in
      if register == 0 && value & 0x02 != 0 { chip.memory[0] |= 0x08 }
      if register == 0 && value & 0x10 != 0 { chip.memory[0] |= 0x20 }
      if register == 2 && value & 0x04 != 0 { calibrationReads = 3 }
    }
    chip.onRead = { register in
      guard register == 2, calibrationReads > 0 else { return }
      calibrationReads -= 1
      if calibrationReads == 0 { chip.memory[2] &= ~0x04 }
    }
    return chip
  }

  static func as5600(_ angle: UInt16 = 0) -> ByteChip {
    let chip = ByteChip([0x0B: 0x20])
    turn(chip, to: angle)
    return chip
  }
  static func turn(_ chip: ByteChip, to angle: UInt16) {
    chip.memory[0x0C] = UInt8(angle >> 8 & 0x0F)
    chip.memory[0x0D] = UInt8(angle & 0xFF)
  }

  static func pca9685() -> ByteChip {
    let chip = ByteChip([0: 0x11, 1: 0x04, 0xFE: 0x1E])
    for channel in 0..<16 { chip.memory[9 + channel * 4] = 0x10 }
    return chip
  }

  static func mcp23017() -> ByteChip {
    let chip = ByteChip([0: 0xFF, 1: 0xFF])
    let settle = {
      for port in 0..<2 {
        let input = chip.memory[port]
        let latch = chip.memory[0x14 + port]
        chip.memory[0x12 + port] = (chip.memory[0x12 + port] & input) | (latch & ~input)
      }
    }
    chip.onWrite = { _, _ in settle() }
    return chip
  }

  static func ds3231() -> ByteChip { ByteChip([0x0E: 0x1C, 0x0F: 0x88, 0x11: 25, 0x12: 0x40]) }

  static func frame(_ words: [UInt16]) -> [UInt8] {
    words.flatMap { word -> [UInt8] in
      let bytes = [UInt8(word >> 8), UInt8(word & 0xFF)]
      return bytes + [Checksum.sensirion(bytes[0], bytes[1])]
    }
  }
}

/// A Sensirion SLF3S: idle, product question, running.
final class FakeSLF3S: FakeChip {
  var isRunning = false
  var asked: [UInt8] = []
  var product: UInt16 = 0x0703
  var words: [UInt16] = [0, 0, 0]
  var breaksChecksum = false
  func exchange(write: [UInt8], count: Int) throws(BusError) -> [UInt8] {
    if write.count == 2 {
      asked += write
      if write == [0x36, 0x08] { isRunning = true }
      if write == [0x3F, 0xF9] {
        isRunning = false
        asked = []
      }
    }
    guard count > 0 else { return [] }
    if isRunning {
      var bytes = FakeParts.frame(words)
      if breaksChecksum { bytes[2] ^= 1 }
      return bytes
    }
    guard asked.suffix(4) == [0x36, 0x7C, 0xE1, 0x02] else { throw .noAcknowledge }
    return FakeParts.frame([product, 0x0201, 1, 2, 3, 4])
  }
}

/// A Microchip MCP4725 with its memory.
final class FakeMCP4725: FakeChip {
  var output: UInt16
  var memory: UInt16
  var busyReads = 0
  var sticksAt: UInt16?
  var history: [UInt16] = []
  init(memory: UInt16, output: UInt16? = nil) {
    self.memory = memory
    self.output = output ?? memory
  }
  func exchange(write: [UInt8], count: Int) throws(BusError) -> [UInt8] {
    if write.count == 2 {
      output = (UInt16(write[0]) << 8 | UInt16(write[1])) & 0x0FFF
      history.append(output)
    }
    if write.count == 3 && write[0] & 0xE0 == 0x60 {
      output = UInt16(write[1]) << 4 | UInt16(write[2]) >> 4
      memory = output
      busyReads = 3
      history.append(output)
    }
    guard count > 0 else { return [] }
    let shown = sticksAt ?? output
    let ready: UInt8 = busyReads > 0 ? 0x40 : 0xC0
    if busyReads > 0 { busyReads -= 1 }
    return [
      ready, UInt8(shown >> 4), UInt8(shown << 4 & 0xF0), UInt8(memory >> 8), UInt8(memory & 0xFF),
    ]
  }
}

/// A Microchip MCP4728 with its memory; mode bits and code of each channel in one word.
final class FakeMCP4728: FakeChip {
  var outputs: [UInt16]
  var memory: [UInt16]
  var busyReads = 0
  init(memory: [UInt16], outputs: [UInt16]? = nil) {
    self.memory = memory
    self.outputs = outputs ?? memory
  }
  func exchange(write: [UInt8], count: Int) throws(BusError) -> [UInt8] {
    if write.count == 8 {
      for channel in 0..<4 {
        let word = UInt16(write[channel * 2]) << 8 | UInt16(write[channel * 2 + 1])
        outputs[channel] = outputs[channel] & 0x9000 | word & 0x0FFF
      }
    }
    if write.count == 12 && write[0] & 0xF8 == 0x40 {
      for group in 0..<4 {
        outputs[Int(write[group * 3] >> 1 & 3)] =
          UInt16(write[group * 3 + 1]) << 8 | UInt16(write[group * 3 + 2])
      }
    }
    if write.count == 9 && write[0] & 0xF8 == 0x50 {
      for channel in 0..<4 {
        outputs[channel] = UInt16(write[1 + channel * 2]) << 8 | UInt16(write[2 + channel * 2])
      }
      memory = outputs
      busyReads = 3
    }
    guard count > 0 else { return [] }
    let ready: UInt8 = busyReads > 0 ? 0x40 : 0xC0
    if busyReads > 0 { busyReads -= 1 }
    return (0..<4).flatMap { channel -> [UInt8] in
      let (out, kept) = (outputs[channel], memory[channel])
      let head = ready | UInt8(channel << 4)
      return [head, UInt8(out >> 8), UInt8(out & 0xFF), head, UInt8(kept >> 8), UInt8(kept & 0xFF)]
    }
  }
}

/// A 24LC256 that does not acknowledge while it writes.
final class FakeEEPROM: FakeChip {
  var memory = [UInt8](repeating: 0xFF, count: 32768)
  var busy = 0
  var pointer = 0
  func exchange(write: [UInt8], count: Int) throws(BusError) -> [UInt8] {
    if busy > 0 {
      busy -= 1
      throw .noAcknowledge
    }
    if write.count >= 2 { pointer = Int(write[0]) << 8 | Int(write[1]) }
    if write.count > 2 {
      let page = pointer & ~63
      for (index, value) in write.dropFirst(2).enumerated() {
        memory[page + (pointer + index) % 64] = value
      }
      busy = 1
    }
    return (0..<count).map { memory[(pointer + $0) & 32767] }
  }
}

/// A TCA9548A: one register.
final class FakeMultiplexer: FakeChip {
  var joined: UInt8 = 0
  func exchange(write: [UInt8], count: Int) throws(BusError) -> [UInt8] {
    if let last = write.last { joined = last }
    return [UInt8](repeating: joined, count: count)
  }
}
