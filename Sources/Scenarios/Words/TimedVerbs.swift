import PerfusionCore

extension ActionVerbs {
  /// Actions that go on for a while: one command a second.
  static var rampRows: [Row] {
    [
      Row("ramp <pump> flow from <flow> to <flow> over <time>") { found in
        PlannedAction.ramp(from: found[1].number, to: found[2].number, over: found[3].number) {
          .setFlow(found[0].index, .litersPerMinute($0))
        }
      },
      Row("ramp <pump> speed from <speed> to <speed> over <time>") { found in
        PlannedAction.ramp(from: found[1].number, to: found[2].number, over: found[3].number) {
          .setSpeed(found[0].index, .rpm($0))
        }
      },
      Row("ramp <pump> pressure from <pressure> to <pressure> over <time>") { found in
        PlannedAction.ramp(from: found[1].number, to: found[2].number, over: found[3].number) {
          .setPressure(found[0].index, .mmHg($0))
        }
      },
      Row("ramp venous occluder from <share> to <share> over <time>") { found in
        PlannedAction.ramp(from: found[0].number, to: found[1].number, over: found[2].number) {
          .setVenousOccluder(.of($0))
        }
      },
      Row("force <pump> below floor for <time>") { found in
        [
          PlannedAction(.forceBelowFloor(found[0].index, true)),
          PlannedAction(after: found[1].number, .forceBelowFloor(found[0].index, false)),
        ]
      },
    ]
  }

  /// Doses; the ratio is set on the crystalloid follower of the board.
  static func cardioplegiaRows(_ machine: MachineConfiguration) -> [Row] {
    let follower = machine.pump(.crystalloid) ?? -1
    return [(" retrograde", CardioplegiaRoute.retrograde), ("", .antegrade)].flatMap {
      doseRows($0.0, $0.1, follower)
    } + [
      row("stop dose") { _ in .stopDose }
    ]
  }

  private static func doseRows(_ word: String, _ route: CardioplegiaRoute, _ follower: Int) -> [Row]
  {
    [
      row("dose <volume> at <flow>" + word) {
        .startDose(.litersPerMinute($0[1].number), .volume(.milliliters($0[0].number)), route)
      },
      row("dose for <time> at <flow>" + word) {
        .startDose(.litersPerMinute($0[1].number), .time(.seconds($0[0].number)), route)
      },
      Row("dose <volume> at <flow> ratio <ratio>" + word) {
        [
          PlannedAction(.setRatio(follower, $0[2].number)),
          PlannedAction(
            .startDose(.litersPerMinute($0[1].number), .volume(.milliliters($0[0].number)), route)),
        ]
      },
      Row("dose for <time> at <flow> ratio <ratio>" + word) {
        [
          PlannedAction(.setRatio(follower, $0[2].number)),
          PlannedAction(
            .startDose(.litersPerMinute($0[1].number), .time(.seconds($0[0].number)), route)),
        ]
      },
    ]
  }
}
