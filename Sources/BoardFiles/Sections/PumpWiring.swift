internal import ChipDrivers
internal import PerfusionCore

extension Draft {
  /// `drive`: what the pump's drive is told.
  func readDrive(_ section: Section, _ index: Int) {
    let pump = machine.pumps[index]
    let number = UInt8(index)
    guard let field = section.required("drive", "write how the drive is wired"),
      let drive = Section(field, what: "drive of \(pump.role)")
    else { return }
    let fastest = pump.maximumSpeed.revolutionsPerMinute
    readActuator(
      drive.required("speed", "write the DAC channel of its speed reference"),
      ActuatorFacts(
        "\(pump.role).speed", .pumpSpeed(number), kind: .speed, takesLine: false, fallback: .hold,
        span: 0...fastest))
    readActuator(
      drive.required("enable", "write the line that lets the drive turn"),
      ActuatorFacts("\(pump.role).enable", .pumpEnable(number), fallback: .hold))
    readActuator(
      drive.field("reverse"),
      ActuatorFacts("\(pump.role).reverse", .pumpReverse(number), fallback: .hold))
    readActuator(
      drive.field("torqueAllowed"),
      ActuatorFacts("\(pump.role).torqueAllowed", .pumpTorqueAllowed(number), fallback: .hold))
    drive.finish()
  }

  /// `signals`: what the pump and its drive say.
  func readSignals(_ section: Section, _ index: Int) {
    let role = "\(machine.pumps[index].role)"
    let number = UInt8(index)
    guard let field = section.required("signals", "write at least the rotor sensor"),
      let signals = Section(field, what: "signals of \(role)")
    else { return }
    readRotor(signals, index)
    let others: [(String, SensorSite, UnitKind?)] = [
      ("current", .motorCurrent(number), .current), ("driveAlive", .driveAlive(number), nil),
      ("driveFault", .driveFault(number), nil), ("torqueIsOff", .torqueIsOff(number), nil),
      ("coverIsOpen", .coverIsOpen(number), nil),
    ]
    for (key, site, kind) in others {
      guard let field = signals.field(key),
        let section = Section(field, what: "\(role).\(key)")
      else { continue }
      let facts = SensorFacts(name: "\(role).\(key)", site: site, quantity: key, kind: kind)
      readSensor(section, facts)
      section.finish()
      sensorPlaces[facts.name] = field.place
    }
    signals.finish()
  }

  /// The rotor: an encoder's channel, or a tachometer's line with captured edges.
  private func readRotor(_ signals: Section, _ index: Int) {
    let role = "\(machine.pumps[index].role)"
    let advice = "write its encoder or tachometer: speed and dose are measured there"
    guard let field = signals.required("rotor", advice),
      let section = Section(field, what: "\(role).rotor")
    else { return }
    let facts = SensorFacts(
      name: "\(role).rotor", site: .rotor(UInt8(index)), quantity: "angle", kind: .counts)
    var sensor = SensorWiring()
    sensor.site = facts.site
    sensor.policy = .critical
    let source = section.required("source", "write '{chip: ..., channel: 0}' or '{line: ...}'")
    if let source, let inner = Section(source, what: "source of \(facts.name)") {
      let reference = reference(inner, .input, for: facts.name)
      inner.finish()
      if let reference {
        sensor.port = reference.port
        takeRotor(section, reference, index)
      }
    }
    for key in ["countsPerRevolution", "pulsesPerRevolution"] { _ = section.field(key) }
    if section.field("reversed")?.boolean() == true { sensor.scale = -1 }
    let policies: [(String, LossPolicy)] = [
      ("critical", .critical), ("degraded", .degraded), ("advisory", .advisory),
    ]
    if let policy = section.field("policy")?.choice(policies) { sensor.policy = policy }
    readAge(section, &sensor)
    section.finish()
    append(sensor, to: &wiring.sensors, "sensors", at: field)
    sensorPlaces[facts.name] = field.place
  }

  private func takeRotor(_ section: Section, _ reference: SourceReference, _ index: Int) {
    let role = machine.pumps[index].role
    switch reference {
    case .channel(_, _, let channel, let field):
      if channel.kind.name != UnitKind.counts.name {
        field.fail(
          "\(role).rotor needs an angle and \(field.name) gives \(channel.unit)", "name an AS5600")
      }
      machine.pumps[index].rotorSensor = .encoder
      let counts = section.field("countsPerRevolution")?.integer(1...1_000_000) ?? 4096
      machine.pumps[index].countsPerRevolution = Double(counts)
    case .line(let line, let field):
      if wiring.lines[line].edge == .none {
        field.fail(
          "line '\(lines.word(line))' of \(role).rotor captures no edges",
          "write 'edge: both' at the line")
      }
      machine.pumps[index].rotorSensor = .tachometer
      let pulses = section.required(
        "pulsesPerRevolution", "write the pulses of one turn, for example 6")
      if let pulses = pulses?.integer(1...10_000) {
        // Both edges of a pulse are captured, and each is a count.
        machine.pumps[index].countsPerRevolution = Double(2 * pulses)
      }
    }
  }
}
