import Testing
import TestSupport

@testable import CircuitModel
