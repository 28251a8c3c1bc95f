internal import CLinkMessages
internal import PerfusionCore

/// Carries values between the core's values and its message, in either direction.
///
/// As the board image's carrier, each message has one function that names every pair of fields
/// once. The other side may be newer or older, so an unknown enumeration value takes the careful
/// default that the call names.
struct FrameCarrier {
  let direction: CarrierDirection
  /// Moment of the tick, microseconds; ages are counted from it.
  var at: Int64

  init(_ direction: CarrierDirection, at: Int64 = 0) {
    self.direction = direction
    self.at = at
  }

  mutating func number(_ message: inout Double, _ model: inout Double) {
    switch direction {
    case .toMessage: message = model
    case .toModel: model = message
    }
  }

  mutating func quantity<Kind: Quantity>(_ message: inout Double, _ model: inout Kind) {
    var base = model.base
    number(&message, &base)
    model = Kind(base: base)
  }

  mutating func flag(_ message: inout Bool, _ model: inout Bool) {
    switch direction {
    case .toMessage: message = model
    case .toModel: model = message
    }
  }

  mutating func integer<Wide: FixedWidthInteger, Narrow: FixedWidthInteger>(
    _ message: inout Wide, _ model: inout Narrow
  ) {
    switch direction {
    case .toMessage: message = Wide(clamping: model)
    case .toModel: model = Narrow(clamping: message)
    }
  }

  mutating func choice<Message: RawRepresentable, Model: RawRepresentable>(
    _ message: inout Message, _ model: inout Model, unknown: Model
  ) where Message.RawValue == UInt32, Model.RawValue == UInt8 {
    switch direction {
    case .toMessage:
      if let value = Message(rawValue: UInt32(model.rawValue)) { message = value }
    case .toModel:
      if let raw = UInt8(exactly: message.rawValue), let value = Model(rawValue: raw) {
        model = value
      } else {
        model = unknown
      }
    }
  }

  /// A choice that may be missing.
  mutating func choice<Message: RawRepresentable, Model: RawRepresentable>(
    _ has: inout Bool, _ message: inout Message, _ model: inout Model?
  ) where Message.RawValue == UInt32, Model.RawValue == UInt8 {
    switch direction {
    case .toMessage:
      has = false
      if let model, let value = Message(rawValue: UInt32(model.rawValue)) {
        message = value
        has = true
      }
    case .toModel:
      model = nil
      if has {
        model = UInt8(exactly: message.rawValue).flatMap { Model(rawValue: $0) }
      }
    }
  }

  /// A moment as its age at the tick's moment.
  mutating func age(_ message: inout Int64, _ model: inout Instant) {
    switch direction {
    case .toMessage: message = at &- model.microseconds
    case .toModel: model = Instant(microseconds: at &- message)
    }
  }

  mutating func reading(
    _ message: inout perfusion_NumberReading, _ model: inout Reading<some Quantity>
  ) {
    quantity(&message.value, &model.value)
    age(&message.age_us, &model.takenAt)
    choice(&message.quality, &model.quality, unknown: .faulted)
  }

  mutating func reading(_ message: inout perfusion_CountReading, _ model: inout Reading<Int64>) {
    integer(&message.value, &model.value)
    age(&message.age_us, &model.takenAt)
    choice(&message.quality, &model.quality, unknown: .faulted)
  }

  mutating func reading(_ message: inout perfusion_SwitchReading, _ model: inout Reading<Bool>) {
    flag(&message.value, &model.value)
    age(&message.age_us, &model.takenAt)
    choice(&message.quality, &model.quality, unknown: .faulted)
  }

  mutating func reading(
    _ message: inout perfusion_AirReading, _ model: inout Reading<AirObservation>
  ) {
    flag(&message.air_now, &model.value.airNow)
    age(&message.age_us, &model.takenAt)
    choice(&message.quality, &model.quality, unknown: .faulted)
    integer(&message.longest_air_us, &model.value.longestAir)
    flag(&message.self_test_passed, &model.value.selfTestPassed)
  }

  /// One reading of a frame: a reading that is absent is left out.
  mutating func entry<Wire, Value>(
    _ has: inout Bool, _ message: inout Wire, _ model: inout Reading<Value>,
    absent: Reading<Value>,
    _ carry: (inout FrameCarrier, inout Wire, inout Reading<Value>) -> Void
  ) {
    switch direction {
    case .toMessage:
      has = model.isPresent
      if has { carry(&self, &message, &model) }
    case .toModel:
      if has { carry(&self, &message, &model) } else { model = absent }
    }
  }

  /// A table of readings: entries of a C structure that hold a flag and a message by turns.
  mutating func sites<Place: Site, Group: BitwiseCopyable, Wire: BitwiseCopyable, Value>(
    _ has: inout Bool, _ group: inout Group, of empty: Wire,
    _ table: inout SiteTable<Place, Reading<Value>>, absent: Reading<Value>,
    _ carry: (inout FrameCarrier, inout Wire, inout Reading<Value>) -> Void
  ) {
    let offset = MemoryLayout<Wire>.alignment
    let stride = offset + MemoryLayout<Wire>.stride
    var isAny = false
    let isRead = has
    unsafe withUnsafeMutableBytes(of: &group) { bytes in
      for raw in 0..<min(Place.count, bytes.count / stride) {
        guard let site = Place(rawValue: UInt8(raw)) else { continue }
        let place = raw * stride
        var isThere = unsafe isRead && bytes.load(fromByteOffset: place, as: Bool.self)
        var wire =
          unsafe isThere ? bytes.load(fromByteOffset: place + offset, as: Wire.self) : empty
        var one = table[site]
        entry(&isThere, &wire, &one, absent: absent, carry)
        if direction == .toModel {
          table[site] = one
        } else {
          unsafe bytes.storeBytes(of: isThere, toByteOffset: place, as: Bool.self)
          unsafe bytes.storeBytes(of: wire, toByteOffset: place + offset, as: Wire.self)
          isAny = isAny || isThere
        }
      }
    }
    if direction == .toMessage { has = isAny }
  }

  /// Whether a sub-message is carried: always written, read when it is there.
  mutating func begins(_ has: inout Bool) -> Bool {
    if direction == .toMessage { has = true }
    return has
  }
}
