extension Reading<Bool> {
  /// This closed-position switch of a clamp says shut, and the open-position one does not deny it: one
  /// switch alone proves nothing (docs/domain.md 8.1 R3).
  func isSeenShut(open: Reading<Bool>) -> Bool { usable == true && open.usable != true }
}
