/// Every stored field of a value with its path, however deep, for comparing two values.
enum Fields {
  static func of(_ value: Any) -> [String] {
    var found: [String] = []
    collect(value, "", &found)
    return found
  }

  private static func collect(_ value: Any, _ path: String, _ found: inout [String]) {
    let children = Array(Mirror(reflecting: value).children)
    if children.isEmpty {
      found.append("\(path) = \(value)")
      return
    }
    for (index, child) in children.enumerated() {
      collect(child.value, "\(path).\(child.label ?? "\(index)")", &found)
    }
  }
}
