/// The deployed firmware as a guest's workload, and what a rig may do to it.
///
/// A shell is the guest's first program. It starts the firmware and does what is typed at
/// `/dev/hvc1`: `kill`, `freeze`, `guard` (kills the lease guard), `start`, `stop`, `clock SECONDS`. The host's files stand at `/run/host`.
public struct FirmwareWorkload: Sendable {
  /// The firmware file.
  public var firmware: String
  /// The compiled board image.
  public var image: String
  /// Names of the buses in the order of the guest's adapters.
  public var buses: [String]
  /// Where the black box goes; nothing for none.
  public var blackBox: String?
  /// The link is served over `/dev/hvc0`.
  public var servesLink: Bool

  /// A workload.
  public init(
    firmware: String, image: String, buses: [String], blackBox: String?, servesLink: Bool
  ) {
    self.firmware = firmware
    self.image = image
    self.buses = buses
    self.blackBox = blackBox
    self.servesLink = servesLink
  }

  /// The shell text.
  var script: String {
    var arguments = ["--board", GuestPath.quoted(image)]
    for (index, bus) in buses.enumerated() { arguments += ["--bus", "\(bus)=/dev/i2c-\(index)"] }
    if let blackBox { arguments += ["--blackbox", GuestPath.quoted(blackBox)] }
    if servesLink { arguments += ["--link-console", "/dev/hvc0"] }
    return """
      stty -F /dev/hvc0 raw -echo; stty -F /dev/hvc1 raw -echo
      start() { \(GuestPath.quoted(firmware)) \(arguments.joined(separator: " ")) & pid=$!; }
      children() { for stat in /proc/[0-9]*/stat; do
        read -r child _ _ parent _ < $stat 2>/dev/null && [ "$parent" = "$1" ] && echo $child; done; }
      start
      exec 3</dev/hvc1
      while read -r word rest <&3; do
        case $word in
          kill) kill -9 $pid; wait $pid 2>/dev/null ;;
          freeze) kill -STOP $pid ;;
          guard) for keeper in $(children $pid); do kill -9 $(children $keeper); done ;;
          start) start ;;
          clock) date -s "@$(($(date +%s) + rest))" >/dev/null ;;
          stop) kill -TERM $pid; wait $pid; break ;;
        esac
      done
      """
  }
}
