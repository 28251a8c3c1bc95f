import ChipDrivers
import Foundation
import Testing
import TestSupport

@testable import VirtualBoard

@Suite("docs/faults.md")
struct FaultDocumentTests {
  private static let parts: [String: ChipPart] = [
    "ADS1115": .ads1115(channels: 1, fullScale: 4.096),
    "Honeywell SSC": .honeywellSSC(lowest: 0, highest: 300),
    "Honeywell ABP2": .honeywellABP2(lowest: 0, highest: 300),
    "NAU7802": .nau7802(gain: 1), "TMP117": .tmp117, "MCP9808": .mcp9808, "MCP9600": .mcp9600,
    "SLF3S": .slf3s(scale: 500), "AS5600": .as5600, "PCA9685": .pca9685(frequency: 200),
    "MCP4725": .mcp4725(reference: 5), "MCP4728": .mcp4728(reference: 5),
    "MCP23017": .mcp23017, "INA226": .ina226(shunt: 0.01, maximumCurrent: 1),
    "INA228": .ina228(shunt: 0.01, maximumCurrent: 1), "FDC1004": .fdc1004, "DS3231": .ds3231,
    "24LC256": .eeprom24LC256, "TCA9548A": .tca9548a,
  ]

  /// Rows of the tables as trimmed cells.
  private func rows() throws -> [[String]] {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "docs/faults.md"), encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
      line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
  }

  @Test("Its table of chips says what each model supports", arguments: parts.keys.sorted())
  func table(name: String) throws {
    let rows = try rows()
    let header = try #require(rows.first { $0.first == "part" })
    let row = try #require(rows.first { $0.first == name })
    let part = try #require(Self.parts[name])
    let nets = Nets(count: netCount(of: part))
    let chip = try #require(makeModel(part: part, nets: nets, firstNet: 0, seed: 1))
    let documented = zip(header, row).filter { $0.1 == "x" }.map(\.0)
    #expect(Set(documented) == Set(chip.supportedFaults.map(\.rawValue)))
  }

  @Test("It explains every fault word", arguments: FaultWord.allCases)
  func words(word: FaultWord) throws {
    #expect(try rows().contains { $0.first == "`\(word.rawValue)`" })
  }
}
