import Testing
import TestSupport

@testable import Firmware
