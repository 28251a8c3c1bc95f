import TestSupport
import Testing

@testable import PerfusionCore

/// How long ago a machine was serviced (AL-66, HZ-29).
@Suite("Service counters")
struct ServiceCountersTests {
  private static let day: Int64 = 86_400
  private static let today: Int64 = 1_800_000_000

  private static func adult() -> MachineConfiguration {
    var machine = PaperMachine.adult()
    machine.patientCircuit.isFitted = true
    machine.service.maintenance = .minutes(500 * 60)
    machine.service.disinfection = .minutes(14 * 24 * 60)
    return machine
  }

  /// A machine in standby that was serviced, or not.
  private func standing(isServiced: Bool = true) -> PaperMachine {
    var machine = PaperMachine(Self.adult())
    machine.sensors.civilTime = Self.today
    machine.run(seconds: 12)
    if isServiced {
      machine.ask(.maintenanceDone)
      machine.ask(.disinfectionDone)
      machine.run(seconds: 2)
    }
    return machine
  }

  private func isTold(_ machine: PaperMachine) -> Bool {
    machine.controller.status.alarms.contains(AlarmID(66))
  }

  private func restarted(
    _ machine: inout PaperMachine, after gap: Double = 5, civilTime: Int64 = today
  ) throws -> PaperMachine {
    var buffer = RecordBuffer()
    machine.controller.writeRetained(into: &buffer, sequence: 1, board: 1, now: .start)
    let record = try RetainedRecord.read(
      &buffer, count: buffer.count, configuration: Self.adult(), board: 1)
    var again = PaperMachine(Self.adult())
    again.controller = Controller(
      configuration: Self.adult(), restartingFrom: record, isDoubtful: false,
      now: Instant(microseconds: Int64(gap * 1_000_000)))
    again.sensors.civilTime = civilTime
    again.run(seconds: 12)
    return again
  }

  @Test("What nobody has said to be done is due, and clears when both are", .verifies("AL-66"))
  func unknown() {
    var machine = standing(isServiced: false)
    #expect(isTold(machine))
    #expect(machine.controller.status.maintenanceAge < .zero)
    _ = machine.answer(.maintenanceDone)
    machine.run(seconds: 2)
    #expect(isTold(machine))
    _ = machine.answer(.disinfectionDone)
    machine.run(seconds: 2)
    #expect(!isTold(machine))
    #expect(machine.controller.status.disinfectionAge == .zero)
  }

  @Test(
    "Water that is not known to be clean is not warmed, once disinfected it is", .verifies("HZ-29"))
  func lockOut() {
    var machine = standing(isServiced: false)
    let warm = OperatorAction.setThermal(.patient, .maintain, .celsius(36))
    let before = machine.answer(warm)
    #expect(machine.isRefused(before, .faultStands))
    _ = machine.answer(.disinfectionDone)
    machine.run(seconds: 2)
    let after = machine.answer(warm)
    #expect(!machine.isRefused(after, .faultStands))
  }

  @Test(
    "Service is done in standby and service alone", .verifies("AL-66"),
    arguments: (0..<UInt8(Phase.count)).compactMap { Phase(rawValue: $0) })
  func phases(phase: Phase) {
    var machine = standing(isServiced: false)
    machine.controller.phase = phase
    let isAllowed = phase == .standby || phase == .service
    for task in [ServiceTask.maintenance, .disinfection] {
      let refusal = machine.controller.finish(task, machine.sensors)
      #expect(refusal == (isAllowed ? nil : .onlyInStandby))
      let age = machine.controller.service.age(task, civilTime: 0)
      #expect((age >= .zero) == isAllowed)
    }
  }

