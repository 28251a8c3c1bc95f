internal import ChipDrivers
internal import PerfusionCore

/// Which way a carrier goes.
enum CarrierDirection {
  /// From the model to the message.
  case toMessage
  /// From the message to the model; every value is checked.
  case toModel
}

/// Carries values between the model and its message, in either direction.
///
/// Each message has one function that names every pair of fields once, so that writing and
/// reading cannot drift apart. The first value that does not fit is kept as the fault; what is
/// carried after it means nothing.
struct Carrier {
  let direction: CarrierDirection
  var fault: BoardImageError?

  init(_ direction: CarrierDirection) { self.direction = direction }

  mutating func fail(_ error: BoardImageError) { if fault == nil { fault = error } }

  mutating func number(
    _ message: inout Double, _ model: inout Double, _ range: ClosedRange<Double> = -1e12...1e12
  ) {
    switch direction {
    case .toMessage: message = model
    case .toModel: model = message
    }
    if !range.contains(message) { fail(.valueOutOfRange) }
  }

  mutating func quantity<Kind: Quantity>(
    _ message: inout Double, _ model: inout Kind, _ range: ClosedRange<Double>
  ) {
    var base = model.base
    number(&message, &base, range)
    model = Kind(base: base)
  }

  mutating func flag(_ message: inout Bool, _ model: inout Bool) {
    switch direction {
    case .toMessage: message = model
    case .toModel: model = message
    }
  }

  mutating func integer<Wide: FixedWidthInteger, Narrow: FixedWidthInteger>(
    _ message: inout Wide, _ model: inout Narrow, _ range: ClosedRange<Int>
  ) {
    switch direction {
    case .toMessage: message = Wide(truncatingIfNeeded: model)
    case .toModel: model = Narrow(truncatingIfNeeded: message)
    }
    if !range.contains(Int(clamping: message)) { fail(.valueOutOfRange) }
  }

  mutating func choice<Message: RawRepresentable, Model: RawRepresentable>(
    _ message: inout Message, _ model: inout Model
  ) where Message.RawValue == UInt32, Model.RawValue == UInt8 {
    switch direction {
    case .toMessage:
      if let value = Message(rawValue: UInt32(model.rawValue)) { message = value }
    case .toModel:
      if let raw = UInt8(exactly: message.rawValue), let value = Model(rawValue: raw) {
        model = value
      } else {
        fail(.valueOutOfRange)
      }
    }
  }

  /// A sub-message must be there.
  mutating func presence(_ has: inout Bool) {
    switch direction {
    case .toMessage: has = true
    case .toModel: if !has { fail(.malformed) }
    }
  }

  /// A name of at most 47 bytes, ended by zeros.
  mutating func name<Characters: BitwiseCopyable>(
    _ message: inout Characters, _ model: inout Identifier
  ) {
    unsafe withUnsafeMutableBytes(of: &message) { bytes in
      switch direction {
      case .toMessage:
        for index in 0..<bytes.count {
          unsafe bytes[index] = model.byte(index)
        }
      case .toModel:
        var length = 0
        while length < bytes.count, unsafe bytes[length] != 0 { length += 1 }
        let all = unsafe Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(bytes))
        model = Identifier(bytes: all.extracting(first: length))
      }
    }
  }

  /// A list: the count, then each element of a C array that Swift sees as a tuple.
  mutating func list<Elements: BitwiseCopyable, Element: BitwiseCopyable, Model, let capacity: Int>(
    _ count: inout UInt16, _ elements: inout Elements, of element: Element,
    _ model: inout FixedList<capacity, Model>, filler: Model,
    _ carry: (inout Carrier, inout Element, inout Model) -> Void
  ) {
    let total: Int
    switch direction {
    case .toMessage:
      total = model.count
      count = UInt16(truncatingIfNeeded: total)
    case .toModel:
      total = min(Int(count), capacity)
      model.removeAll()
    }
    let room = MemoryLayout<Elements>.size / MemoryLayout<Element>.stride
    if total > room { fail(.tooManyEntries) }
    unsafe withUnsafeMutableBytes(of: &elements) { bytes in
      for index in 0..<min(total, room) {
        var one = direction == .toMessage ? model[index] : filler
        let offset = index * MemoryLayout<Element>.stride
        var wire = unsafe bytes.load(fromByteOffset: offset, as: Element.self)
        carry(&self, &wire, &one)
        unsafe bytes.storeBytes(of: wire, toByteOffset: offset, as: Element.self)
        if direction == .toModel { model.append(one) }
      }
    }
  }
}
