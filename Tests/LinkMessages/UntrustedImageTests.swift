import ChipDrivers
import LinkMessages
import PerfusionCore
import Testing
import TestSupport

@Suite("An image is untrusted data")
struct UntrustedImageTests {
  @Test("Every mutation gives an image or an error, never a trap", .verifies("HZ-50"))
  func mutations() throws {
    let image = BoardImage(
      name: Identifier("sample"), machine: SampleMachine.machine, wiring: SampleWiring.wiring)
    let payload = Array(try image.encoded().dropFirst(12).dropLast(4))
    var accepted = 0
    for seed in 0..<2000 {
      let mutated = Mutation(seed: UInt64(seed)).applied(to: payload)
      do {
        let back = try BoardImage(decoding: Framing.frame(mutated))
        accepted += 1
        // What is accepted can be written again, and then reads the same.
        let bytes = try back.encoded()
        let again = try BoardImage(decoding: bytes)
        #expect(try again.encoded() == bytes, "seed \(seed)")
      } catch {
        #expect(error != .checksum && error != .wrongMagic, "seed \(seed)")
      }
    }
    // A changed calibration or name is a good image; most other damage is not.
    #expect((1..<1900).contains(accepted))
  }

  @Test(
    "A reset line that is no free GPIO output of a multiplexer is refused", .verifies("HZ-50"),
    arguments: [(0, 0), (0, 1), (0, 2), (0, 4), (2, 3)])
  func resetLine(chip: Int, line: Int8) throws {
    var wiring = SampleWiring.wiring
    wiring.chips[0].resetLine = -1
    wiring.chips[chip].resetLine = line
    let image = BoardImage(
      name: Identifier("sample"), machine: SampleMachine.machine, wiring: wiring)
    #expect(throws: BoardImageError.self) { try BoardImage(decoding: image.encoded()) }
  }

  @Test("A flipped bit anywhere in a whole image is found by the check sum", .verifies("HZ-50"))
  func flips() throws {
    let image = BoardImage(
      name: Identifier("sample"), machine: SampleMachine.machine, wiring: SampleWiring.wiring)
    var bytes = try image.encoded()
    for index in stride(from: 0, to: bytes.count, by: 7) {
      bytes[index] ^= UInt8(1 << (index % 8))
      #expect(throws: BoardImageError.self) { try BoardImage(decoding: bytes) }
      bytes[index] ^= UInt8(1 << (index % 8))
    }
  }
}

/// Some bytes changed, taken out, put in or cut off, all from one seed.
struct Mutation {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  func applied(to payload: [UInt8]) -> [UInt8] {
    var random = self
    var bytes = payload
    for _ in 0..<(1 + random.next() % 4) {
      let place = Int(random.next() % UInt64(max(1, bytes.count)))
      guard place < bytes.count else { continue }
      switch random.next() % 5 {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 1: bytes[place] ^= UInt8(1 << (random.next() & 7))
      case 2: bytes.remove(at: place)
      case 3: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
      default: if random.next() % 8 == 0 { bytes.removeSubrange(place...) }
      }
    }
    return bytes
  }
}
