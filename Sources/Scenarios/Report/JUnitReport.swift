/// The run of a rig as JUnit XML: a suite a rig, a case a scenario, unsupported ones as skipped.
public struct JUnitReport: Sendable {
  let run: RigRun

  /// Makes the report of a run.
  public init(_ run: RigRun) { self.run = run }

  /// The document.
  public var document: String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites tests="\(run.played.count)" failures="\(run.count(.failed))" errors="0" \
    skipped="\(run.count(.unsupported))" time="\(seconds(run.wallSeconds))">
      <testsuite name="\(attribute(run.rig))" tests="\(run.played.count)" \
    failures="\(run.count(.failed))" errors="0" skipped="\(run.count(.unsupported))" \
    time="\(seconds(run.wallSeconds))">
        <properties>
    \(properties)
        </properties>
    \(run.played.map(testCase).joined(separator: "\n"))
      </testsuite>
    </testsuites>

    """
  }

  private var properties: String {
    let facts =
      [
        ("rigFile", run.rigFile), ("firmware", run.firmwareFile),
        ("firmwareSHA256", run.firmwareSum),
      ] + run.facts.map { ($0.name, $0.value) }
    return facts.map {
      "      <property name=\"\(attribute($0.0))\" value=\"\(attribute($0.1))\"/>"
    }.joined(separator: "\n")
  }

  private func testCase(_ one: PlayedScenario) -> String {
    let result = one.result
    let head =
      "    <testcase classname=\"\(attribute(className(result.file)))\" "
      + "name=\"\(attribute(result.title))\" time=\"\(seconds(one.wallSeconds))\""
    switch result.verdict {
    case .passed: return head + "/>"
    case .unsupported:
      return head + ">\n      <skipped message=\"\(attribute(first(result)))\"/>\n    </testcase>"
    case .failed:
      let all = result.complaints.joined(separator: "\n")
      return head + ">\n      <failure message=\"\(attribute(first(result)))\">"
        + "\(attribute(all))</failure>\n    </testcase>"
    }
  }

  private func first(_ result: RunResult) -> String {
    result.complaints.first ?? "an expectation was not reached"
  }

  /// `HIL/scenarios/c03.yaml` as `HIL.scenarios.c03`.
  private func className(_ file: String) -> String {
    let stem = file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file
    return stem.split(separator: "/").joined(separator: ".")
  }

  private func seconds(_ value: Double) -> String { fixedNumber(value, decimals: 3) }

  /// A text for an attribute: XML knows no control characters.
  private func attribute(_ text: String) -> String {
    escaped(String(text.unicodeScalars.filter { $0 == "\n" || $0.value >= 32 }.map(Character.init)))
      .replacing("\n", with: "&#10;")
  }
}
