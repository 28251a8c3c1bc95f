import PerfusionCore

/// The one clock of a virtual board.
///
/// It stands at the start of the tick while the tick runs, and at a bus's own time while that
/// bus's worker runs.
final class VirtualClock {
  /// The present moment.
  var now = Instant.start
}
