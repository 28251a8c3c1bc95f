import Yams

/// A mapping whose keys are checked against the known ones.
struct KeyedNode {
  let place: Place
  private var values: [String: Node] = [:]

  /// Takes a mapping apart; unknown keys are mistakes with the nearest known key.
  init?(_ node: Node, keys: [String], of what: String, _ mistakes: inout MistakeList) {
    place = node.place
    guard case .mapping(let mapping) = node else {
      mistakes.add(
        node.place, "\(what) is \(node.kindName)",
        "write keys such as \"\(keys[0]): ...\"")
      return nil
    }
    for (key, value) in mapping {
      let name = key.string ?? ""
      if keys.contains(name) {
        values[name] = value
      } else {
        mistakes.add(
          key.place, "unknown key \"\(name)\" in \(what)", adviceForName(name, among: keys))
      }
    }
  }

  subscript(key: String) -> Node? { values[key] }
  func has(_ key: String) -> Bool { values[key] != nil }

  /// The text of a key, nothing when it is missing; anything but a text is a mistake.
  func text(_ key: String, _ mistakes: inout MistakeList) -> (text: String, place: Place)? {
    guard let node = values[key] else { return nil }
    return scalar(node, key, &mistakes)
  }

  /// The texts of a key that holds one text or a list of them.
  func texts(_ key: String, _ mistakes: inout MistakeList) -> [(text: String, place: Place)] {
    guard let node = values[key] else { return [] }
    guard case .sequence(let nodes) = node else {
      return scalar(node, key, &mistakes).map { [$0] } ?? []
    }
    return nodes.compactMap { scalar($0, key, &mistakes) }
  }

  private func scalar(
    _ node: Node, _ key: String, _ mistakes: inout MistakeList
  ) -> (text: String, place: Place)? {
    guard case .scalar(let scalar) = node else {
      mistakes.add(node.place, "\"\(key)\" holds \(node.kindName)", "write a text")
      return nil
    }
    guard !scalar.string.isEmpty, scalar.string != "null", scalar.string != "~" else {
      mistakes.add(node.place, "\"\(key)\" is empty", "write a text or take it out")
      return nil
    }
    return (scalar.string, node.textPlace)
  }
}
