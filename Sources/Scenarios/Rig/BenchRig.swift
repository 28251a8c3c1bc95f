public import BoardFiles
public import PerfusionCore
public import PhysicalRig
public import VirtualBoard

/// A pump board on a bench: the rig's loop plays the circuit by the rig's own chips, and the machine is
/// seen and operated by the firmware's link.
public final class BenchRig<Hardware: BenchHardware>: LinkedRig {
  /// What is called so in reports.
  public let name: String
  /// The machine under test.
  public let machine: MachineConfiguration
  /// The plant's numbers by name.
  public let numbers: PlantNumbers
  /// What the link has told.
  public private(set) var talk: FirmwareTalk
  /// How long the board may take from supply to its first word, seconds.
  public let bootSeconds: Double
  private let loop: BenchLoop<Hardware>
  private let board: any BoardOnBench
  let bench: BenchDescription
  private var injected: Set<FaultSpecification> = []
  private var powerAt: Int64? = 0
  private var conversations = 0
  private var sum = WordSum()
  /// Why the rig cannot go on.
  public private(set) var trouble: String?

  /// A bench with everything off.
  ///
  /// - Parameters:
  ///   - bench: The bench file.
  ///   - hardware: The rig's own hardware.
  ///   - board: The board under test.
  ///   - seed: Seed of what is random in plant and sensors.
  ///   - framePeriod: Seconds between two frames of the link.
  public init(
    _ bench: BenchDescription, hardware: Hardware, board: any BoardOnBench, seed: UInt64,
    framePeriod: Double
  ) {
    self.bench = bench
    self.board = board
    name = bench.name
    machine = bench.board.machine
    bootSeconds = bench.bootSeconds
    loop = BenchLoop(bench, on: hardware, seed: seed)
    numbers = PlantNumbers(bench.board.machine)
    talk = FirmwareTalk(bench.board.machine, framePeriod: framePeriod, greetAt: 0)
  }

  /// What stands around the board under test.
  public var world: BareBoard { loop.world }
  /// A sum over what the rig played and heard, and what the link said.
  public var fingerprint: UInt64 { sum.value }

  /// Sends a command over the link; false while it has eight to answer.
  public func submit(_ command: OperatorCommand) -> Bool { talk.submit(command) }

  /// Lets one base tick pass.
  public func advance() {
    giveSupplyWhenDue()
    board.send(talk.speak(at: now))
    pass()
    if board.conversations != conversations {
      conversations = board.conversations
      talk.beginAnew(greetAt: now.microseconds)
    }
    let bytes = board.receive()
    sum.fold(bytes: bytes)
    talk.hear(bytes)
    world.foldState(into: &sum)
    trouble = trouble ?? loop.trouble ?? board.trouble
    if loop.isPowered, powerAt == nil { trouble = trouble ?? talk.conversation.trouble }
  }

  private func pass() {
    board.pass { [loop] in loop.step() }
  }

  /// The board gets its supply once the rig's own chips run.
  private func giveSupplyWhenDue() {
    guard let due = powerAt, loop.isReady, now.microseconds >= due else { return }
    powerAt = nil
    talk.beginAnew(greetAt: now.microseconds)
    // A bench without the relay has a board that runs already.
    _ = loop.setPower(true)
  }

  /// Acts on plant, drives, wires and supply, as far as this bench is wired for it.
  public func apply(_ stimulus: Stimulus) throws(StimulusRefusal) {
    if let reason = refusal(of: stimulus) { throw .unsupported(reason) }
    if try world.play(stimulus, numbers) {
      if case .fault(let fault) = stimulus { injected.insert(fault) }
      return
    }
    switch stimulus {
    case .boardSupply(let isOn): try switchSupply(isOn)
    case .killFirmware, .restartFirmware, .hangFirmware:
      throw .unsupported(
        "a bench does not reach into the computer of the board; it can cut its supply "
          + "(\"supply: board off\")")
    case .wallClock: throw .unsupported("a bench does not set the clock of the board")
    default: throw .unsupported("a bench cannot do that")
    }
  }

  private func switchSupply(_ isOn: Bool) throws(StimulusRefusal) {
    guard loop.setPower(isOn) else {
      throw .unsupported("the bench has no relay in the board's supply ('power')")
    }
    powerAt = nil
    // Whoever answers after this is another program.
    talk.beginAnew(greetAt: isOn ? now.microseconds : .max)
  }

  /// Faults off, supply off; the rotors must come to rest.
  public func makeSafe() -> String? {
    world.makeSafe(injected)
    _ = loop.setPower(false)
    let found = world.restingTrouble { pass() }
    // The slowest of the rig's chips is at zero, too.
    for _ in 0..<200 { pass() }
    board.release()
    return found
  }
}

extension BenchRig: GaugeReader {}
