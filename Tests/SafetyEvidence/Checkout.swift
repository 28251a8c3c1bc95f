import Foundation

/// The checkout that the tests were built from.
let root = #filePath.components(separatedBy: "/Tests/SafetyEvidence/").first ?? "."

/// Benches bring up a machine of their own, which takes a second optimised and half a minute in a
/// debug build.
var isOptimised: Bool {
  #if DEBUG
    false
  #else
    true
  #endif
}
