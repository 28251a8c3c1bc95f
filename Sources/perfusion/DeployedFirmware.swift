import BoardFiles
import ChipDrivers
import Foundation
import LinkMessages
import PerfusionCore
import VirtualBoard
import VirtualKernel

/// The firmware file of a board as the virtual kernel runs it, with nothing kept from before.
struct DeployedFirmware {
  /// The firmware file.
  let file: String
  let board: BoardDescription
  let seed: UInt64
  /// Where the compiled board goes.
  let image: String
  /// Folder of the black box and of what the firmware keeps; emptied first.
  let box: String

  /// Starts kernel and firmware on the virtual board.
  func start(onKernel kernel: String) throws -> KernelSession {
    if FileManager.default.fileExists(atPath: box) {
      try FileManager.default.removeItem(atPath: box)
    }
    try FileManager.default.createDirectory(atPath: box, withIntermediateDirectories: true)
    try Data(board.image().encoded()).write(to: URL(fileURLWithPath: image))
    let buses = board.wiring.buses
    return try KernelSession(
      kernel: kernel, board: BareBoard(board: board, seed: seed),
      FirmwareWorkload(
        firmware: file, image: image, buses: buses.indices.map { "\(buses[$0].id)" },
        blackBox: box, servesLink: true))
  }
}
