extension AlarmID {
  /// How urgent the alarm is (docs/domain.md section 9).
  public var priority: AlarmPriority {
    switch number {
    case 1, 2, 6, 10, 11, 12, 15, 17, 18, 19, 20, 21, 23, 24, 26, 28, 29, 30, 31, 34, 35, 37, 39,
      40, 43, 46, 52, 54, 58, 59:
      .high
    case 4, 41, 47, 53, 57, 62, 63, 66, 67: .low
    default: .medium
    }
  }
}
