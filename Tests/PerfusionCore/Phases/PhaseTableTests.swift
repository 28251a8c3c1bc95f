import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Phases follow one another by the table")
struct PhaseTableTests {
  private let kinds = [MachineKind.bypass, .ecmo, .organ]

  private func phases() -> [Phase] {
    (0..<Phase.count).compactMap { Phase(rawValue: UInt8($0)) }
  }

  @Test("Support is entered only with a checklist or back from a paused support", .verifies("R4"))
  func supportNeedsChecklist() {
    for kind in kinds {
      for from in phases() where !from.isSupporting && from != .circulatoryArrest {
        for to in phases() where to.isSupporting {
          let condition = PhaseTable.condition(from: from, to: to, kind: kind)
          guard let condition else { continue }
          let known = from == .postBypass ? PhaseCondition.selfTest : .checklist
          #expect(condition == known, "\(from) to \(to) on \(kind)")
        }
      }
    }
  }

  @Test("Support is left only with the flow stopped")
  func leavingNeedsStoppedFlow() {
    for kind in kinds {
      for from in phases() where from.isSupporting {
        for to in phases() where !to.isSupporting && to != .circulatoryArrest {
          let condition = PhaseTable.condition(from: from, to: to, kind: kind)
          #expect(condition == nil || condition == .flowStopped, "\(from) to \(to) on \(kind)")
        }
      }
    }
  }

  @Test("A machine knows only the support it is built for")
  func kindsOfSupport() {
    #expect(PhaseTable.condition(from: .ready, to: .ecmo, kind: .bypass) == nil)
    #expect(PhaseTable.condition(from: .ready, to: .onBypass, kind: .ecmo) == nil)
    #expect(PhaseTable.condition(from: .ready, to: .exVivo, kind: .organ) == .checklist)
  }

  @Test("Pumps stand in every phase before prime")
  func pumpsStandBeforePrime() {
    for phase in [Phase.off, .post, .standby, .setup, .faultHold] {
      #expect(!PhaseTable.allowsPumps(phase))
    }
  }
}
