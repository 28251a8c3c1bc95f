import ChipDrivers
import PerfusionCore

/// A chip as its bus sees it.
///
/// Not copyable, so that a bus that talks to it a dozen times a tick borrows the model where it
/// stands: taking it out of an array counts its owners up and down at every transfer.
struct ChipPlace: ~Copyable {
  private let model: (any ChipModel)?

  /// A place with a chip; without one nothing acknowledges.
  init(_ model: (any ChipModel)?) { self.model = model }

  /// Both phases of a transfer: whether they were acknowledged, and how long the chip stretched
  /// the clock, microseconds.
  borrowing func exchange(
    write: Span<UInt8>, read: inout MutableSpan<UInt8>, at now: Instant
  ) -> (isAcknowledged: Bool, stretch: Int64) {
    var isAcknowledged = true
    if !write.isEmpty || read.isEmpty { isAcknowledged = model?.write(write, at: now) ?? false }
    if isAcknowledged && !read.isEmpty {
      isAcknowledged = model?.read(into: &read, at: now) ?? false
    }
    return (isAcknowledged, max(0, model?.stretch ?? 0))
  }

  /// See `ChipModel.generalCall`.
  borrowing func generalCall(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    model?.generalCall(bytes, at: now) ?? false
  }

  /// See `ChipModel.output`.
  borrowing func output(_ pin: Int) -> Double { model?.output(pin) ?? 0 }

  /// See `ChipModel.powerOn`.
  borrowing func powerOn(at now: Instant) { model?.powerOn(at: now) }
}

/// The chips of a board by their index in the wiring.
struct ChipPlaces: ~Copyable {
  /// As many as a wiring can hold.
  let places: InlineArray<40, ChipPlace>

  /// Places for these chips.
  init(_ chips: [any ChipModel]) {
    places = InlineArray<40, ChipPlace> { ChipPlace($0 < chips.count ? chips[$0] : nil) }
  }
}
