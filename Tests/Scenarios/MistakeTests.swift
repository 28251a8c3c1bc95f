import PerfusionCore
import Testing

@testable import Scenarios

@Suite("Mistakes in case files are named with their place and a way out")
struct MistakeTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let entry: String
    let message: String
    init(_ entry: String, _ message: String) {
      self.entry = entry
      self.message = message
    }
    var testDescription: String { message }
  }

  /// What stands in place of a line of a timeline entry, and the message without its file name.
  static let lines: [Row] = [
    Row(
      "do: strat arterial",
      "4:9: error: unknown action \"strat\"; did you mean \"start\"?"),
    Row(
      "do: start arteriol",
      "4:15: error: unknown pump \"arteriol\"; did you mean \"arterial\"?"),
    Row(
      "do: start organArtery",
      "4:15: error: the board has no pump \"organArtery\"; write one of: arterial, cardioplegia, "
        + "crystalloid, sucker, vent"),
    Row(
      "do: set arterial flow 4.56",
      "4:27: error: the number \"4.56\" has no unit; write a flow such as \"4.5 L/min\""),
    Row(
      "do: set arterial flow 4.56 L/m",
      "4:32: error: unknown unit \"L/m\"; did you mean \"L\"?"),
    Row(
      "do: set arterial flow 300 mmHg",
      "4:31: error: \"300 mmHg\" is not a flow; write a flow such as \"4.5 L/min\""),
    Row(
      "do: set arterial speeed 100 rpm",
      "4:22: error: \"speeed\" stands where \"speed\" is due; "
        + "write \"set <pump> speed <speed>\""),
    Row(
      "do: confirm item gasExhuast",
      "4:22: error: \"gasExhuast\" is not a checklist item; did you mean \"gasExhaust\"?"),
    Row(
      "do: request onBypas",
      "4:17: error: \"onBypas\" is not a phase; did you mean \"onBypass\"?"),
    Row(
      "do: open arterial clamp now",
      "4:29: error: \"now\" stands behind the end of \"open arterial clamp\"; take it out"),
    Row(
      "do: dose 855 ml at 300 ml/min ratio 4",
      "4:41: error: \"4\" stands where a ratio is due; "
        + "write blood to crystalloid such as \"4:1\""),
    Row("do:", "4:8: error: \"do\" is empty; write a text or take it out"),
    Row(
      "dos: start arterial",
      "4:5: error: unknown key \"dos\" in a timeline entry; did you mean \"do\"?"),
    Row(
      "expect: arterialLinePresure < 300 mmHg",
      "4:13: error: unknown quantity \"arterialLinePresure\"; "
        + "did you mean \"arterialLinePressure\"?"),
    Row(
      "expect: arterialLinePressure < 300",
      "4:36: error: the number \"300\" has no unit; write a pressure such as \"300 mmHg\""),
    Row(
      "expect: arterialLinePressure = 140 mmHg",
      "4:44: error: the text ends where a tolerance is due; write \"+- 5 mmHg\""),
    Row(
      "expect: arterialLinePressure 140 mmHg",
      "4:34: error: \"140\" stands where a comparison is due; "
        + "write =, <, <=, >, >= or between"),
    Row(
      "expect: arterialLinePressure - reservoirVolume < 1 mmHg",
      "4:36: error: \"reservoirVolume\" is a volume, \"arterialLinePressure\" is a pressure; "
        + "combine quantities of one kind"),
    Row(
      "expect: arterial.reason is pressureSevo",
      "4:32: error: \"pressureSevo\" is not a value of arterial.reason; "
        + "did you mean \"pressureServo\"?"),
    Row(
      "expect: alarm AL-99 raised within 3 s",
      "4:19: error: \"AL-99\" stands where an alarm is due; write AL-01 to AL-67"),
    Row(
      "expect: refused checklistIncomplet",
      "4:21: error: \"checklistIncomplet\" is not a refusal; "
        + "did you mean \"checklistIncomplete\"?"),
    Row(
      "expect: no alarm AL-20",
      "4:13: error: \"no\" does not say for how long; write \"for 10 s\""),
    Row(
      "expect: mean arterialFlow = 4 L/min +- 5 %",
      "4:31: error: \"=\" stands where \"over\" is due; write \"over 10 s\""),
    Row(
      "expect: arterialFlow > 1 L/min soon",
      "4:36: error: \"soon\" is not understood here; write within, for, not before, or nothing"),
    Row(
      "expect: arterialFlow > 1 L/min within 5",
      "4:43: error: the number \"5\" has no unit; write a time such as \"12 min 30 s\""),
    Row(
      "expect: phase onBypass not before 5 s within 3 s",
      "4:13: error: \"not before\" lies after \"within\"; write a longer \"within\""),
    Row(
      "expect: from alarm AL-06 raised to arterial.speed < 5 rpm",
      "4:62: error: the text ends where \"in <\" is due; write \"in < 250 ms\""),
    Row(
      "expect: arterialFlow between 5 L/min and 4 L/min",
      "4:46: error: the upper bound lies below the lower one; swap them"),
    Row(
      "fault: arterialClamp:stuk",
      "4:12: error: unknown fault word \"stuk\"; did you mean \"stuck\"?"),
    Row(
      "fault: arterialClamp",
      "4:12: error: \"arterialClamp\" is not a fault; "
        + "write \"target:word\" such as \"arterialClamp:stuck\""),
    Row(
      "supply: mains of",
      "4:19: error: \"of\" stands where \"off\" is due; write \"mains off\" or \"mains on\" or \"mains dip for <time>\""
    ),
    Row(
      "circuit: set systemicResistence 18 mmHg/(L/min)",
      "4:18: error: unknown plant parameter \"systemicResistence\"; "
        + "did you mean \"systemicResistance\"?"),
    Row(
      "circuit: set systemicResistance 18",
      "4:39: error: the text ends where the unit \"mmHg/(L/min)\" is due; "
        + "write \"18 mmHg/(L/min)\""),
    Row(
      "circuit: inject 0.5 ml air at arterialDetecter",
      "4:35: error: \"arterialDetecter\" is not an air inlet; "
        + "did you mean \"arterialDetector\"?"),
    Row(
      "wait: phase onBypass",
      "4:11: error: the wait has no end; write \"... within 30 s\""),
    Row("expect: {a: b}", "4:13: error: \"expect\" holds a mapping; write a text"),
  ]

  @Test("Inside an entry", arguments: lines)
  func entry(_ row: Row) {
    let text = "title: t\ntimeline:\n  - at: 1 s\n    \(row.entry)\n"
    #expect(messages(text) == ["case.yaml:" + row.message])
  }

  /// Whole files and their messages.
  static let files: [Row] = [
    Row("timeline: []\n", "1:1: error: the title is missing; write \"title: ...\""),
    Row("title: t\n", "1:1: error: the timeline is missing; write \"timeline:\" and its entries"),
    Row("", "1:1: error: the file is empty; write \"title: ...\" and a timeline"),
    Row(
      "title: t\ntimelines: []\ntimeline: []\n",
      "2:1: error: unknown key \"timelines\" in a case file; did you mean \"timeline\"?"),
    Row(
      "title: t\nseed: -1\ntimeline: []\n",
      "2:7: error: \"-1\" is not a seed; write a whole number from 0"),
    Row(
      "title: t\nverifies: [HZ08, air]\ntimeline: []\n",
      "2:18: error: \"air\" is not an identifier; write for example C4, HZ-08, AL-11"),
    Row(
      "title: t\ntimeline:\n  - repeat: none\n    steps:\n      - after: 1 s\n",
      "3:13: error: \"repeat: none\" is no number of turns; write a number from 1 to 1000"),
    Row(
      "title: t\ntimeline:\n  - repeat: 2\n    stagger: 7 ms\n",
      "3:5: error: a repeated entry has no steps; "
        + "write \"steps:\" and a list of \"- after: ...\" entries"),
    Row(
      "title: t\ntimeline:\n  - repeat: 2\n    steps:\n      - at: 1 s\n",
      "5:13: error: a repeated step has an absolute time; write \"after: 5 s\" or \"wait: ...\""),
    Row(
      "title: t\ntimeline:\n  - at: 5 s\n  - at: 2 s\n",
      "4:9: error: 0:02.000 lies before the entry above; put the entries in the order of time"),
    Row(
      "title: t\ntimeline:\n  - do: start arterial\n",
      "3:5: error: the entry has no time; write \"at: 30 s\" or \"after: 5 s\""),
    Row(
      "title: t\ntimeline:\n  - at: 30\n",
      "3:9: error: the number \"30\" has no unit; write a time such as \"12 min 30 s\""),
    Row(
      "title: t\ntimeline:\n  - {at: 1 s, after: 2 s}\n",
      "3:5: error: \"at\" and \"after\" stand in one entry; keep one of them"),
    Row(
      "title: t\nstart: nowhere.yaml\ntimeline: []\n",
      "2:8: error: there is no file \"nowhere.yaml\"; give the path of a case file"),
    Row(
      "title: t\ncircuit: {leakFlow: 4 mmHg}\ntimeline: []\n",
      "2:23: error: \"mmHg\" stands where the unit \"L/min\" is due; write \"4 L/min\""),
    Row(
      "title: t\ntimeline: []\nalways: [change of arterialFlow < 1 L/min]\n",
      "3:10: error: this figure has no beginning in an invariant; "
        + "write the plain value or \"rate of\""),
    Row(
      "title: t\ntimeline: []\nalways: [alarm AL-01 raised]\n",
      "3:10: error: an event cannot hold always; write \"no\" before it"),
  ]

  @Test("At the top of a file", arguments: files)
  func file(_ row: Row) {
    #expect(messages(row.entry) == ["case.yaml:" + row.message])
  }

  @Test("Every mistake of a file is reported, in the order of the file")
  func all() {
    let found = messages(
      """
      titel: t
      timeline:
        - at: 1 s
          do: strat arterial
          expect: phase onBypas
      """)
    #expect(found.count == 4)
    #expect(found.map { $0.split(separator: ":")[1] } == ["1", "1", "4", "5"])
  }

  @Test("A mistake inside quotes points behind the quote")
  func quoted() {
    let found = messages("title: t\ntimeline:\n  - at: 1 s\n    do: \"start arteriol\"\n")
    #expect(found.first?.hasPrefix("case.yaml:4:16: error:") == true)
  }

  private func messages(_ text: String) -> [String] {
    do throws(Mistakes) {
      _ = try read(text)
      return []
    } catch {
      return error.list.map(\.description)
    }
  }
}