  @Test("A board that sets no interval counts nothing and says so")
  func notCounted() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.run(seconds: 12)
    #expect(!isTold(machine))
    let answer = machine.answer(.maintenanceDone)
    #expect(machine.isRefused(answer, .notCounted))
  }

  @Test("Maintenance counts the time in which a pump turns and no other", .verifies("AL-66"))
  func runningTime() {
    var machine = standing()
    machine.run(seconds: 100)
    #expect(machine.controller.status.maintenanceAge == .zero)
    machine.goOnBypass(flow: 4.5)
    let before = machine.controller.status.maintenanceAge
    machine.run(seconds: 600)
    let gained = machine.controller.status.maintenanceAge - before
    #expect((gained.seconds - 600).magnitude <= 10)
  }

  @Test("Maintenance is due after its running time, not at it", .verifies("AL-66"))
  func dueByRunning() {
    var machine = standing()
    let interval = Self.adult().service.maintenance
    machine.controller.service.pass(interval, turning: false, civilTime: 0)
    machine.controller.service.pass(interval, turning: true, civilTime: 0)
    _ = machine.answer(.disinfectionDone)
    machine.run(seconds: 2)
    #expect(machine.controller.status.maintenanceAge == interval)
    #expect(!isTold(machine))
    machine.controller.service.pass(.seconds(10), turning: true, civilTime: 0)
    machine.run(seconds: 2)
    #expect(isTold(machine))
  }

  @Test(
    "Disinfection is due when its days have gone by on the computer's clock", .verifies("HZ-29"),
    arguments: [(14, false), (15, true)] as [(Int64, Bool)])
  func dueByCalendar(days: Int64, isDue: Bool) throws {
    var machine = standing()
    let later = Self.today + days * Self.day - 1
    let again = try restarted(&machine, civilTime: later)
    #expect(isTold(again) == isDue)
    #expect(again.controller.status.disinfectionAge == .seconds(Double(later - Self.today)))
  }

  @Test("A clock that is set back or lost makes no water younger", .verifies("HZ-29", "HZ-49"))
  func clockSetBack() {
    var counters = ServiceCounters()
    counters.finish(.disinfection, civilTime: Self.today)
    counters.pass(.seconds(1000), turning: false, civilTime: Self.today + 1000)
    for civil in [Self.today - Self.day, 0, Int64.min, Int64.min + 1] as [Int64] {
      #expect(counters.age(.disinfection, civilTime: civil) == .seconds(1000))
    }
    #expect(counters.age(.disinfection, civilTime: .max) > .seconds(1e12))
  }

  @Test("A computer that learns the time late knows the days from then on", .verifies("HZ-29"))
  func clockLearnedLate() {
    var counters = ServiceCounters()
    counters.finish(.disinfection, civilTime: 0)
    counters.pass(.seconds(1000), turning: false, civilTime: 0)
    counters.pass(.seconds(10), turning: false, civilTime: Self.today)
    let age = counters.age(.disinfection, civilTime: Self.today + Self.day)
    #expect(age == .seconds(Double(Self.day) + 1010))
  }

  @Test("No clock, however wrong, ends the count", arguments: [Int64.min, -1, 1, .max])
  func anyClock(civil: Int64) {
    var counters = ServiceCounters()
    counters.finish(.disinfection, civilTime: civil)
    counters.pass(.seconds(10), turning: true, civilTime: civil)
    #expect(counters.age(.disinfection, civilTime: civil) >= .seconds(10))
  }

  @Test("A restart in standby keeps what was counted", .verifies("AL-66", "HZ-29"))
  func restart() throws {
    var machine = standing()
    machine.controller.service.pass(.seconds(100), turning: true, civilTime: 0)
    let again = try restarted(&machine)
    #expect(!isTold(again))
    #expect(again.controller.status.start == .powerOn)
    #expect(again.controller.status.maintenanceAge == .seconds(100))
    #expect(again.controller.status.disinfectionAge >= .seconds(105))
  }

  @Test("With the record lost it is not known when the machine was serviced", .verifies("AL-66"))
  func lostRecord() {
    var again = PaperMachine(Self.adult())
    again.controller = Controller(
      configuration: Self.adult(), restartingFrom: nil, isDoubtful: true, now: .start)
    again.run(seconds: 12)
    #expect(isTold(again))
    #expect(again.controller.status.disinfectionAge < .zero)
  }
}
