/// A date and time of the years 2000 to 2099, without time zones or leap seconds.
struct CivilTime: Equatable {
  var year = 0
  var month = 1
  var day = 1
  var hour = 0
  var minute = 0
  var second = 0

  /// Seconds since 2000-01-01 00:00:00.
  var seconds: Int64 {
    let days = Int64(year) * 365 + Int64(year + 3) / 4 + Int64(dayOfYear) - 1
    return ((days * 24 + Int64(hour)) * 60 + Int64(minute)) * 60 + Int64(second)
  }

  /// A date and time from its parts.
  init(
    year: Int, month: Int = 1, day: Int = 1, hour: Int = 0, minute: Int = 0, second: Int = 0
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// The moment so many seconds after 2000-01-01 00:00:00; wraps after 100 years.
  init(seconds: Int64) {
    let century: Int64 = 36_525 * 86_400
    let inside = ((seconds % century) + century) % century
    var days = Int(inside / 86_400)
    let rest = Int(inside % 86_400)
    year = days / 1_461 * 4
    days %= 1_461
    if days >= 366 {
      year += 1 + (days - 366) / 365
      days = (days - 366) % 365
    }
    month = 1
    while days >= Self.days(inMonth: month, year: year) {
      days -= Self.days(inMonth: month, year: year)
      month += 1
    }
    day = days + 1
    hour = rest / 3_600
    minute = rest / 60 % 60
    second = rest % 60
  }

  private var dayOfYear: Int {
    var days = day
    for earlier in 1..<max(1, min(12, month)) {
      days += Self.days(inMonth: earlier, year: year)
    }
    return days
  }

  private static func days(inMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
