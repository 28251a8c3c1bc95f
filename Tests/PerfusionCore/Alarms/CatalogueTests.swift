import TestSupport
import Testing

@testable import PerfusionCore

@Suite("The alarm catalogue is that of docs/domain.md section 9")
struct CatalogueTests {
  @Test(
    "Each entry has the priority, delay, latch and override class of the table",
    arguments: ExpectedAlarm.all)
  func entry(_ expected: ExpectedAlarm) {
    let entry = AlarmCatalogue.entry(AlarmID(expected.number))
    #expect(entry.id.number == expected.number)
    #expect(entry.priority == expected.priority)
    let rises = entry.rises.utf8CodeUnitCount > 0
    #expect(rises == (expected.highest > expected.priority))
    #expect(entry.latch == expected.latch)
    #expect(entry.override == expected.override)
    if expected.number == 54 {
      // The table gives the 200 ms as its limit; the controller waits as long before it repeats
      // what the watchdog says.
      #expect(entry.delay?.seconds == 0.2)
    } else {
      #expect(entry.delay?.seconds == expected.delay)
    }
  }

  @Test("All 67 are there, and numbers outside read as unknown")
  func complete() {
    #expect(ExpectedAlarm.all.map(\.number) == Array(1...67))
    for number in [0, 68, 255] as [UInt8] {
      #expect("\(AlarmID(number).text.state)" == "Unknown alarm")
    }
  }

  @Test(
    "Texts name state, cause and next action, and the title fits a narrow screen",
    arguments: ExpectedAlarm.all)
  func texts(_ expected: ExpectedAlarm) {
    check(AlarmID(expected.number).text, expected.priority)
  }

  @Test("Words of a row obey the same rules, and no two rows or alarms say the same")
  func rowTexts() {
    let causes = AnyRow.all.map(\.cause).filter(\.hasOwnText)
    for row in causes { check(row.text(of: AlarmID(1)), row.priority ?? .high) }
    let texts =
      causes.map { $0.text(of: AlarmID(1)) } + AlarmCatalogue.numbers.map { AlarmID($0).text }
    #expect(Set(texts.map { "\($0.title)" }).count == texts.count)
    #expect(Set(texts.map { "\($0.state)" }).count == texts.count)
  }

  @Test(
    "A row whose act is not that of its alarm says its own",
    .verifies("HZ-04", "HZ-05", "AL-34", "AL-54", "AL-27", "AL-21", "AL-52", "AL-57"),
    arguments: [
      (34, .machine(.clampNotOpen), "CLAMP CLOSED - OPEN BY HAND", "OPEN THE CLAMP"),
      (34, .machine(.clampNotClosed), "CLAMP DOES NOT CLOSE - CLAMP BY HAND", "CLAMP THE"),
      (34, .machine(.clampUncertain), "CLAMP POSITION NOT KNOWN", "LOOK AT CLAMP AND FLOW"),
      (38, .machine(.doseOver), "CARDIOPLEGIA OVER ITS DOSE - not stopped", "STOP A CARDIOPLEGIA"),
      (30, .machine(.emergencyStopContacts), "EMERGENCY STOP UNCERTAIN - torque", "LOOK AT THE"),
      (54, .machine(.controllerRestarted), "CONTROLLER RESTARTED", "CHECK SPEED"),
      (27, .machine(.adoptedOtherSpeed), "SPEED NOT AS SET", "CHECK THE FLOW"),
      (21, .machine(.isolation), "PATIENT ISOLATED", "MEND THE CAUSE"),
      (52, .machine(.batteryEmpty), "BATTERY UNDER 5 MINUTES - CRANK", "PUT THE HAND CRANK ON"),
      (57, .machine(.clockDisagrees), "Clocks disagree", "time doses by another clock"),
    ] as [(UInt8, AnyRow, String, String)])
  func ownWords(_ alarm: UInt8, _ row: AnyRow, _ state: String, _ action: String) {
    #expect(row.definition.alarm == AlarmID(alarm))
    let text = row.cause.text(of: AlarmID(alarm))
    #expect("\(text.state)".hasPrefix(state))
    #expect("\(text.action)".hasPrefix(action))
    // What an alarm says without a row must not be an order that one of its rows forbids.
    #expect(!"\(AlarmID(34).text.action)".contains("OPEN"))
  }

  @Test(
    "Where a matrix or an override decides whether the pump stands, the words do not say that it does",
    .verifies("AL-01", "AL-06", "AL-11", "AL-37"))
  func reactionInForce() {
    for row in AnyRow.all {
      let definition = row.definition
      guard definition.event != nil || definition.override == .timed else { continue }
      for alarm in [definition.alarm, AlarmID(37)] {
        let text = row.cause.text(of: alarm)
        for claim in ["- pump held", "- pump stopped", "- line clamped"] {
          #expect(!"\(text.state)".hasSuffix(claim), "\(row)")
        }
        #expect(!"\(text.action)".hasPrefix("KEEP THE CLAMP"), "\(row)")
      }
    }
  }

  private func check(_ text: AlarmText, _ priority: AlarmPriority) {
    let title = "\(text.title)"
    let state = "\(text.state)"
    #expect(title.count >= 6 && title.count <= 20)
    #expect(title == title.uppercased())
    #expect(!state.isEmpty && state.count <= 60)
    #expect("\(text.cause)".count >= 4)
    #expect("\(text.action)".count >= 4)
    #expect(!state.contains("Unknown"))
    // A HIGH alarm shouts its state up to the dash, and what to do first.
    guard priority == .high else { return }
    let shouted = state.split(separator: " - ")[0]
    #expect(shouted == shouted.uppercased())
    let firstWord = "\(text.action)".split(separator: " ")[0]
    #expect(firstWord == firstWord.uppercased())
  }

  @Test("No two alarms share a title or a state")
  func distinct() {
    let texts = AlarmCatalogue.numbers.map { AlarmID($0).text }
    #expect(Set(texts.map { "\($0.title)" }).count == 67)
    #expect(Set(texts.map { "\($0.state)" }).count == 67)
  }

  @Test("Sets of the catalogue hold what its entries say")
  func sets() {
    for expected in ExpectedAlarm.all {
      let id = AlarmID(expected.number)
      #expect(AlarmCatalogue.neverOverridden.contains(id) == (expected.override == .never))
      #expect(AlarmCatalogue.adjustable.contains(id) == (expected.override == .limit))
    }
    #expect(AlarmCatalogue.suppressed(by: .prime).count == 2)
    #expect(AlarmCatalogue.suppressed(by: .clampClosedInWean).first == AlarmID(12))
    #expect(AlarmCatalogue.suppressed(by: .arterialStop).first == AlarmID(20))
  }

  @Test("A set of alarms finds, counts and takes out across its two words")
  func alarmSet() {
    var set = AlarmSet()
    for number in [1, 63, 64, 67] as [UInt8] { set.set(AlarmID(number), true) }
    #expect(set.count == 4 && set.contains(AlarmID(64)) && !set.contains(AlarmID(2)))
    var other = AlarmSet()
    other.set(AlarmID(64), true)
    other.set(AlarmID(5), true)
    #expect((set & other).first == AlarmID(64))
    #expect((set | other).count == 5)
    #expect((set - other).count == 3)
    #expect((set ^ other).count == 4)
    var taken: [UInt8] = []
    while let alarm = set.takeFirst() { taken.append(alarm.number) }
    #expect(taken == [1, 63, 64, 67])
    #expect(set.isEmpty && set.first == nil)
  }
}
