public import ChipDrivers
internal import CLinux

/// An error number of Linux, as the shims give it (positive here).
///
/// The numbers are those of the kernel's user interface, the same on x86-64 and on aarch64.
public struct SystemError: Error, Equatable, BitwiseCopyable, Sendable {
  /// The number.
  public var number: Int32

  /// The error of a shim's negative result.
  public init(result: Int32) { number = -result }
  /// An error by its number.
  public init(number: Int32) { self.number = number }

  /// Not permitted.
  public static var notPermitted: SystemError { SystemError(number: 1) }
  /// No such file.
  public static var noEntry: SystemError { SystemError(number: 2) }
  /// No such device or address; on a bus, nobody acknowledged.
  public static var noAddress: SystemError { SystemError(number: 6) }
  /// Try again; on a bus, arbitration was lost.
  public static var again: SystemError { SystemError(number: 11) }
  /// Access denied.
  public static var denied: SystemError { SystemError(number: 13) }
  /// Busy.
  public static var busy: SystemError { SystemError(number: 16) }
  /// No such device.
  public static var noDevice: SystemError { SystemError(number: 19) }
  /// Invalid argument.
  public static var invalid: SystemError { SystemError(number: 22) }
  /// The device does not know this request: it is of another kind.
  public static var notThatDevice: SystemError { SystemError(number: 25) }

  /// What the error of a transfer means (docs/domain.md HZ-47).
  public var onBus: BusError {
    switch number {
    case 6, 121: .noAcknowledge  // ENXIO, EREMOTEIO
    case 110: .timeout  // ETIMEDOUT
    case 11: .arbitrationLost  // EAGAIN
    case 95: .unsupported  // EOPNOTSUPP
    case 19: .adapterGone  // ENODEV
    default: .busFault  // EIO, EPROTO, and whatever says nothing more precise
    }
  }
}
