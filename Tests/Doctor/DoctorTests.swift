import Doctor
import Foundation
import Testing

/// A machine made of files in a temporary folder.
struct PaperMachine: ~Copyable {
  let root = NSTemporaryDirectory() + "doctor-" + UUID().uuidString

  /// A board on which everything is as it should be.
  init() throws {
    try write("proc/sys/kernel/osrelease", "6.12.20-rt")
    try write("proc/version", "Linux version 6.12.20-rt SMP PREEMPT_RT")
    try write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance")
    try write("sys/devices/system/cpu/isolated", "3")
    try write("proc/sys/kernel/sched_rt_runtime_us", "950000")
    try write(
      "proc/self/limits",
      "Limit    Soft Limit  Hard Limit  Units\n"
        + "Max realtime priority  90  90\nMax locked memory   unlimited  unlimited  bytes\n")
    try write("proc/swaps", "Filename Type Size Used Priority")
    try write("dev/gpiochip0", "")
    try write("sys/module/pinctrl_bcm2835/parameters/persist_gpio_outputs", "Y")
    try write("dev/i2c-1", "")
    try write("sys/class/i2c-dev/i2c-1/name", "bcm2835 (i2c@7e804000)")
    try write("dev/watchdog", "")
    try write("sys/class/rtc/rtc0/name", "rtc-ds1307")
    try write("var/lib/perfusion/keep", "")
  }

  deinit { Self.remove(root) }

  func write(_ path: String, _ text: String) throws {
    let url = URL(fileURLWithPath: root + "/" + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: false, encoding: .utf8)
  }

  func remove(_ path: String) { Self.remove(root + "/" + path) }

  func finding(_ subject: String) -> Finding? {
    Doctor(MachineView(root: root)).examine().first { $0.subject.hasPrefix(subject) }
  }

  private static func remove(_ path: String) {
    do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
  }
}

@Suite("The doctor tells what a machine lacks") struct DoctorTests {
  @Test("On a board that is set up well every line but storage is ok") func wellSetUp() throws {
    let machine = try PaperMachine()
    let findings = Doctor(MachineView(root: machine.root)).examine()
    #expect(findings.filter { $0.fitness != .ok && $0.subject != "storage" }.isEmpty)
    #expect(findings.count == 16)
  }

  @Test(
    "What is amiss is graded and has a mend",
    arguments: [
      ("proc/sys/kernel/osrelease", "4.19.0", "kernel", Fitness.fail),
      ("proc/version", "Linux version 6.1 SMP PREEMPT_DYNAMIC", "preemption", .warn),
      (
        "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "ondemand", "governor",
        Fitness.warn
      ),
      ("sys/devices/system/cpu/isolated", "", "isolated cores", .warn),
      ("proc/sys/kernel/sched_rt_runtime_us", "500000", "real-time throttling", .warn),
      ("proc/self/limits", "Max realtime priority  0  0", "real-time priority", .warn),
      ("proc/self/limits", "Max locked memory  65536  65536  bytes", "locked memory", .warn),
      ("proc/swaps", "Filename\n/dev/sda2 partition 1 0 -2", "swap", .warn),
      (
        "sys/module/pinctrl_bcm2835/parameters/persist_gpio_outputs", "N", "GPIO outputs",
        Fitness.fail
      ),
      ("sys/class/thermal/thermal_zone0/temp", "76000", "processor temperature", .warn),
    ])
  func amiss(path: String, text: String, subject: String, fitness: Fitness) throws {
    let machine = try PaperMachine()
    try machine.write(path, text)
    let found = machine.finding(subject)
    let finding = try #require(found)
    #expect(finding.fitness == fitness)
    #expect(!finding.mend.isEmpty)
  }

  @Test(
    "What is missing is graded and has a mend",
    arguments: [
      (
        "sys/module/pinctrl_bcm2835/parameters/persist_gpio_outputs", "GPIO outputs", Fitness.warn
      ),
      ("dev/gpiochip0", "GPIO", Fitness.fail), ("dev/i2c-1", "I2C", .fail),
      ("dev/watchdog", "watchdog", .warn), ("sys/class/rtc/rtc0", "real-time clock", .warn),
    ])
  func missing(path: String, subject: String, fitness: Fitness) throws {
    let machine = try PaperMachine()
    machine.remove(path)
    let found = machine.finding(subject)
    let finding = try #require(found)
    #expect(finding.fitness == fitness)
    #expect(!finding.mend.isEmpty)
  }

  @Test("A program at or above the firmware's priority is named, kernel threads are not")
  func competitors() throws {
    let machine = try PaperMachine()
    let rest = String(repeating: "0 ", count: 35)
    try machine.write("proc/412/stat", "412 (jack audio) S 1 \(rest)85 1 0")
    try machine.write("proc/17/stat", "17 (migration/0) S 2 \(rest)99 1 0")
    try machine.write("proc/413/stat", "413 (low) S 1 \(rest)40 1 0")
    let found = machine.finding("competitors")
    let finding = try #require(found)
    #expect(finding.fitness == .warn)
    #expect(finding.seen == "jack audio (priority 85)")
  }

  @Test("A bus tells its adapter's name and clock") func busClock() throws {
    let machine = try PaperMachine()
    let clock = "sys/class/i2c-adapter/i2c-1/of_node/clock-frequency"
    try machine.write(clock, "")
    try Data([0x00, 0x06, 0x1a, 0x80]).write(to: URL(fileURLWithPath: machine.root + "/" + clock))
    let seen = machine.finding("I2C")?.seen
    #expect(seen == "/dev/i2c-1, bcm2835 (i2c@7e804000), 400 kHz")
  }
}
