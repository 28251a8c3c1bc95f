import ChipDrivers
import PerfusionCore

/// One I2C bus with the chips on it: addressing, multiplexers, time and faults.
///
/// A transfer moves the bus's own time on; the virtual clock carries it to whoever asks what time
/// it is.
final class BusCore {
  /// Chips that were written since the board last looked; bit i is chip i of the wiring.
  var writtenChips: UInt64 = 0
  /// Microseconds that this bus has been busy since power-on.
  private(set) var busyMicroseconds: Int64 = 0
  /// Transfers since power-on, failed ones included.
  private(set) var transfers: Int = 0

  private let clock: VirtualClock
  private let timing: BusTiming
  private let chips: ChipPlaces
  private var direct = [Int16](repeating: -1, count: 128)
  private var routed: [RoutedChip] = []
  private var members: [Int] = []
  private var fault: BusFault?
  private var chipFaults: [BusFault?]
  private var isHeld = false
  private var isHungByChip = false
  /// Chips that hold the bus as long as they are connected to it.
  private var latched: [Int] = []
  private var isSound = true

  /// A chip behind a multiplexer.
  private struct RoutedChip {
    var address: UInt8
    var chip: Int
    var multiplexer: Int
    var channel: Int
  }

  /// Bus `index` of a wiring over the models of all its chips.
  init(index: Int, wiring: BoardWiring, chips: [any ChipModel], clock: VirtualClock) {
    self.clock = clock
    self.chips = ChipPlaces(chips)
    timing = BusTiming(clockHertz: wiring.buses[index].clockHertz)
    chipFaults = Array(repeating: nil, count: chips.count)
    for chip in wiring.chips.indices where Int(wiring.chips[chip].bus) == index {
      place(chip, wiring.chips[chip])
    }
  }

  private func place(_ chip: Int, _ wiring: ChipWiring) {
    if case .none = wiring.part { return }
    members.append(chip)
    if wiring.multiplexer < 0 {
      direct[Int(wiring.address.bits & 127)] = Int16(chip)
    } else {
      routed.append(
        RoutedChip(
          address: wiring.address.bits, chip: chip, multiplexer: Int(wiring.multiplexer),
          channel: Int(wiring.multiplexerChannel)))
    }
  }

  /// Applies or ends a fault of the whole bus.
  ///
  /// A bus that hung stays held after the fault has ended until nine clocks free it; the adapter
  /// sends them when its next transfer has failed, as Linux does.
  func setFault(_ word: FaultWord?, random: SplitMix64) {
    if word == nil && fault?.word == .hang { isHeld = true }
    fault = word.map { BusFault($0, random: random) }
    noticeFaults()
  }

  /// Applies or ends a bus word on one chip's place.
  func setFault(chip: Int, _ word: FaultWord?, random: SplitMix64) {
    if word == nil && chipFaults[chip]?.word == .hang { isHeld = true }
    chipFaults[chip] = word.map { BusFault($0, random: random) }
    noticeFaults()
  }

  /// Nine clocks on SCL, or a power cycle: whoever holds SDA lets go, and a hang is over.
  func recover() {
    isHeld = false
    if fault?.word == .hang { fault = nil }
    for chip in members where chipFaults[chip]?.word == .hang { chipFaults[chip] = nil }
    noticeFaults()
  }

  /// A chip that holds the bus holds it for all.
  private func noticeFaults() {
    isHungByChip = members.contains { chipFaults[$0]?.word == .hang }
    latched = members.filter { chipFaults[$0]?.word == .latched }
    let hasChipFault = members.contains { chipFaults[$0] != nil }
    isSound = fault == nil && !isHeld && !hasChipFault
  }

  /// One combined transfer; see `I2CBus.transfer`.
  func transfer(
    _ address: UInt8, write: Span<UInt8>, read: inout MutableSpan<UInt8>
  ) throws(BusError) {
    transfers &+= 1
    if !isSound { try checkBus() }
    if address == 0 { return try callAll(write) }
    let chip = find(address)
    guard chip >= 0 else {
      spend(timing.microseconds(written: 0, read: 0))
      throw .noAcknowledge
    }
    if !isSound { try checkChip(chip) }
    try exchange(chip, write: write, read: &read)
  }

  private func exchange(
    _ chip: Int, write: Span<UInt8>, read: inout MutableSpan<UInt8>
  ) throws(BusError) {
    var time = timing.microseconds(written: write.count, read: read.count)
    if !isSound && fault?.word == .slow { time *= 10 }
    let atEnd = clock.now.advanced(microseconds: time)
    // A single byte only points at a register: it moves no output.
    if write.count > 1 { writtenChips |= 1 << UInt64(chip & 63) }
    let (acknowledged, stretch) = chips.places[chip].exchange(
      write: write, read: &read, at: clock.now)
    clock.now = atEnd
    spend(min(stretch, BusTiming.longestStretch), busy: time)
    if stretch > BusTiming.longestStretch { throw .timeout }
    guard acknowledged else { throw .noAcknowledge }
    if isSound { return }
    fault?.flip(&read)
    chipFaults[chip]?.flip(&read)
  }

  /// Every chip on the bus that is connected hears the general call.
  private func callAll(_ write: Span<UInt8>) throws(BusError) {
    var isHeard = false
    for chip in members where isConnected(chip) {
      if chips.places[chip].generalCall(write, at: clock.now) {
        isHeard = true
        writtenChips |= 1 << UInt64(chip & 63)
      }
    }
    spend(timing.microseconds(written: write.count, read: 0))
    if !isHeard { throw .noAcknowledge }
  }

  private func checkBus() throws(BusError) {
    if isHeld {
      isHeld = false
      noticeFaults()
      spend(BusTiming.adapterTimeout)
      throw .busFault
    }
    let isHung = isHungByChip || latched.contains(where: isConnected)
    guard let error = isHung ? .busFault : fault?.strike() else { return }
    fail(error)
    throw error
  }

  private func checkChip(_ chip: Int) throws(BusError) {
    guard let error = chipFaults[chip]?.strike() else { return }
    fail(error)
    throw error
  }

  private func fail(_ error: BusError) {
    let isWaiting = error == .timeout || error == .busFault
    spend(isWaiting ? BusTiming.adapterTimeout : timing.microseconds(written: 0, read: 0))
  }

  private func spend(_ wire: Int64, busy: Int64 = 0) {
    let total = wire &+ BusTiming.overhead
    clock.now = clock.now.advanced(microseconds: total)
    busyMicroseconds &+= total &+ busy
  }

  private func find(_ address: UInt8) -> Int {
    let chip = Int(direct[Int(address & 127)])
    if chip >= 0 || routed.isEmpty { return chip }
    for place in routed where place.address == address && isOpen(place) { return place.chip }
    return -1
  }

  private func isOpen(_ place: RoutedChip) -> Bool {
    chips.places[place.multiplexer].output(place.channel) > 0.5
  }

  private func isConnected(_ chip: Int) -> Bool {
    for place in routed where place.chip == chip { return isOpen(place) }
    return true
  }
}
