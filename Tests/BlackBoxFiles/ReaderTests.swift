import BlackBox
import BlackBoxFiles
import PerfusionCore
import RandomSignals
import Testing

@Suite("A reader of black boxes believes nothing")
struct ReaderTests {
  private static let whole: [UInt8] = {
    var machine = RecordedMachine(seed: 8)
    machine.run(ticks: 500)
    machine.finish()
    return machine.files[0]
  }()

  @Test("Bytes that were changed are an error with its place, or do no harm", arguments: 0..<300)
  func changed(seed: UInt64) throws {
    var dice = Dice(seed)
    var bytes = ReaderTests.whole
    for _ in 0...dice.below(6) {
      bytes[dice.below(bytes.count)] = UInt8(truncatingIfNeeded: dice.bits())
    }
    do throws(McapError) {
      let reader = try McapReader(bytes)
      var inputs = InputsDecoder()
      _ = try reader.walk { message throws(McapError) in
        _ = unsafe inputs.read(message.data) { _ in true }
        return true
      }
    } catch {
      #expect(error.offset <= bytes.count)
      #expect(error.description.contains("error: "))
    }
    let mended = Recovery.recover(bytes)
    guard let file = mended.file else { return }
    #expect(try Contents(file).isComplete)
  }

  @Test("Every length that a record claims is checked", arguments: [0, 9, 17, 40, 1000])
  func lengths(place: Int) throws {
    var bytes = ReaderTests.whole
    for index in 0..<8 { bytes[8 + place + index] = 0xFF }
    do throws(McapError) {
      _ = try McapReader(bytes).walk { _ throws(McapError) in true }
    } catch {
      #expect(error.offset >= 0)
    }
    _ = Recovery.recover(bytes)
  }

  @Test("Of two descriptions of one channel the first one counts, also when it is recovered again")
  func doubleChannel() throws {
    // The summary says "/events" of the channel whose data say "/inputs", and the end of the data,
    // behind which nobody looks, is damaged: a statistics record stands in its place.
    var bytes = ReaderTests.whole
    let footer = bytes.count - 8 - 29
    let summary = (0..<8).reduce(0) { $0 | Int(bytes[footer + 9 + $1]) << (8 * $1) }
    try #require(bytes[summary - 13] == 0x0F)
    bytes[summary - 13] = 0x0B
    let name = Array("/inputs".utf8)
    let last = try #require(
      (0..<bytes.count - name.count).last { Array(bytes[$0..<$0 + name.count]) == name })
    bytes.replaceSubrange(last..<last + name.count, with: Array("/events".utf8))
    let first = try #require(Recovery.recover(bytes).file)
    let second = Recovery.recover(first)
    #expect(second.file == first)
  }

  @Test("What is mended has no damage and is mended to the same bytes")
  func idempotent() throws {
    let first = try #require(Recovery.recover(ReaderTests.whole).file)
    let second = Recovery.recover(first)
    #expect(second.wasComplete && second.damage.isEmpty)
    #expect(second.file == first)
  }
}
