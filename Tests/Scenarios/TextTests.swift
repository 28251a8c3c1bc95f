import PerfusionCore
import Testing

@testable import Scenarios

@Suite("Texts are the same on every machine")
struct TextTests {
  @Test(
    "Fixed decimals round half away from zero",
    arguments: [
      (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (4.56, 1, "4.6"), (-0.001, 2, "0.00"),
      (1234.5, 0, "1235"), (.nan, 2, "--"), (.infinity, 1, "inf"), (0.05, 1, "0.1"),
    ])
  func fixed(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(fixedNumber(value, decimals: decimals) == text)
  }

  @Test(
    "A stopwatch shows hours only when there are any",
    arguments: [
      (0.0, "0:00.000"), (31.25, "0:31.250"), (750.0, "12:30.000"), (3723.0, "1:02:03.000"),
      (59.9996, "1:00.000"), (-1.5, "-0:01.500"),
    ])
  func clock(_ seconds: Double, _ text: String) { #expect(clockText(seconds: seconds) == text) }

  @Test("JSON keeps the order of its keys and escapes what must not stand bare")
  func json() {
    let value = JSONValue.object([
      ("z", .number(0.1)), ("a", .array([.null, .bool(true), .integer(-3)])),
      ("text", .string("\"</script>\u{1}\n\\")), ("empty", .array([])), ("nan", .number(.nan)),
    ])
    #expect(
      value.text(indentation: nil)
        == #"{"z":0.1,"a":[null,true,-3],"text":"\"\u003c/script>\u0001\n\\","empty":[],"nan":null}"#
    )
    #expect(value.text().hasPrefix("{\n  \"z\": 0.1,\n  \"a\": [\n    null,"))
  }

  @Test(
    "Times add up and bad ones are no times",
    arguments: [
      ("12 min 30 s", 750.0), ("1h30min", nil), ("1h 30min", 5400), ("250ms", 0.25), ("-3 s", nil),
      ("5", nil), ("5 s later", nil),
    ] as [(String, Double?)])
  func spans(_ text: String, _ seconds: Double?) { #expect(timeSpan(text) == seconds) }
}

@Suite("A recorded signal keeps its peaks in bounded memory")
struct PeakSeriesTests {
  @Test("Extremes survive any length", arguments: [10, 999, 1000, 1001, 5000, 123_457])
  func extremes(_ count: Int) {
    var series = PeakSeries(points: 1000)
    for index in 0..<count {
      let value = index == count / 3 ? 1e6 : index == count / 2 ? -1e6 : Double(index % 7)
      series.add(.init(time: Double(index), value: value))
    }
    let points = series.points
    #expect(points.count <= 1000)
    #expect(points.contains { $0.value == 1e6 && $0.time == Double(count / 3) })
    #expect(points.contains { $0.value == -1e6 && $0.time == Double(count / 2) })
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.time < $1.time })
    #expect(points.last.map { $0.time > Double(count) * 0.98 - 8 } == true)
  }

  @Test("A short series is kept as it is")
  func short() {
    var series = PeakSeries(points: 2000)
    for index in 0..<900 { series.add(.init(time: Double(index), value: Double(index * 37 % 11))) }
    #expect(series.points.count == 900)
    series.add(.init(time: 1000, value: .nan))
    #expect(series.points.count == 900)
  }
}
