/// A chip of a board judged by the mainline kernel's own driver for it.
///
/// The driver is bound to our model and asked through sysfs; what it says must lie in the range
/// that the board's state at room temperature, at rest, gives. A model that differs from the chip
/// does not bind, or reads nonsense.
public struct ChipWitness: Sendable {
  /// The part, as board files name it.
  public var part: String
  /// The chip of the board file.
  public var chip: String
  /// The name by which the kernel's driver takes the chip.
  public var driver: String
  /// What is asked, in words with its unit.
  public var question: String
  /// Shell text whose output is the answer; `$device` is the chip's folder in sysfs, `$bus` and
  /// `$address` where it is.
  var query: String
  /// Answers that are right.
  public var range: ClosedRange<Double>
}

/// The witnesses of one board.
public struct WitnessBoard: Sendable {
  /// Board file, relative to the repository's root.
  public var board: String
  /// Its chips that the kernel knows.
  public var witnesses: [ChipWitness]

  /// All boards with chips that Linux 6.1 has drivers for. There are none for the MCP9600, MCP4728,
  /// SSC, ABP2, SLF3S, AS5600, FDC1004 and INA228; the one for the TCA9548A is refused by ARCH=um.
  public static var all: [WitnessBoard] {
    [
      WitnessBoard(board: "boards/ecmo-beaglebone.yaml", witnesses: ecmo),
      WitnessBoard(board: "boards/adult-bypass-cm4.yaml", witnesses: bypass),
    ]
  }

  private static var ecmo: [ChipWitness] {
    [
      ChipWitness(
        part: "TMP117", chip: "arterialProbe", driver: "tmp117", question: "temperature, mdegC",
        query: "scaled $device/iio:device*/in_temp_raw 7.8125", range: 15_000...38_000),
      ChipWitness(
        part: "MCP9808", chip: "bathSecond", driver: "jc42", question: "temperature, mdegC",
        query: "cat $device/hwmon/hwmon*/temp1_input", range: 19_000...21_000),
      ChipWitness(
        part: "NAU7802", chip: "inletBridge", driver: "nau7802", question: "bridge, counts",
        query: "cat $device/iio:device*/in_voltage0_raw", range: -40_000...40_000),
      ChipWitness(
        part: "ADS1115", chip: "analogInputs", driver: "ads1115",
        question: "input 1 against ground, mV",
        query: "scaled $device/iio:device*/in_voltage1_raw 0.0625", range: 100...3_300),
      ChipWitness(
        part: "24LC256", chip: "calibrations", driver: "24c256",
        question: "bytes that come back as written, across a page boundary",
        query: """
          printf abcdefgh | dd of=$device/eeprom bs=1 seek=60 conv=notrunc 2>/dev/null
            [ "$(dd if=$device/eeprom bs=1 skip=60 count=8 2>/dev/null)" = abcdefgh ] && echo 8
          """, range: 8...8),
      ChipWitness(
        part: "DS3231", chip: "clock", driver: "ds3231", question: "seconds since 2026-01-01",
        query: "echo $(($(cat $device/rtc/rtc*/since_epoch) - 1767225600))", range: 1...60),
      ChipWitness(
        part: "INA226", chip: "motor", driver: "ina226", question: "bus voltage, mV",
        query: "cat $device/hwmon/hwmon*/in1_input", range: 23_000...25_000),
      ChipWitness(
        part: "MCP4725", chip: "speedReference", driver: "mcp4725",
        question: "code in the chip after 2048 was written",
        query: """
          echo 2048 > $(echo $device/iio:device*/out_voltage0_raw)
            set -- $(i2ctransfer -f -y $bus r3@$address); echo $(($2 << 4 | $3 >> 4))
          """, range: 2048...2048),
      ChipWitness(
        part: "MCP23017", chip: "outputs", driver: "mcp23017",
        question: "latch in the chip after pin A3 was set",
        query: """
          gpioset $(basename $device/gpiochip*) 3=1
            echo $(($(i2cget -f -y $bus $address 0x14)))
          """, range: 8...8),
    ]
  }

  private static var bypass: [ChipWitness] {
    [
      ChipWitness(
        part: "PCA9685", chip: "servos", driver: "pca9685",
        question: "prescaler in the chip after 1 kHz was asked for",
        query: """
          pwm=$(echo $device/pwm/pwmchip*); echo 0 > $pwm/export
            echo 1000000 > $pwm/pwm0/period; echo 300000 > $pwm/pwm0/duty_cycle
            echo 1 > $pwm/pwm0/enable; echo $(($(i2cget -f -y $bus $address 0xfe)))
          """, range: 5...5)
    ]
  }
}
