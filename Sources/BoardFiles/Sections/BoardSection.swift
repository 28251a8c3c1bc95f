internal import ChipDrivers
internal import PerfusionCore

extension Draft {
  /// `board`: name, kind, description.
  func readBoard(_ top: Section) {
    guard let field = top.required("board", "begin with 'board:' and its name and kind"),
      let section = Section(field, what: "board")
    else { return }
    if let name = section.required("name", "write 'name:' and a short name")?.identifier() {
      self.name = name
    }
    let kinds: [(String, MachineKind)] = [
      ("bypass", .bypass), ("ecmo", .ecmo), ("organ", .organ),
    ]
    if let kind = section.required("kind", "write bypass, ecmo or organ")?.choice(kinds) {
      machine.kind = kind
    }
    if let summary = section.field("description")?.text() { self.summary = summary }
    section.finish()
  }

  /// `tick`: the length of one base tick.
  func readTick(_ top: Section) {
    guard let field = top.field("tick"), let tick = field.quantity(Seconds.self, 0.001...0.020)
    else { return }
    let microseconds = (tick.seconds * 1_000_000).rounded()
    guard (microseconds / 1000).rounded() * 1000 == microseconds else {
      field.fail(
        "tick \(NumberText.text(microseconds)) us is no whole number of milliseconds",
        "write for example '5 ms'")
      return
    }
    machine.tickMicroseconds = Int32(microseconds)
  }

  /// `buses`: id, adapter, speed.
  func readBuses(_ top: Section) {
    guard let list = top.required("buses", "list the I2C buses")?.list("bus") else {
      buses.isBroken = true
      return
    }
    var adapters: [String: String] = [:]
    for field in list {
      guard let section = Section(field, what: "bus") else { continue }
      var bus = BusWiring()
      let id = section.required("id", "give the bus a name")
      if let field = id, let word = field.identifier() {
        buses.add(word, at: field)
        bus.id = Identifier(word)
      }
      if let field = section.required("adapter", "write the device node, for example /dev/i2c-1"),
        let adapter = field.identifier()
      {
        if let other = adapters[adapter] {
          field.fail(
            "adapter '\(adapter)' is that of bus '\(other)' already",
            "give each bus its own adapter")
        }
        adapters[adapter] = bus.id.description
        bus.adapter = Identifier(adapter)
      }
      let speed = section.required("speed", "write for example 'speed: 400 kHz'")
      if let hertz = speed?.amount(.frequency, 10_000...1_000_000) {
        bus.clockHertz = UInt32(hertz)
      }
      section.finish()
      append(bus, to: &wiring.buses, "buses", at: field)
    }
  }
}
