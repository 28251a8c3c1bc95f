import Testing
import TestSupport

@testable import BoardFiles
