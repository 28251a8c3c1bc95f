@testable import PerfusionCore

/// What each row must do, written down from docs/domain.md 8.1, 8.2, 8.3 and 9 and not from the
/// code's own table: hazard, alarm, priority, ticks of 5 ms to raise and to clear, reaction at rest,
/// in prime, under support of a roller and of a centrifugal pump, in an arrest, latch, override
/// class, kinds of pump whose clamp closes with it, start, water.
///
/// Letters: reactions `n` none, `a` annunciate, `k` keep running, `h` hold, `r` regulate, `z` zero
/// flow, `s` stop, `f` forced stop, `i` isolate. Latch `-`, `S` signal, `R` reaction; what stops a
/// pump waits for the operator whatever stands here (R6). Override `A`, `B`, `C` as in section 9, `-`
/// for the rows of class A that only tell: there is nothing to lift. Clamp `-` none, `c` centrifugal, `b` both. Start `a` allows, `b` blocks,
/// `h` holds. Water `a` allows, `l` locks, `s` stops.
///
/// Rows with an event show what `ExpectedRow.machine` makes of it.
struct ExpectedRow {
  var name: String
  var hazards: [UInt8]
  var alarm: UInt8
  var priority: AlarmPriority
  var raise: Int
  var clear: Int
  var grades: [Grade]
  var latch: Latch
  var override: OverrideClass
  var clamp: Character
  var start: StartRule
  var water: WaterRule

