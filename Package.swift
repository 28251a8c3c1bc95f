// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// Rooms that only a simulation runs, a thousand times faster than the machine: dynamic exclusivity
// checks are left to debug builds, where every test run still makes them.
let simulated: [SwiftSetting] =
  house + [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

// The shims over Linux. libgpiod 2.x is told by PERFUSION_LIBGPIOD=2 (the Makefile asks pkg-config).
let shims: [CSetting] =
  [.unsafeFlags(["-Wall", "-Wextra", "-Werror", "-ffp-contract=off"])]
  + (Context.environment["PERFUSION_LIBGPIOD"] == "2" ? [.define("PC_LIBGPIOD_2")] : [])

// What the firmware says of its own origin.
let commit =
  Context.gitInformation.map { $0.currentCommit + ($0.hasUncommittedChanges ? "+changes" : "") }
  ?? "unknown"

// PERFUSION_ROOMS leaves only some rooms with what their tests need: `core` for a quick look at the
// controller and the chip drivers, `runtime` for what a sanitizer run builds (.ci/sanitize).
let coreRooms: Set = [
  "PerfusionCore", "ChipDrivers", "Firmware", "TestSupport", "PerfusionCoreTests",
  "ChipDriversTests", "FirmwareTests",
]
let runtimeRooms: Set = [
  "PerfusionCore", "ChipDrivers", "Firmware", "CLinkMessages", "CLinux", "LinkMessages", "Link",
  "LinkSockets", "CChunkCoding", "BlackBox", "BlackBoxFiles", "LinuxPlatform", "Recording",
  "RandomSignals", "TestSupport", "FirmwareTests", "Victim",
  "CLinuxTests", "LinkTests", "BlackBoxTests",
  "BlackBoxFilesTests", "LinuxPlatformTests", "RecordingTests", "LinkSocketsTests",
  "LinkMessagesTests", "perfusiond", "perfusiondTests",
]
let rooms = ["core": coreRooms, "runtime": runtimeRooms][
  Context.environment["PERFUSION_ROOMS"] ?? ""]

let package = Package(
  name: "perfusion",
  products: rooms != nil ? [] : [.executable(name: "perfusion", targets: ["perfusion"])],
  dependencies: rooms != nil
    ? []
    : [
      .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
      .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
  targets: [
    // The deployed firmware: these rooms also build as Embedded Swift (make embedded).
    .target(name: "PerfusionCore", swiftSettings: house),
    .target(name: "ChipDrivers", dependencies: ["PerfusionCore"], swiftSettings: house),
    .target(
      name: "Firmware", dependencies: ["PerfusionCore", "ChipDrivers"], swiftSettings: house),
    .target(
      name: "CLinkMessages", publicHeadersPath: ".",
      cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
      linkerSettings: [.linkedLibrary("protobuf-nanopb")]),
    .target(
      name: "CLinux", cSettings: shims,
      linkerSettings: [.linkedLibrary("gpiod"), .linkedLibrary("i2c")]),
    .target(
      name: "LinkMessages", dependencies: ["PerfusionCore", "ChipDrivers", "CLinkMessages"],
      swiftSettings: house),
    .target(
      name: "Link", dependencies: ["PerfusionCore", "ChipDrivers", "Firmware", "LinkMessages"],
      swiftSettings: house),
    .target(
      name: "LinkSockets",
      dependencies: ["PerfusionCore", "ChipDrivers", "Link", "LinkMessages", "CLinux"],
      swiftSettings: house),
    .target(
      name: "CChunkCoding", publicHeadersPath: ".",
      cSettings: [
        .unsafeFlags(["-Wall", "-Wextra", "-Werror"]),
        .define("PERFUSION_COMMIT", to: "\"\(commit)\""),
      ],
      linkerSettings: [.linkedLibrary("zstd")]),
    .target(
      name: "BlackBox", dependencies: ["PerfusionCore", "CChunkCoding"], swiftSettings: house),
    .target(
      name: "LinuxPlatform", dependencies: ["PerfusionCore", "ChipDrivers", "Firmware", "CLinux"],
      swiftSettings: house),
    .target(
      name: "Recording",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "Firmware", "BlackBox", "CLinux", "LinuxPlatform",
      ],
      swiftSettings: house),
    .executableTarget(
      name: "perfusiond",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "Firmware", "LinkMessages", "CLinux", "LinuxPlatform",
        "Link", "LinkSockets", "BlackBox", "Recording", "CChunkCoding",
      ],
      swiftSettings: house),
    // The developer's machine.
    .target(
      name: "BlackBoxFiles",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "LinkMessages", "BlackBox", "CChunkCoding",
      ], swiftSettings: house),
    .target(name: "CircuitModel", dependencies: ["PerfusionCore"], swiftSettings: simulated),
    .target(
      name: "BoardFiles",
      dependencies: ["PerfusionCore", "ChipDrivers", "CircuitModel", "LinkMessages", "Yams"],
      swiftSettings: house),
    .target(
      name: "VirtualBoard",
      dependencies: ["PerfusionCore", "ChipDrivers", "Firmware", "CircuitModel", "BoardFiles"],
      swiftSettings: simulated),
    .target(
      name: "PhysicalRig",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "Firmware", "LinuxPlatform", "LinkSockets", "BoardFiles",
        "VirtualBoard",
      ],
      swiftSettings: simulated),
    .target(name: "CVhostUser", cSettings: shims),
    .target(
      name: "VirtualKernel",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "BoardFiles", "VirtualBoard", "CVhostUser",
      ],
      swiftSettings: simulated),
    .target(
      name: "Scenarios",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "Firmware", "CircuitModel", "LinkMessages", "Link",
        "BoardFiles", "VirtualBoard", "VirtualKernel", "PhysicalRig", "Yams",
      ],
      swiftSettings: simulated),
    .target(name: "LiveView", dependencies: ["PerfusionCore", "Scenarios"], swiftSettings: house),
    .target(name: "Doctor", swiftSettings: house),
    .target(
      name: "SafetyEvidence",
      dependencies: [
        "CLinux", "PerfusionCore", "CircuitModel", "BoardFiles", "VirtualBoard", "Scenarios",
      ],
      swiftSettings: house),
    .executableTarget(
      name: "perfusion",
      dependencies: [
        "Doctor", "VirtualKernel", "PhysicalRig",
        "PerfusionCore", "ChipDrivers", "CircuitModel", "LinkMessages", "BoardFiles",
        "VirtualBoard", "Scenarios", "LiveView", "SafetyEvidence", "BlackBox", "BlackBoxFiles",
        "Firmware", "Link", "LinkSockets", "CLinux", "LinuxPlatform",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house),
    // Tests mirror Sources.
    .target(
      name: "RandomSignals", dependencies: ["PerfusionCore"], path: "Tests/RandomSignals",
      swiftSettings: house),
    .executableTarget(
      name: "Victim",
      dependencies: [
        "PerfusionCore", "BlackBox", "BlackBoxFiles", "CLinux", "LinuxPlatform", "Recording",
        "RandomSignals",
      ],
      path: "Tests/Victim", swiftSettings: house),
    .target(name: "TestSupport", path: "Tests/Support", swiftSettings: house),
    .testTarget(
      name: "PerfusionCoreTests", dependencies: ["PerfusionCore", "TestSupport"],
      path: "Tests/PerfusionCore", swiftSettings: house),
    .testTarget(
      name: "ChipDriversTests", dependencies: ["PerfusionCore", "ChipDrivers", "TestSupport"],
      path: "Tests/ChipDrivers", swiftSettings: house),
    .testTarget(
      name: "BlackBoxTests", dependencies: ["PerfusionCore", "BlackBox", "RandomSignals"],
      path: "Tests/BlackBox", swiftSettings: house),
    .testTarget(
      name: "BlackBoxFilesTests",
      dependencies: [
        "PerfusionCore", "BlackBox", "BlackBoxFiles", "RandomSignals", "TestSupport",
      ],
      path: "Tests/BlackBoxFiles", exclude: ["check_blackbox.py"], swiftSettings: house),
    .testTarget(
      name: "FirmwareTests",
      dependencies: ["PerfusionCore", "ChipDrivers", "Firmware", "TestSupport"],
      path: "Tests/Firmware", swiftSettings: house),
    .testTarget(
      name: "CLinuxTests", dependencies: ["CLinux"], path: "Tests/CLinux", swiftSettings: house),
    .testTarget(
      name: "LinuxPlatformTests",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "Firmware", "CLinux", "LinuxPlatform", "TestSupport",
      ],
      path: "Tests/LinuxPlatform", swiftSettings: house),
    .testTarget(
      name: "LinkSocketsTests", dependencies: ["CLinux", "Link", "LinkSockets"],
      path: "Tests/LinkSockets", swiftSettings: house),
    .testTarget(
      name: "perfusiondTests",
      dependencies: [
        "perfusiond", "PerfusionCore", "ChipDrivers", "CLinux", "LinuxPlatform", "TestSupport",
      ],
      path: "Tests/perfusiond", swiftSettings: house),
    .testTarget(
      name: "RecordingTests",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "Firmware", "BlackBox", "BlackBoxFiles", "CLinux",
        "LinuxPlatform", "LinkMessages", "Link", "LinkSockets", "Recording", "RandomSignals",
        "TestSupport", "Victim",
      ],
      path: "Tests/Recording", swiftSettings: house),
    .testTarget(
      name: "CircuitModelTests", dependencies: ["PerfusionCore", "CircuitModel", "TestSupport"],
      path: "Tests/CircuitModel", swiftSettings: house),
    .testTarget(
      name: "LinkMessagesTests",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "LinkMessages", "RandomSignals", "TestSupport",
      ],
      path: "Tests/LinkMessages", swiftSettings: house),
    .testTarget(
      name: "LinkTests",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "Firmware", "LinkMessages", "Link", "TestSupport",
      ],
      path: "Tests/Link", swiftSettings: house),
    .testTarget(
      name: "BoardFilesTests",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "CircuitModel", "LinkMessages", "BoardFiles",
        "TestSupport",
      ],
      path: "Tests/BoardFiles", swiftSettings: house),
    .testTarget(
      name: "VirtualBoardTests",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "Firmware", "CircuitModel", "BoardFiles", "VirtualBoard",
        "TestSupport",
      ],
      path: "Tests/VirtualBoard", swiftSettings: house),
    .testTarget(
      name: "PhysicalRigTests",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "CircuitModel", "BoardFiles", "VirtualBoard", "PhysicalRig",
        "Link", "LinkSockets", "TestSupport",
      ],
      path: "Tests/PhysicalRig", swiftSettings: house),
    .testTarget(
      name: "ScenariosTests",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "Firmware", "CircuitModel", "BoardFiles", "VirtualBoard",
        "PhysicalRig", "Scenarios", "TestSupport",
      ],
      path: "Tests/Scenarios", swiftSettings: house),
    .testTarget(
      name: "DoctorTests", dependencies: ["Doctor", "TestSupport"], path: "Tests/Doctor",
      swiftSettings: house),
    .testTarget(
      name: "VirtualKernelTests",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "BoardFiles", "VirtualBoard", "CVhostUser", "VirtualKernel",
        "TestSupport",
      ],
      path: "Tests/VirtualKernel", swiftSettings: house),
    .testTarget(
      name: "SafetyEvidenceTests",
      dependencies: [
        "PerfusionCore", "ChipDrivers", "CircuitModel", "BoardFiles", "VirtualBoard", "Scenarios",
        "SafetyEvidence", "TestSupport",
      ],
      path: "Tests/SafetyEvidence", swiftSettings: house),
    .testTarget(
      name: "LiveViewTests",
      dependencies: ["PerfusionCore", "Scenarios", "LiveView", "TestSupport"],
      path: "Tests/LiveView", swiftSettings: house),
  ].filter { rooms?.contains($0.name) ?? true }
)
