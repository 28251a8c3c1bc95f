import BoardFiles
import ChipDrivers
import PerfusionCore

/// What a witness said.
public struct Testimony: Sendable {
  /// Who was asked.
  public var witness: ChipWitness
  /// The driver that bound to the model; empty when none did.
  public var driver: String
  /// The answer; nothing when there was none.
  public var answer: Double?

  /// The driver bound and its answer is right.
  public var isRight: Bool {
    guard !driver.isEmpty, let answer else { return false }
    return witness.range.contains(answer)
  }
}

extension KernelRun {
  /// Asks every witness about its chip on this run's board.
  ///
  /// - Throws: as `run` does.
  public func ask(_ witnesses: [ChipWitness]) throws -> [Testimony] {
    let console = try run(script(witnesses)).console
    var answers: [String: (driver: String, answer: Double?)] = [:]
    for line in console.split(separator: "\n") {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      guard words.count == 4, words[0] == "WITNESS" else { continue }
      answers[words[1]] = (words[2], Double(words[3]))
    }
    return witnesses.map { witness in
      let said = answers[witness.chip]
      return Testimony(
        witness: witness, driver: said?.driver ?? "", answer: said?.answer)
    }
  }

  /// The clock and slow sensors get two seconds; then one driver after the other is bound and
  /// asked.
  private func script(_ witnesses: [ChipWitness]) -> String {
    var text = """
      scaled() { awk -v raw=$(cat $1) -v scale=$2 'BEGIN { printf "%.3f", raw * scale }'; }
      sleep 2

      """
    for witness in witnesses {
      guard let chip = place(of: witness.chip) else { continue }
      text += """
        bus=\(chip.bus) address=\(chip.address) device=/sys/bus/i2c/devices/\(chip.folder)
        echo \(witness.driver) $address > /sys/bus/i2c/devices/i2c-$bus/new_device
        driver=$(basename "$(readlink $device/driver)")
        sleep 0.3
        answer=$(\(witness.query))
        echo "WITNESS \(witness.chip) $driver $answer"

        """
    }
    return text
  }

  private func place(of name: String) -> (bus: Int, address: String, folder: String)? {
    for index in board.wiring.chips.indices {
      let chip = board.wiring.chips[index]
      guard "\(chip.id)" == name else { continue }
      let hexadecimal = String(chip.address.bits, radix: 16)
      let padded = String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
      return (Int(chip.bus), "0x" + hexadecimal, "\(chip.bus)-\(padded)")
    }
    return nil
  }
}
