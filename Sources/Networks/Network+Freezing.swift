import Basics

extension Network {
  /// Names of the parameters that learning leaves as they are.
  package var frozenParameters: Set<String> {
    Set(entries.lazy.filter { $0.isFrozen && !$0.isBuffer }.map(\.name))
  }

  /// Makes learning leave alone the parameters whose names are `part` or begin with it: `""`,
  /// `"layer1"`, `"blocks.0.attn"`. Statistics of frozen normalisations stay, too.
  package mutating func freeze(_ part: String = "") throws {
    try mark(part) { $0.insert($1) }
  }

  /// Makes the parameters of a part learn again; all by default.
  package mutating func unfreeze(_ part: String = "") throws {
    try mark(part) { names, local in names = names.filter { !Set([local]).covers($0) } }
    let left = entries.first { !$0.isBuffer && $0.isFrozen && Set([part]).covers($0.name) }
    guard let left else { return }
    throw Problem(
      "name", "`\(left.name)` is frozen as a part of something larger",
      suggestions: ["unfreeze(net), then freeze what shall stay as it is"])
  }

  /// Freezes everything but the head.
  package mutating func freezeBody() {
    let head = headIndex
    for index in stages.indices where index != head { stages[index].frozen = [""] }
    markEntries()
  }

  /// Changes the frozen names of every stage that the part belongs to or that belongs to it.
  private mutating func mark(
    _ part: String, _ change: (inout Set<String>, String) -> Void
  ) throws {
    var isFound = part.isEmpty
    for index in stages.indices {
      let prefix = prefix(index)
      if part.isEmpty || (!prefix.isEmpty && Set([part]).covers(String(prefix.dropLast()))) {
        change(&stages[index].frozen, "")
        isFound = true
      } else if part.hasPrefix(prefix) {
        let local = String(part.dropFirst(prefix.count))
        // Before the weights are made, nobody knows whether the layer will have the name.
        let fits =
          inputShape == nil || stages[index].weights.keys.contains(where: Set([local]).covers)
        if fits { change(&stages[index].frozen, local) }
        isFound = isFound || fits
      }
    }
    guard isFound else { throw unknown(part) }
    markEntries()
  }

  private func unknown(_ part: String) -> Problem {
    let parts = stages.indices.map { String(prefix($0).dropLast()) }.filter { !$0.isEmpty }
    return Problem(
      "name", "the network has no part named `\(part)`",
      notes: ["its parts are " + parts.prefix(12).joined(separator: ", ")],
      suggestions: Spelling.nearest(to: part, in: parts).map { ["\"\($0)\""] } ?? [])
  }

  private mutating func markEntries() {
    for index in entries.indices {
      let entry = entries[index]
      entries[index].isFrozen = stages[entry.stage].frozen.covers(entry.local)
    }
  }
}
