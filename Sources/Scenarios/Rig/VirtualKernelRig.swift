import LinkMessages
public import PerfusionCore
public import VirtualBoard
public import VirtualKernel

/// The deployed firmware file on a real kernel whose hardware is a virtual board, in virtual time.
///
/// The machine is seen and operated by the firmware's link alone, as a person's program sees it;
/// what is true about plant and board is known because they are simulated here.
public final class VirtualKernelRig: LinkedRig {
  /// The machine under test.
  public let machine: MachineConfiguration
  /// The board behind the kernel.
  public let world: BareBoard
  /// The plant's numbers by name.
  public let numbers: PlantNumbers
  /// What the link has told.
  public private(set) var talk: FirmwareTalk
  /// Why the rig cannot go on.
  public private(set) var trouble: String?
  private let session: KernelSession
  private var injected: Set<FaultSpecification> = []
  private var startAt: Int64?
  private var sum = WordSum()

  /// A rig over a firmware that has been started.
  ///
  /// - Parameters:
  ///   - machine: The machine of the session's world.
  ///   - session: Kernel and firmware.
  ///   - framePeriod: Virtual seconds between two frames of the link.
  public init(_ machine: MachineConfiguration, _ session: KernelSession, framePeriod: Double) {
    self.machine = machine
    self.session = session
    world = session.board
    numbers = PlantNumbers(machine)
    talk = FirmwareTalk(machine, framePeriod: framePeriod, greetAt: 1_000_000)
  }

  /// `virtual kernel`.
  public var name: String { "virtual kernel" }
  /// A sum over what the board did and what the link said.
  public var fingerprint: UInt64 { sum.value }
  /// What kernel and firmware have printed.
  public var console: String { session.console }

  /// Sends a command over the link; false while it has eight to answer.
  public func submit(_ command: OperatorCommand) -> Bool { talk.submit(command) }

  /// Lets one base tick pass.
  public func advance() {
    let end = now.advanced(microseconds: Int64(machine.tickMicroseconds))
    startWhenDue()
    let said = talk.speak(at: now, mayGreet: startAt == nil)
    if !said.isEmpty { session.send(said) }
    run(until: end)
    let bytes = session.receive()
    sum.fold(bytes: bytes)
    talk.hear(bytes)
    world.foldState(into: &sum)
    if let found = talk.conversation.trouble, trouble == nil, startAt == nil { trouble = found }
  }

  private func run(until end: Instant) {
    do throws(VhostError) { try session.run(until: end) } catch {
      trouble = trouble ?? "virtual kernel: \(error.reason)"
    }
    if session.hasEnded, trouble == nil {
      trouble = "the kernel ended; it printed: " + session.console.suffix(400)
    }
  }

  private func startWhenDue() {
    guard let due = startAt, now.microseconds >= due else { return }
    startAt = nil
    session.type("start")
    talk.beginAnew(greetAt: now.microseconds + 200_000)
  }

  /// Acts on plant, board, supply or the guest.
  public func apply(_ stimulus: Stimulus) throws(StimulusRefusal) {
    if case .fault(let fault) = stimulus, fault.target == "store" {
      throw .unsupported("what the firmware keeps lies in files, which this rig does not damage")
    }
    if try world.play(stimulus, numbers) {
      if case .fault(let fault) = stimulus { injected.insert(fault) }
      return
    }
    switch stimulus {
    case .killFirmware: session.type("kill")
    case .restartFirmware(let delay):
      session.type("kill")
      startAt = now.microseconds + Int64(min(max(delay, 0.05), 1e5) * 1_000_000)
    case .wallClock(let seconds): session.type("clock \(Int(seconds.rounded()))")
    case .hangFirmware:
      throw .unsupported("a process cannot be made to hang in its tick alone from outside")
    case .boardSupply:
      throw .unsupported("the virtual board's own supply has no switch; a bench has one")
    default: throw .unsupported("this rig cannot do that")
    }
  }

  /// Stops the firmware's process where it stands (SIGSTOP), as a debugger would.
  public func freezeFirmware() { session.type("freeze") }
  /// Kills the lease guard, not the process that starts another.
  public func killGuard() { session.type("guard") }

  /// The number of the newest tick that the link has told of.
  public var newestTick: UInt64 { talk.conversation.frame?.tick.count ?? 0 }
  /// The firmware that runs now has greeted and told of itself.
  public var isSpeaking: Bool {
    talk.conversation.hasGreeted && talk.conversation.frame != nil && startAt == nil
  }

  /// A tick; a guest that breaks off is ended.
  private func passAsLongAsItLives() {
    let end = now.advanced(microseconds: Int64(machine.tickMicroseconds))
    do throws(VhostError) { try session.run(until: end) } catch { session.end() }
  }

  /// Power off, faults off, the firmware ended; the rotors must come to rest.
  public func makeSafe() -> String? {
    session.type("stop")
    world.makeSafe(injected)
    let found = world.restingTrouble { passAsLongAsItLives() }
    // The firmware closes its black box before it ends.
    for _ in 0..<2000 where !session.hasEnded { passAsLongAsItLives() }
    session.end()
    return found
  }
}

extension VirtualKernelRig: GaugeReader {}
