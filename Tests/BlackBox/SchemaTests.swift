import Foundation
import PerfusionCore
import Testing

@testable import BlackBox

/// proto/blackbox.proto as text.
private let schema: String = {
  let place = #filePath.components(separatedBy: "/Tests/")[0] + "/proto/blackbox.proto"
  return FileManager.default.contents(atPath: place).map { String(decoding: $0, as: UTF8.self) }
    ?? ""
}()

@Suite("The schema of the record says what the core says")
struct SchemaTests {
  @Test("Every site has its field, with the same word")
  func sites() {
    func check<Place: Site>(_ kind: Place.Type, first: UInt32) {
      for raw in 0..<UInt8(Place.count) {
        guard let site = Place(rawValue: raw) else { continue }
        #expect(schema.contains(" \(snake("\(site)")) = \(first + UInt32(raw));"), "\(site)")
      }
    }
    check(PressureSite.self, first: InputField.pressures)
    check(FlowSite.self, first: InputField.flows)
    check(TemperatureSite.self, first: InputField.temperatures)
    check(AirSite.self, first: InputField.air)
    check(SwitchSite.self, first: InputField.switches)
  }

  @Test("Every member of an enumeration stands there with its number")
  func enumerations() {
    func check<Member: RawRepresentable>(_ prefix: String, _ kind: Member.Type)
    where Member.RawValue == UInt8 {
      for raw in UInt8(0)..<64 {
        guard let member = Member(rawValue: raw) else { continue }
        let name = "\(prefix)_\(snake("\(member)").uppercased())"
        #expect(schema.contains("  \(name) = \(raw);"), "\(name) = \(raw)")
      }
    }
    check("QUALITY", Quality.self)
    check("REFUSAL", Refusal.self)
    check("PHASE", Phase.self)
    check("GRADE", Grade.self)
    check("REASON", CommandReason.self)
    check("PRESSURE_SITE", PressureSite.self)
    check("COMMAND_SOURCE", CommandSource.self)
    check("TUBE_SIZE", TubeSize.self)
    check("WATER_CIRCUIT", WaterCircuit.self)
    check("THERMAL_MODE", ThermalMode.self)
    check("CHECKLIST_ITEM", ChecklistItem.self)
    check("CIRCUIT_EVENT", CircuitEvent.self)
    check("TIMER", TimerID.self)
    check("ALARM_PRIORITY", AlarmPriority.self)
    check("ALARM_INACTIVATION", AlarmInactivation.self)
    check("INACTIVATION_END", InactivationEnd.self)
  }

  private func snake(_ name: String) -> String {
    name.reduce(into: "") { text, letter in
      text += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
    }
  }
}
