import BlackBox
import BlackBoxFiles
import PerfusionCore
import RandomSignals
import TestSupport
import Testing

@Suite("A recorder writes whole files")
struct RecorderTests {
  @Test("Everything that was recorded is in the file, in order")
  func everything() throws {
    var machine = RecordedMachine(seed: 1)
    machine.run(ticks: 1000)
    machine.finish()
    let contents = try Contents(machine.files[0])
    #expect(contents.isComplete)
    #expect(contents.ticks == Array(1...1000))
    #expect(contents.events == machine.events)
    #expect(contents.commands == machine.commands)
  }

  @Test("Samples are durable within a second, events and commands within 100 ms")
  func durable() throws {
    var machine = RecordedMachine(seed: 2)
    var worstSample: Int64 = 0
    var worstEvent: Int64 = 0
    var kept = try Contents([])
    var synced = 0
    for _ in 0..<1500 {
      machine.run(ticks: 1)
      if machine.recording.recorder.storage.synced != synced {
        synced = machine.recording.recorder.storage.synced
        kept = try Contents(machine.durable)
      }
      worstSample = max(worstSample, machine.now - Int64(kept.ticks.last ?? 0) * 5000)
      if kept.events.count < machine.events.count {
        let oldest = machine.eventTimes[kept.events.count]
        worstEvent = max(worstEvent, machine.now - oldest)
      }
    }
    #expect(worstSample <= 1_000_000, "\(worstSample) us")
    #expect(worstEvent <= 100_000, "\(worstEvent) us")
  }

  @Test("A file cut at any byte loses no more than its last chunk")
  func cutAnywhere() throws {
    var machine = RecordedMachine(seed: 3)
    machine.run(ticks: 700)
    machine.finish()
    let whole = machine.files[0]
    let chunks = try Contents(whole).chunkEnds
    var dice = Dice(9)
    for _ in 0..<400 {
      let length = dice.below(whole.count)
      let mended = Recovery.recover(Array(whole.prefix(length)))
      let complete = chunks.filter { $0.end <= length }.last?.ticks ?? 0
      guard let file = mended.file else {
        #expect(complete == 0, "cut at \(length)")
        continue
      }
      let contents = try Contents(file)
      #expect(contents.isComplete)
      #expect(contents.ticks.count == complete, "cut at \(length)")
    }
  }

  @Test("A full disk degrades the recording, says so, and heals", .verifies("HZ-51"))
  func full() throws {
    var machine = RecordedMachine(seed: 4)
    machine.run(ticks: 400)
    #expect(machine.health.isGood)
    machine.recording.recorder.storage.room = Int(machine.recording.recorder.storage.bytesUsed)
    machine.run(ticks: 600)
    #expect(machine.health.isRefused && machine.health.isLate)
    machine.recording.recorder.storage.room = .max
    machine.run(ticks: 600)
    #expect(machine.health.isGood)
    machine.finish()
    let contents = try Contents(machine.files[0])
    #expect(contents.ticks == Array(1...1600), "the ring held what the disk did not take")
    #expect(contents.events == machine.events)
  }

  @Test("Storage that fails for good costs samples, never the tick, and is told")
  func failing() throws {
    var machine = RecordedMachine(seed: 5)
    machine.recording.recorder.storage.failures = .max
    machine.run(ticks: 30_000)
    #expect(machine.health.isRefused)
    #expect(machine.recording.tickRecorder.lostTicks > 0)
    machine.recording.recorder.storage.failures = 0
    machine.run(ticks: 1000)
    machine.finish()
    let contents = try Contents(machine.files.last ?? [])
    #expect(contents.ticks.last == 31_000)
    #expect(contents.lost == machine.recording.tickRecorder.lostTicks)
  }

  @Test("Files are ended at their size, and the oldest go when the budget is used up")
  func rotation() throws {
    var machine = RecordedMachine(seed: 6) {
      $0.largestFile = 400_000
      $0.budget = 1_200_000
    }
    machine.run(ticks: 20_000)
    machine.finish()
    #expect(machine.files.count >= 2)
    #expect(machine.recording.recorder.storage.bytesUsed < 1_400_000)
    for file in machine.files { #expect(try Contents(file).isComplete) }
    #expect(try Contents(machine.files.last ?? []).ticks.last == 20_000)
  }
}
