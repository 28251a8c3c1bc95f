import Foundation
import LinkMessages
import PerfusionCore
import Testing

@Suite("Old and new programs understand each other")
struct EvolutionTests {
  /// Field 500 as a varint: what a newer program may add to any message.
  private let newField: [UInt8] = [0xA0, 0x1F, 0x2A]

  @Test("A reader ignores what a newer writer adds")
  func newerWriter() throws {
    let bytes = try body(.subscription(frameTicks: 20, events: true)) + newField
    guard
      case .subscription(let ticks, let events, false) = try ClientMessage.decode(bytes.span)
    else {
      Issue.record("not a subscription")
      return
    }
    #expect(ticks == 20 && events)
    // The same inside a message: subscription (field 2) of six bytes, the last three unknown.
    let inside: [UInt8] = [0x12, 7, 0x08, 20, 0x10, 1] + newField
    guard case .subscription(let again, true, false) = try ClientMessage.decode(inside.span) else {
      Issue.record("not a subscription")
      return
    }
    #expect(again == 20)
  }

  @Test("A message of a kind that the reader does not know is no error")
  func unknownKind() throws {
    #expect(try ClientMessage.decode(newField.span) == nil)
    guard case .unknown = try ServerMessage(decoding: newField) else {
      Issue.record("known")
      return
    }
  }

  @Test("What an older writer leaves out takes its default")
  func olderWriter() throws {
    // A frame whose inputs say only the tick: nothing is measured, everything is at rest.
    let bytes: [UInt8] = [0x12, 4, 0x0A, 2, 0x08, 9]
    guard case .frame(let frame) = try ServerMessage(decoding: bytes) else {
      Issue.record("not a frame")
      return
    }
    #expect(frame.tick.count == 9)
    #expect(!frame.sensors[.arterialLinePressure].isPresent)
    #expect(!frame.actuators.drives[0].isEnabled)
    #expect(frame.status.alarms.isEmpty)
  }

  @Test("A quality that the reader does not know is not trusted")
  func unknownQuality() throws {
    // inputs { pressures { arterial_line_pressure { quality: 9 } } }
    let bytes: [UInt8] = [0x12, 8, 0x0A, 6, 0x1A, 4, 0x0A, 2, 0x18, 9]
    guard case .frame(let frame) = try ServerMessage(decoding: bytes) else {
      Issue.record("not a frame")
      return
    }
    #expect(frame.sensors[.arterialLinePressure].quality == .faulted)
  }

  @Test("An action that lacks what it needs is no action: nothing is guessed")
  func missingValue() throws {
    // command { sequence: 1, action { kind: SET_FLOW, flow: 4 } } without a pump.
    let bytes: [UInt8] =
      [0x1A, 15, 0x08, 1, 0x12, 11, 0x08, 4, 0x21, 0, 0, 0, 0, 0, 0, 0x10, 0x40]
    guard case .command(let command) = try ClientMessage.decode(bytes.span) else {
      Issue.record("not a command")
      return
    }
    #expect(command.sequence == 1 && command.action == nil)
  }

  @Test("The schema has every word of the core, in the same order", arguments: schemaWords)
  func words(_ row: SchemaWords) throws {
    let names = try schemaNames(of: row.enumeration).map { name in
      String(name.dropFirst(row.prefix.count))
    }
    #expect(names == row.words.map(upperSnake))
  }

  private func body(_ message: ClientMessage) throws -> [UInt8] {
    Array(try message.framed().dropFirst())
  }
}

/// The words of one enumeration, as the core has them.
struct SchemaWords: Sendable, CustomTestStringConvertible {
  var enumeration: String
  var prefix: String
  var words: [String]
  var testDescription: String { enumeration }

  init<Entry: RawRepresentable>(_ name: String, _ prefix: String, _ type: Entry.Type)
  where Entry.RawValue == UInt8 {
    enumeration = name
    self.prefix = prefix
    words = (0..<UInt8(255)).compactMap { raw in Entry(rawValue: raw).map { "\($0)" } }
  }
}

let schemaWords: [SchemaWords] = [
  SchemaWords("Quality", "QUALITY_", Quality.self),
  SchemaWords("PumpRole", "ROLE_", PumpRole.self),
  SchemaWords("Phase", "PHASE_", Phase.self), SchemaWords("Grade", "GRADE_", Grade.self),
  SchemaWords("CommandReason", "REASON_", CommandReason.self),
  SchemaWords("Refusal", "REFUSAL_", Refusal.self),
  SchemaWords("PumpMode", "MODE_", PumpMode.self),
  SchemaWords("ThermalMode", "THERMAL_", ThermalMode.self),
  SchemaWords("ThermalHold", "HOLD_", ThermalHold.self),
  SchemaWords("CommandSource", "SOURCE_", CommandSource.self),
  SchemaWords("PressureSite", "SITE_", PressureSite.self),
  SchemaWords("AlarmPriority", "PRIORITY_", AlarmPriority.self),
  SchemaWords("AlarmInactivation", "INACTIVATION_", AlarmInactivation.self),
  SchemaWords("InactivationEnd", "INACTIVATION_END_", InactivationEnd.self),
  SchemaWords("StartKind", "START_", StartKind.self),
  SchemaWords("RecordFault", "RECORD_FAULT_", RecordFault.self),
  SchemaWords("CommonCause", "CAUSE_", CommonCause.self),
  SchemaWords("SensorDoubt", "DOUBT_", SensorDoubt.self),
  SchemaWords("SelfTestItem", "SELF_TEST_ITEM_", SelfTestItem.self),
  SchemaWords("SelfTestOutcome", "SELF_TEST_", SelfTestOutcome.self),
  SchemaWords("Outcome", "OUTCOME_", LinkOutcome.self),
  SchemaWords("AlarmChange", "ALARM_", AlarmChange.self),
]

/// The names of an enumeration of proto/perfusion.proto, by number.
private func schemaNames(of enumeration: String) throws -> [String] {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let text = try String(
    contentsOf: root.appendingPathComponent("proto/perfusion.proto"), encoding: .utf8)
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  let start = try #require(lines.firstIndex(of: "enum \(enumeration) {"))
  let end = try #require(lines[start...].firstIndex(of: "}"))
  return lines[start..<end].filter { $0.contains(" = ") }.enumerated().compactMap { number, line in
    let parts = line.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
    return parts.count == 2 && parts[1] == "\(number);" ? parts[0] : nil
  }
}

/// `levelServo` as the schema writes it: `LEVEL_SERVO`.
private func upperSnake(_ word: String) -> String {
  word.reduce(into: "") { out, character in
    out += (character.isUppercase ? "_" : "") + character.uppercased()
  }
}
