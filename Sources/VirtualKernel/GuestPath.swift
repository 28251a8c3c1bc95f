import Foundation

/// A path of the host as the guest sees it.
public enum GuestPath {
  /// Quoted for a shell of the guest, where the host's files stand writable at `/run/host`. Links are
  /// followed here: the guest would follow them into its read-only root.
  public static func quoted(_ path: String) -> String {
    let absolute = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    return "'/run/host" + absolute.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}
