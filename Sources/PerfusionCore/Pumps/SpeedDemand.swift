/// What a pump head asks of the speed loop in one tick.
struct SpeedDemand: BitwiseCopyable, Sendable {
  /// Speed now, signed: the rhythm of a pulse included.
  var speed = RotationalSpeed.zero
  /// Mean of `speed` over a beat, without the sign.
  var mean = RotationalSpeed.zero
  /// Drive enabled.
  var isEnabled = false
  /// Torque removed.
  var removeTorque = false
  /// Why the commanded differs from the set value.
  var reason = CommandReason.asSet
  /// The line's clamp must be closed.
  var wantsClampClosed = false
  /// The line's clamp must be open.
  var wantsClampOpen = false
  /// A pulse is being drawn.
  var isPulsing = false
  /// A beat ended in this tick.
  var beatEnded = false
}