  static let machineTable = """
    arterialAir 1 1 H 1 200 nasza R A c a a
    microbubbles 1 4 L 1 200 nnaaa - B - a a
    massiveAir 1 1 H 200 200 nnaaa - C - a a
    arterialAirSensor 41 2 H 200 200 aaaaa S - - b a
    venousAir 40 3 M 40 200 nnaza S B c a a
    cardioplegiaAir 33 3 M 1 200 nnaaa R A - a a
    portalVeinAir 1 1 H 1 200 nnaaa R A - a a
    levelAlert 2 5 M 60 200 nnrra - B - a a
    levelAlarm 2 6 H 40 200 nnsza R A c a a
    levelSensor 42 7 M 400 200 nnaaa S - - a a
    levelUnmeasured 42 7 H 400 200 nnaaa S - - a a
    levelOverfull 2 8 M 400 200 nnaaa - B - a a
    linePressureAlert 8 9 M 40 200 nnaaa - B - a a
    linePressureLow 56 12 H 100 200 nnaaa S B - a a
    disconnection 56 12 H 1 200 nnaaa S B - a a
    isolation 1,56 21 H 1 200 nniii R C b a a
    isolationVent 1,56 21 H 1 200 nnsss R C - a a
    preOxygenatorHigh 9 13 M 100 200 nnaaa - B - a a
    oxygenatorDropAlert 9 14 M 2000 200 nnaaa - B - a a
    oxygenatorDropAlarm 9 15 H 1000 200 nnaaa S B - a a
    suctionAlert 12 16 M 200 200 nnrra - B - a a
    suctionAlarm 12 17 H 60 200 nnrra - B - a a
    reservoirVacuum 39 18 H 100 200 nnaaa - C - a a
    reservoirPositive 38 19 H 60 200 nnsss S C - a a
    flowLow 3 20 H 600 200 nnaaa - B - a a
    flowZero 3 21 H 100 40 nnaaa - - - a a
    flowHigh 57 22 M 600 200 nnhha - B - a a
    flowExcess 57 22 M 200 200 nnhha - B - a a
    backflow 6 23 H 1 200 naazz R C b a a
    probeReversed 43 25 M 1000 200 naaaa - B - b a
    commonCause 3,17 25 M 100 200 nnaaa - B - a a
    flowProbe 17,43 25 M 1 200 naaaa - B - a a
    volumeBalance 42,56 7 M 1 200 nnaaa - B - a a
    sensorUntrue 48 56 M 1 200 naaaa - C - a a
    clampNotOpen 4 34 H 1 200 nahha R C - a a
    clampNotClosed 5 34 H 100 200 nasza R C - a a
    clampClosedRunning 4 35 H 200 200 naaan - - - a a
    venousOccluder 5 36 M 400 200 nnaaa - B - a a
    arterialTemperatureWarning 22 43 M 1 200 nnaaa - C - a a
    arterialTemperatureHigh 22 43 H 1 200 nnaaa - C - a a
    gradient 24 44 M 1 200 nnaaa - C - a a
    gradientHigh 24 44 H 1 200 nnaaa - C - a a
    rewarmRate 24 45 M 1 200 nnaaa - B - a a
    bathHigh 22 46 H 1 200 aaaaa R C - a a
    bathLow 23 47 L 1 200 nnaaa - B - a a
    waterFlow 26,28 48 M 1 200 nnaaa S C - a a
    waterFlowHeating 26,28 48 H 1 200 nnaaa S C - a a
    temperatureSensor 25 49 M 1 200 nnaaa S B - a a
    arterialTemperatureSensor 25 49 H 1 200 nnaaa S B - a a
    coldBlood 23 50 M 1 200 nnaaa - B - a a
    uncommandedHeating 22 46 H 1 200 aaaaa R C - a a
    waterLeak 27 48 H 6000 200 naaaa S C - a s
    mainsLost 30 51 M 4 200 kkkkk - C - a a
    batteryLow 31 52 M 200 200 kkkkk S C - a a
    batteryCritical 31 52 H 200 200 kkkkk S C - b a
    batteryEmpty 31 52 H 200 200 kkkkk S C - b a
    batteryFault 32 53 L 2000 200 aaaaa - C - a a
    batteryUnfit 32 53 M 1 200 aaaaa - C - a a
    electronicsHot 52 61 M 2000 200 kkkkk - C - a a
    electronicsCritical 52 61 H 2000 200 kkkkk - C - b a
    emergencyStop 10 30 H 1 200 fffff R C b b a
    emergencyStopContacts 10 30 H 100 200 aaaaa - C - b a
    watchdog 15,16 54 H 40 200 kkkkk S C - a a
    ischaemia 35 41 L 1 200 aaaaa - B - a a
    ischaemiaLong 35 41 M 1 200 aaaaa - B - a a
    doseReached 35 38 M 1 200 aaaaa - B - a a
    doseOver 35 38 H 1 200 aaaaa - B - a a
    overrideActive 45 62 L 1 200 aaaaa - C - a a
    pressureSensor 48 56 H 200 200 nnaaa S C - a a
    zeroOverdue 44 63 L 1 200 nnaaa - B - b a
    configurationFault 50 58 H 1 200 kkkkk S C - h a
    memoryFault 16,50 58 H 1 200 kkkkk S C - h a
    torqueTest 54 59 H 1 200 kkkkk R C - b a
    watchdogTestOverdue 15 60 M 1 200 aaaaa S C - b a
    maintenanceOverdue 29 66 L 1 200 aaaaa - C - a a
    disinfectionOverdue 29 66 L 1 200 aaaaa - C - a l
    logStorage 51 67 L 1 200 kkkkk - C - a a
    displayLost 14 55 M 200 200 kkkkk S C - a a
    displayLostLong 14 55 H 2200 200 kkkkk S C - a a
    busFault 47 56 M 1 200 kkkkk S C - a a
    safetyBusFault 47 56 H 1 200 kkkkk S C - b a
    loopOverrun 53 57 L 1 200 kkkkk - C - a a
    loopOverrunMany 53 57 M 1 200 kkkkk - C - a a
    clockDisagrees 49 57 L 1 200 kkkkk - C - a a
    adoptedOtherSpeed 55 27 H 1 200 kkkkk S C - a a
    controllerRestarted 55 54 H 1 200 kkkkk S C - a a
    clampUncertain 4 34 H 1 200 naaaa S C - a a
    """

  static let pumpTable = """
    overspeed 10 26 H 1 200 fffff R C b a a
    speedLow 11 27 M 1 200 aakka - C - b a
    jam 11 28 H 1 200 aakka R C - a a
    wrongDirection 7 29 H 1 200 fffff R C b a a
    driveFault 11 30 H 1 200 aakka R C - a a
    driveDead 6,11 30 H 1 200 nakza R C b a a
    decoupled 3 31 H 1 200 aaaaa S - - a a
    lossOfPrime 40 31 H 1 200 naaza R A b a a
    coverOpen 20,21 32 M 20 200 fshas - A - b a
    pressureAlert 8,34 10 H 10 200 sarra - A - a a
    pressureStop 8,34 11 H 4 200 sssrs R C - a a
    pressureHard 8,34 11 H 1 200 sssrs R C - a a
    pressureNotFalling 8,10 11 H 30 200 fffnf R C b a a
    airNotStopped 1,10 1 H 20 200 nnfnn R C b a a
    ratio 36 39 H 1 200 sssss R C - a a
    noArterialFlow 33 40 H 20 200 sasss R C - a a
    belowFloor 6 24 H 1 200 aaaaa - - - a a
    flowMismatch 17 25 M 1 200 aaaaa - B - a a
    suction 37 42 M 60 200 sssss R B - a a
    ventAlert 37 42 M 60 200 aaaaa - B - a a
    handCrank 11 64 M 1 200 aaaaa - B - a a
    noTube 20 31 H 1 200 aaaaa S - - b a
    slip 11 27 M 1 200 aakka - C - b a
    rotorSensor 48 56 H 200 200 ashha S C - a a
    occlusionLoss 18 33 M 1 200 aaaaa S C - b a
    overOcclusion 19 33 M 6000 200 aaaaa - C - a a
    pulsePeak 58 65 M 1 200 aaaaa - B - a a
    zeroFlowLong 3 21 H 1 200 aaaaa - - - a a
    zeroFlowVeryLong 3 21 H 1 200 aaaaa - - - a a
    torqueNotOff 10 59 H 20 200 aaaaa R C - b a
    chatter 12 16 M 1 200 aaaaa - B - a a
    """

