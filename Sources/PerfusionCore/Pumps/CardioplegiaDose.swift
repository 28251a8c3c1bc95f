/// What a dose did in a tick.
public enum DoseStep: BitwiseCopyable, Sendable {
  /// Nothing under way.
  case idle
  /// The pumps are meant to run.
  case delivering
  /// The pumps were told to stop and run out.
  case runningOut
  /// The dose has ended in this tick with this volume; it was complete, or the operator ended it.
  case ended(Volume, complete: Bool)
}

/// A cardioplegia dose: splits the total flow, counts what is delivered and ends by itself.
///
/// The volume is that of the rotors, blood and crystalloid together. The stop is called early by
/// what the pumps still deliver on their ramp, so that the volume after they stand is the dose
/// (docs/domain.md 2.2, C4: within 2 % over 100 ml; AL-38).
public struct CardioplegiaDose: BitwiseCopyable, Sendable {
  /// Total flow asked for.
  public private(set) var flow = Flow.zero
  /// Blood to crystalloid.
  public private(set) var ratio: Double = 4
  /// Which way it goes.
  public private(set) var route = CardioplegiaRoute.antegrade
  /// Delivered so far, or by the last dose.
  public private(set) var delivered = Volume.zero
  /// Time since the start.
  public private(set) var elapsed = Seconds.zero
  /// A dose is being delivered: the pumps are meant to run.
  public var isDelivering: Bool { step == .delivering }
  /// A dose is under way, its run-out included.
  public var isUnderWay: Bool { step != .idle }

  /// The dose has been reached; the pumps run out.
  public var hasReached: Bool { isComplete && step == .runningOut }
  /// More than 10 % over the dose has been delivered.
  public var isOver: Bool {
    switch end {
    case .volume(let volume): delivered > volume * 1.1
    case .time: false
    }
  }

  private enum Step: UInt8 { case idle, delivering, runningOut }
  private var step = Step.idle
  private var end = DoseEnd.volume(.zero)
  private var hasCrystalloid = true
  private var isComplete = false
  private var start = Volume.zero
  private var outTime: Double = 0

  /// No dose.
  public init() {}

  /// Begins a dose.
  ///
  /// * `total`: what both pumps have delivered since start-up (`Pump.deliveredTotal`).
  /// * `ratio`: blood to crystalloid, 0.25...16; held inside.
  /// * `hasCrystalloid`: a follower adds crystalloid; without one all of the flow is blood.
  /// * `route`: into the root or into the coronary sinus.
  /// - Throws: `outOfRange` for a flow or an end that is not above zero.
  public mutating func begin(
    flow: Flow, ratio: Double, hasCrystalloid: Bool, end: DoseEnd, total: Volume,
    route: CardioplegiaRoute = .antegrade
  ) throws(Refusal) {
    guard flow > .zero, flow.isFinite else { throw .outOfRange }
    switch end {
    case .volume(let volume): guard volume > .zero else { throw .outOfRange }
    case .time(let time): guard time > .zero else { throw .outOfRange }
    }
    self.flow = flow
    self.route = route
    self.ratio = MasterFollower.held(ratio)
    self.hasCrystalloid = hasCrystalloid
    self.end = end
    start = total
    delivered = .zero
    elapsed = .zero
    isComplete = false
    step = .delivering
  }

  /// Ends the dose early; the pumps run out.
  public mutating func cancel() {
    guard step == .delivering else { return }
    step = .runningOut
    outTime = 0
  }

  /// Share of the flow that the blood pump makes: R / (R + 1).
  public var bloodFlow: Flow { hasCrystalloid ? flow * (ratio / (ratio + 1)) : flow }
  /// Share that the crystalloid pump adds.
  public var crystalloidFlow: Flow { hasCrystalloid ? flow / (ratio + 1) : .zero }

  /// Moves on by one tick.
  ///
  /// * `total`: what both pumps have delivered since start-up.
  /// * `runOut`: what they would still deliver if told to stop now (`Pump.runOutVolume`).
  /// * `pumpsStand`: both rotors stand.
  public mutating func update(
    total: Volume, runOut: Volume, pumpsStand: Bool, tick: Seconds
  ) -> DoseStep {
    guard step != .idle else { return .idle }
    delivered = total - start
    elapsed += tick
    if step == .delivering {
      if isReached(runOut) {
        isComplete = true
        step = .runningOut
        outTime = 0
      }
      return step == .delivering ? .delivering : .runningOut
    }
    outTime += tick.seconds
    guard pumpsStand || outTime > 5 else { return .runningOut }
    step = .idle
    return .ended(delivered, complete: isComplete)
  }

  private func isReached(_ runOut: Volume) -> Bool {
    switch end {
    case .volume(let volume): delivered + runOut >= volume
    case .time(let time): elapsed >= time
    }
  }
}

extension CardioplegiaDose {
  /// Passes the dose through a record. Volumes start from zero with the pumps' counters.
  mutating func pass(_ buffer: inout RecordBuffer) {
    buffer.pass(&flow)
    buffer.pass(&ratio)
    buffer.pass(&delivered)
    buffer.pass(&elapsed)
    buffer.pass(&step)
    buffer.pass(&route)
    buffer.pass(&hasCrystalloid)
    buffer.pass(&isComplete)
    passEnd(&buffer)
    guard buffer.isReading else { return }
    start = .zero - delivered
    outTime = 0
  }

  private mutating func passEnd(_ buffer: inout RecordBuffer) {
    var isTimed = false
    var amount: Double
    switch end {
    case .volume(let volume): amount = volume.base
    case .time(let time):
      isTimed = true
      amount = time.base
    }
    buffer.pass(&isTimed)
    buffer.pass(&amount)
    if buffer.isReading {
      end = isTimed ? .time(Seconds(base: amount)) : .volume(Volume(base: amount))
    }
  }

  /// Goes on after a restart in which the pumps held their speed for this time.
  mutating func goOn(after gap: Seconds) {
    guard isUnderWay else { return }
    elapsed += gap
    if step == .delivering { start = start - flow * gap }
  }
}
