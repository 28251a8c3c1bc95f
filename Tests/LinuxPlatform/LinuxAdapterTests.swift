import CLinux
import ChipDrivers
import TestSupport
import Testing

@testable import LinuxPlatform

@Suite("I2C adapters", .verifies("HZ-47"))
struct LinuxAdapterTests {
  @Test("One whose node is away when it is opened anew is tried again until it is there")
  func comesBack() throws {
    let adapters = LinuxAdapters()
    var asked: [Identifier] = []
    let (first, second) = (pc_wake_open(), pc_wake_open())
    var answers: [Int32] = [-2, -19, first, -2, second]
    func open(_ path: Identifier, _ functions: inout UInt32) -> Int32 {
      asked.append(path)
      functions = 1
      return answers.removeFirst()
    }
    #expect(throws: AdapterProblem.missing) {
      try adapters.open(1, path: Identifier("/nowhere/i2c-9"))
    }
    adapters.reopen(1, by: open)
    #expect(adapters.bus(1).descriptor == -1)
    adapters.reopen(1, by: open)
    #expect(adapters.bus(1).descriptor == -1)
    adapters.reopen(1, by: open)
    #expect(adapters.bus(1).descriptor == first)
    // Lost once more: what was open is closed first, and it comes back.
    adapters.reopen(1, by: open)
    #expect(adapters.bus(1).descriptor == -1)
    adapters.reopen(1, by: open)
    #expect(adapters.bus(1).descriptor == second)
    #expect(pc_wake_raise(first) < 0 && pc_wake_raise(second) == 0)
    pc_file_close(second)
    #expect(asked == Array(repeating: Identifier("/nowhere/i2c-9"), count: 5))
  }

  @Test("One that refuses its time limit is told apart")
  func untimed() {
    let adapters = LinuxAdapters()
    let descriptor = pc_wake_open()
    adapters.reopen(0) { _, functions in
      functions = 1 | 8
      return descriptor
    }
    #expect(!adapters.isTimed(0) && adapters.isTimed(1))
    pc_file_close(descriptor)
  }
}