  static let machineRows = machineTable.split(separator: "\n").map { ExpectedRow(String($0)) }
  static let pumpRows = pumpTable.split(separator: "\n").map { ExpectedRow(String($0)) }

  init(_ line: String) {
    let words = line.split(separator: " ").map(String.init)
    name = words[0]
    hazards = words[1].split(separator: ",").compactMap { UInt8($0) }
    alarm = UInt8(words[2]) ?? 0
    priority = words[3] == "H" ? .high : words[3] == "M" ? .medium : .low
    raise = Int(words[4]) ?? 0
    clear = Int(words[5]) ?? 0
    grades = words[6].map { Self.letters[$0] ?? .none }
    latch = words[7] == "R" ? .reaction : words[7] == "S" ? .signal : .none
    override = Self.classes[words[8]] ?? .never
    clamp = Character(words[9])
    start = words[10] == "h" ? .holds : words[10] == "b" ? .blocks : .allows
    water = words[11] == "s" ? .stops : words[11] == "l" ? .locks : .allows
  }

  private static let classes: [String: OverrideClass] = [
    "A": .timed, "B": .limit, "C": .never, "-": .notApplicable,
  ]
  private static let letters: [Character: Grade] = [
    "n": .none, "a": .annunciate, "k": .keepRunning, "h": .hold, "r": .regulate, "z": .zeroFlow,
    "s": .stop, "f": .forcedStop, "i": .isolate,
  ]

  /// The reaction in a phase.
  func grade(_ phase: Phase, _ kind: PumpKind) -> Grade {
    switch phase {
    case .prime, .ready: grades[1]
    case .partialBypass, .onBypass, .wean, .ecmo, .exVivo: grades[kind == .roller ? 2 : 3]
    case .circulatoryArrest: grades[4]
    case .off, .post, .standby, .setup, .postBypass, .service, .faultHold: grades[0]
    }
  }

  /// The clamp must be closed in a phase.
  func closesClamp(_ phase: Phase, _ kind: PumpKind) -> Bool {
    let grade = grade(phase, kind)
    if grade >= .forcedStop { return true }
    return grade >= .zeroFlow && (clamp == "b" || clamp == "c" && kind == .centrifugal)
  }

  /// Arterial pump, cardioplegia that draws from it, vent, sucker; responses of docs/domain.md 8.2.
  static func machine(_ kind: PumpKind) -> MachineConfiguration {
    var machine = MachineConfiguration()
    machine.reservoir.isFitted = true
    machine.arterialClamp.isFitted = true
    for role in [PumpRole.arterial, .cardioplegia, .vent, .sucker] {
      var pump = PumpConfiguration()
      pump.role = role
      pump.kind = role == .arterial ? kind : .roller
      pump.hasPressureLimit = role == .arterial
      pump.stopsWithPumps = role == .cardioplegia ? 1 : 0
      pump.drawsFromArterialLine = role == .cardioplegia
      machine.pumps.append(pump)
    }
    let isRoller = kind == .roller
    machine.responses[0, .arterialAir] = isRoller ? .stop : .hold
    machine.responses[0, .venousAir] = isRoller ? .alarm : .hold
    machine.responses[0, .levelAlert] = .regulate
    machine.responses[0, .levelAlarm] = isRoller ? .stop : .hold
    machine.responses[0, .pressureAlert] = .regulate
    machine.responses[0, .pressureStop] = isRoller ? .stop : .regulate
    machine.responses[0, .suction] = .regulate
    machine.responses[0, .backflow] = isRoller ? .alarm : .hold
    return machine
  }
}
