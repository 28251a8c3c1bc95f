import BoardFiles
import Testing
import TestSupport

@Suite("A mistake in a board file is told with its place and its mend")
struct MistakeTests {
  @Test("The sample board without a mistake has neither errors nor warnings")
  func sample() {
    let result = BoardFile.read(SampleBoard.text, file: "sample.yaml")
    #expect(result.diagnostics.map(\.description) == [])
    #expect(result.board?.name == "sample")
  }

  @Test("Typos, missing units and wrong shapes", arguments: Mistake.writing)
  func writing(_ mistake: Mistake) { expect(mistake) }

  @Test("Chips, addresses and bus time", .verifies("HZ-48"), arguments: Mistake.chips)
  func chips(_ mistake: Mistake) { expect(mistake) }

  @Test("GPIO lines and expander pins", arguments: Mistake.lines)
  func lines(_ mistake: Mistake) { expect(mistake) }

  @Test("Sensors and their conversions", arguments: Mistake.sensors)
  func sensors(_ mistake: Mistake) { expect(mistake) }

  @Test("Pumps, tubes and drives", .verifies("HZ-17", "HZ-36"), arguments: Mistake.pumps)
  func pumps(_ mistake: Mistake) { expect(mistake) }

  @Test(
    "Limits, responses and stop links", .verifies("HZ-01", "HZ-02", "HZ-33"),
    arguments: Mistake.interlocks)
  func interlocks(_ mistake: Mistake) { expect(mistake) }

  private func expect(_ mistake: Mistake) {
    #expect(SampleBoard.text.contains(mistake.find))
    let result = BoardFile.read(mistake.text, file: "sample.yaml")
    let said = result.diagnostics.map { "\($0)".replacing("sample.yaml:", with: "") }
    #expect(said.joined(separator: "\n") == mistake.says)
    let hasErrors = result.diagnostics.contains { $0.severity == .error }
    #expect((result.board == nil) == hasErrors)
  }

  @Test("All mistakes of a file are told, in the order of the file")
  func all() {
    let text = SampleBoard.text
      .replacing("tick: 5 ms", with: "tick: 5")
      .replacing("tube: 1/4 in", with: "tube: 1/4")
      .replacing("pressureHard", with: "pressurHard")
    let result = BoardFile.read(text, file: "sample.yaml")
    #expect(result.diagnostics.map(\.place.line) == [4, 83, 113])
  }

  @Test("Text that is no board is told, never trapped")
  func garbage() {
    for seed in 0..<400 { read(seed: seed) }
  }

  private func read(seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    var bytes = Array(SampleBoard.text.utf8)
    for _ in 0..<(1 + random.next() % 8) {
      let place = Int(random.next() % UInt64(bytes.count))
      switch random.next() % 3 {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: 32 + random.next() % 95)
      case 1: bytes.remove(at: place)
      default: bytes.insert(UInt8(truncatingIfNeeded: 32 + random.next() % 95), at: place)
      }
    }
    let result = BoardFile.read(String(decoding: bytes, as: UTF8.self), file: "f.yaml")
    for diagnostic in result.diagnostics {
      #expect(diagnostic.place.line >= 1 && diagnostic.place.column >= 1, "seed \(seed)")
      #expect(!diagnostic.problem.isEmpty && !diagnostic.advice.isEmpty, "seed \(seed)")
    }
    #expect(result.board != nil || !result.diagnostics.isEmpty, "seed \(seed)")
  }
}

/// The one source of randomness of these tests.
struct SplitMix {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
