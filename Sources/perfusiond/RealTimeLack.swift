internal import ChipDrivers
internal import LinuxPlatform

/// What the loop may have to run without.
enum RealTimeLack {
  /// Memory that is not swapped out.
  case lockedMemory
  /// SCHED_FIFO.
  case priority
  /// The processor of `--cpu`.
  case processor
}

extension Findings {
  /// A real-time means is missing. A check says so among its findings, as a failure where `isStrict`; a
  /// start ends with it where `isStrict`, and says a word about it otherwise.
  mutating func report(_ lack: RealTimeLack, isStrict: Bool) throws(Ending) {
    guard !isCheck else {
      let name = Identifier()
      if isStrict {
        bad("real time", name) { $0.add(lack) }
      } else {
        warning("real time", name) { $0.add(lack) }
      }
      return
    }
    if isStrict { throw Ending(code: 1) { $0.add(lack) } }
    var line = TextLine()
    line.add("perfusiond: warning: ")
    line.add(lack)
    line.add("; the loop runs without")
    line.write(to: 2)
  }
}

extension TextLine {
  /// What is missing, and the mend.
  mutating func add(_ lack: RealTimeLack) {
    switch lack {
    case .lockedMemory:
      add("no permission for locked memory; give the service LimitMEMLOCK=infinity")
    case .priority:
      add("no permission for SCHED_FIFO; give the service LimitRTPRIO or CAP_SYS_NICE")
    case .processor: add("the processor of --cpu is not there or switched off; name another")
    }
  }
}

extension Ending {
  /// A thread cannot be started.
  init(thread error: SystemError) {
    self.init(code: 1) {
      $0.add("threads cannot be started, error ")
      $0.add(Int64(error.number))
      $0.add("; check the limits of the service")
    }
  }
}
