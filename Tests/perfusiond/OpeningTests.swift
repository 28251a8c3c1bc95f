import ChipDrivers
import CLinux
import LinuxPlatform
import PerfusionCore
import TestSupport
import Testing

@testable import perfusiond

@Suite("A start that lacks something", .verifies("HZ-47", "HZ-55"))
struct OpeningTests {
  /// Three lines on a chip that no machine has.
  @safe final class Bench {
    let devices = UnsafeMutablePointer<LinuxDevices>.allocate(capacity: 1)
    var wiring = BoardWiring()
    var findings = Findings(isJSON: false, printsGood: false)

    init() {
      unsafe devices.initialize(to: LinuxDevices())
      for index in 0..<3 {
        var line = LineWiring()
        line.direction = index == 0 ? .input : .output
        wiring.lines.append(line)
        let place = LinePlace(path: Identifier("/nowhere/gpiochip0"), offset: index)
        _ = unsafe devices.pointee.lines.add(index, line, at: place)
      }
    }
    deinit {
      pc_file_close(unsafe devices.pointee.wake)
      unsafe devices.deinitialize(count: 1)
      unsafe devices.deallocate()
    }
  }

  static func path(_ text: String) -> FilePath? { FilePath(Array(text.utf8).span) }

  @Test("goes on without lines when somebody may depend on the flow")
  func tolerant() {
    let bench = Bench()
    bench.findings.isTolerant = true
    unsafe takeLines(
      bench.wiring, on: bench.devices, keepsOutputs: true, &bench.findings)
    #expect(bench.findings.failures == 0)
    #expect(unsafe bench.devices.pointee.lines.missing == 0b111)
  }

  @Test("refuses at the first line when nobody does")
  func cold() {
    let bench = Bench()
    unsafe takeLines(
      bench.wiring, on: bench.devices, keepsOutputs: true, &bench.findings)
    #expect(bench.findings.failures == 1)
  }

  @Test("goes on without an adapter, which is tried again, when somebody may depend on the flow")
  func adapters() {
    let bench = Bench()
    var bus = BusWiring()
    bus.adapter = Identifier("/nowhere/i2c-1")
    bench.wiring.buses.append(bus)
    unsafe openBuses(bench.wiring, Options(), on: bench.devices, &bench.findings)
    #expect(bench.findings.failures == 1)
    bench.findings.isTolerant = true
    unsafe openBuses(bench.wiring, Options(), on: bench.devices, &bench.findings)
    #expect(bench.findings.failures == 1)
  }

  @Test("runs without link, recorder and watchdog when somebody may depend on the flow")
  func doors() throws {
    var options = Options()
    options.socket = Self.path("/nowhere/socket")
    options.blackBox = Self.path("/nowhere/box")
    options.watchdog = Self.path("/nowhere/watchdog")
    let doors = try Doors(options, isSupporting: true)
    #expect(doors.isLinkMissing && doors.isRecorderMissing && doors.watchdog == -1)
    #expect(throws: Ending.self) { _ = try Doors(options, isSupporting: false) }
  }

  @Test("a guard closes what only the firmware needs")
  func descriptors() {
    let before = OpenDescriptors.now
    let own = pc_wake_open()
    let opened = OpenDescriptors.now.without(before)
    #expect(pc_wake_raise(own) == 0)
    opened.close()
    #expect(pc_wake_raise(own) < 0)
  }
}
