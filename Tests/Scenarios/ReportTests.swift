import PerfusionCore
import Testing

@testable import Scenarios

@Suite("The report is one page that needs nothing else")
struct ReportTests {
  private func page() throws -> String {
    let rig = FakeRig()
    rig.world = { rig, time in
      rig.setPressure(100 + time)
      if abs(time - 1) < 0.002 { rig.events.append(Event(.alarmRaised(AlarmID(9)))) }
    }
    let run = try play(
      """
        - at: 1 s
          note: a <note> & "more"
          expect:
            - arterialLinePressure < 300 mmHg for 2 s
            - arterialLinePressure < 3 mmHg
      """, on: rig)
    return HTMLReport(run.result(header: .test)).page
  }

  @Test("Every tag is closed, in order")
  func balanced() throws {
    var text = try page()
    for name in ["script", "style"] {
      while let start = text.range(of: "<\(name)"), let end = text.range(of: "</\(name)>") {
        text.removeSubrange(start.lowerBound..<end.upperBound)
      }
    }
    var open: [Substring] = []
    for piece in text.split(separator: "<").dropFirst() {
      let tag = piece.prefix { $0 != ">" }
      let name = tag.prefix { $0.isLetter || $0.isNumber || $0 == "/" || $0 == "!" }
      if name.hasPrefix("!") || ["meta", "link", "br"].contains(name) { continue }
      if name.hasPrefix("/") {
        #expect(open.popLast() == name.dropFirst(), "\(tag)")
      } else {
        open.append(name)
      }
    }
    #expect(open.isEmpty)
  }

  @Test("It holds verdict, expectations, data and log, and asks no network")
  func content() throws {
    let page = try page()
    #expect(page.contains("class=\"verdict failed\""))
    #expect(page.contains("a &lt;note&gt; &amp; &quot;more&quot;"))
    #expect(page.contains("\"name\":\"arterialLinePressure\""))
    #expect(page.contains("AL-09 raised"))
    for word in ["http:", "https:", "//cdn", "src=", "@import", "url("] {
      #expect(!page.contains(word), "\(word)")
    }
    let scripts = page.components(between: "<script", and: "</script>")
    #expect(scripts.count == 2)
  }
}

extension String {
  fileprivate func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
  fileprivate func components(between start: String, and end: String) -> [Substring] {
    split(separator: start).dropFirst().map { $0.split(separator: end)[0] }
  }
}
