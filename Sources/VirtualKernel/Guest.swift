import CVhostUser
import Foundation

/// A User-Mode-Linux program with its workload, started against a virtual kernel's sockets.
public final class Guest {
  private let process = Process()
  private let output: FileHandle

  /// Starts the kernel; `script` is the shell text that runs as its first program, with the host's
  /// files as root file system, read-only. What it prints goes to `console`.
  ///
  /// - Throws: what the host says when program or files cannot be used.
  public init(
    kernel program: String, of virtual: VirtualKernel, folder: String, script: String,
    console: String
  ) throws {
    let initialScript = "\(folder)/init.sh"
    try Self.wrap(script).write(toFile: initialScript, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: initialScript)
    _ = FileManager.default.createFile(atPath: console, contents: nil)
    output = try FileHandle(forWritingTo: URL(fileURLWithPath: console))
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments =
      [
        "mem=192m", "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro",
        "init=\(initialScript)", "con=null", "con0=fd:0,fd:1", "ssl=null", "quiet", "panic=-1",
        "time-travel=ext:\(folder)/calendar",
      ] + virtual.deviceArguments
    process.environment = [
      "HOME": folder, "TMPDIR": "/dev/shm", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    // Guest and rig only ever wait for each other. Where that is refused they run as they may.
    _ = pc_vhost_share_processor()
    try process.run()
  }

  /// Mounts what a program expects, runs the workload, powers off.
  private static func wrap(_ script: String) -> String {
    """
    #!/bin/sh
    mount -t proc proc /proc
    mount -t sysfs sysfs /sys
    mount -t tmpfs tmpfs /run
    mount -t tmpfs tmpfs /tmp
    mkdir /run/host && mount -t hostfs none /run/host -o /
    export PATH=/usr/sbin:/usr/bin:/sbin:/bin
    \(script)
    sync
    echo o > /proc/sysrq-trigger
    sleep 10
    """
  }

  /// The kernel still runs.
  var isRunning: Bool { process.isRunning }

  /// Ends the guest at once and waits for its end.
  public func stop() {
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
  }

  /// Waits until the guest has ended by itself.
  public func wait() { process.waitUntilExit() }
}
