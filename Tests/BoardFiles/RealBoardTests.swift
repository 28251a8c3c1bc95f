import BoardFiles
import ChipDrivers
import Foundation
import LinkMessages
import PerfusionCore
import Testing
import TestSupport

/// The boards that the project ships.
enum RealBoard: String, CaseIterable {
  case adult = "adult-bypass-cm4"
  case ecmo = "ecmo-beaglebone"
  case liver = "liver-raspberry-pi"

  /// The file's text.
  func text() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "boards/\(rawValue).yaml"), encoding: .utf8)
  }

  /// The checked board.
  func board() throws -> BoardDescription {
    let result = BoardFile.read(try text(), file: "\(rawValue).yaml")
    #expect(result.diagnostics.map(\.description) == [])
    return try #require(result.board)
  }
}

@Suite("The boards of the project")
struct RealBoardTests {
  @Test("Each is without error or warning", arguments: RealBoard.allCases)
  func clean(_ real: RealBoard) throws { _ = try real.board() }

  @Test("Each keeps its buses below the ceiling of 60 %", arguments: RealBoard.allCases)
  func busTime(_ real: RealBoard) throws {
    let board = try real.board()
    for bus in board.wiring.buses.indices {
      let schedule = BusSchedule(
        board.wiring, bus: bus, tickMicroseconds: board.machine.tickMicroseconds)
      #expect(schedule.fits)
      #expect(schedule.worstUtilisation <= 0.6)
      #expect(schedule.worstUtilisation > 0)
    }
  }

  @Test(
    "Each that tempers blood reads it on both sides of the exchanger", .verifies("HZ-24", "C13"),
    arguments: RealBoard.allCases)
  func bloodTemperatures(_ real: RealBoard) throws {
    let board = try real.board()
    guard board.machine.patientCircuit.isFitted else { return }
    var sites: [TemperatureSite] = []
    for index in board.wiring.sensors.indices {
      if case .temperature(let site) = board.wiring.sensors[index].site { sites.append(site) }
    }
    #expect(sites.contains(.arterialBloodTemperature))
    #expect(sites.contains(.venousBloodTemperature))
  }

  @Test("Together they use every part that a board file may name")
  func parts() throws {
    var used: Set<String> = []
    for real in RealBoard.allCases {
      let chips = try real.board().wiring.chips
      for index in chips.indices { used.insert(chips[index].part.catalogueName) }
    }
    #expect(
      used == [
        "ADS1115", "SSC", "ABP2", "NAU7802", "TMP117", "MCP9808", "MCP9600", "SLF3S", "AS5600",
        "PCA9685", "MCP4725", "MCP4728", "MCP23017", "INA226", "INA228", "FDC1004", "DS3231",
        "24LC256", "TCA9548A",
      ])
  }

  @Test("The image gives back what was put in, and the same bytes", arguments: RealBoard.allCases)
  func image(_ real: RealBoard) throws {
    let board = try real.board()
    let bytes = try board.image().encoded()
    let image = try BoardImage(decoding: bytes)
    #expect(image.name.description == real.rawValue)
    #expect(Fields.of(image.machine) == Fields.of(board.machine))
    #expect(Fields.of(image.wiring) == Fields.of(board.wiring))
    #expect(try image.encoded() == bytes)
    #expect(try real.board().image().encoded() == bytes)
  }

  @Test("Arterial line pressure is read in every tick of the adult board")
  func pressureRate() throws {
    let wiring = try RealBoard.adult.board().wiring
    for index in wiring.sensors.indices {
      guard case .pressure(.arterialLinePressure) = wiring.sensors[index].site,
        case .channel(let chip, _) = wiring.sensors[index].port
      else { continue }
      #expect(wiring.chips[Int(chip)].everyTicks == 1)
      return
    }
    Issue.record("the adult board has no arterial line pressure")
  }

  @Test("Heat ends with its lease, pumps hold, the buzzer sounds", arguments: RealBoard.allCases)
  func fallbacks(_ real: RealBoard) throws {
    let wiring = try real.board().wiring
    for index in wiring.actuators.indices {
      let actuator = wiring.actuators[index]
      switch actuator.site {
      case .heater, .heaterContactor, .chiller, .occlusionGap:
        #expect(actuator.fallback == .off)
      case .pumpSpeed, .pumpEnable, .pumpReverse, .pumpTorqueAllowed, .arterialClampOpen,
        .venousOccluder, .waterPump:
        #expect(actuator.fallback == .hold)
      case .buzzer: #expect(actuator.fallback == .on)
      case .redLamp, .yellowLamp, .cyanLamp, .airTest, .watchdogStroke:
        #expect(actuator.fallback == .off)
      }
    }
  }

  @Test("The organ's limits are below 100 mmHg in the artery and 12 mmHg in the portal vein")
  func organLimits() throws {
    let machine = try RealBoard.liver.board().machine
    #expect(machine.kind == .organ)
    #expect(machine.limits.organArteryStop <= .mmHg(100))
    #expect(machine.limits.portalVeinStop <= .mmHg(12))
  }

  @Test("A tachometer's pulse counts twice: both of its edges are captured")
  func tachometer() throws {
    let pumps = try RealBoard.ecmo.board().machine.pumps
    #expect(pumps[0].rotorSensor == .tachometer)
    #expect(pumps[0].countsPerRevolution == 12)
  }

  @Test("Every table of a description has rows of as many cells as columns")
  func describe() throws {
    for real in RealBoard.allCases {
      for table in BoardTables(try real.board()).tables {
        #expect(table.rows.allSatisfy { $0.count == table.columns.count })
        #expect(!table.rows.isEmpty)
      }
    }
  }
}
