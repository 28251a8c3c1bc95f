import Testing
import TestSupport

@testable import ChipDrivers
