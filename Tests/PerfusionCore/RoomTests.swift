import Testing
import TestSupport

@testable import PerfusionCore
