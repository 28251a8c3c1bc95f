import Testing
import TestSupport

@testable import Scenarios
