import Testing
import TestSupport

@testable import VirtualBoard
