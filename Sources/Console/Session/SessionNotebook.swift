/// The entries of a session that a notebook needs.
package struct SessionNotebook {
  /// A cell of the notebook: an entry, under the label that keys its random numbers.
  package struct Cell {
    package let entry: SessionEntry
    /// The text in the notebook; it names `ans` where a later cell needs it.
    package var text: String
    /// Where the entry's statements stand in `text`: what to add to offsets from a point on.
    var shifts: [(from: Int, by: Int)] = []

    /// The place in `text` of an offset in the entry.
    func offset(_ offset: Int) -> Int {
      offset + shifts.reduce(0) { $0 + (offset >= $1.from ? $1.by : 0) }
    }
  }

  package private(set) var cells: [Cell]
  package let seed: UInt64

  /// Entries that finished, without definitions that nothing used before they were replaced.
  ///
  /// - Parameters:
  ///   - goal: a name; then only what it needs is kept.
  ///   - names: what an entry defines and uses.
  package init(
    _ entries: [SessionEntry], seed: UInt64, goal: String? = nil, names: (String) -> NameUse
  ) {
    self.seed = seed
    let finished = entries.filter { $0.status == .finished }
    var uses = finished.map { names($0.text) }
    for index in finished.indices where Self.continuesAnswer(finished[index].text) {
      uses[index].used.insert("ans")
    }
    let needs = Self.needs(finished, uses)
    var current: [String: Int] = [:]
    for (index, use) in uses.enumerated() {
      for name in use.defined { current[name] = index }
    }
    var roots: [Int]
    if let goal {
      roots = current[goal].map { [$0] } ?? []
    } else {
      roots = uses.indices.filter { index in
        !uses[index].isOnlyDefinitions || uses[index].defined.contains { current[$0] == index }
      }
    }
    var kept: Set<Int> = []
    while let index = roots.popLast() {
      if kept.insert(index).inserted { roots += needs[index].map(\.entry) }
    }
    let answers = Set(kept.flatMap { needs[$0].filter { $0.name == "ans" }.map(\.entry) })
    cells = kept.sorted().map { index in
      var cell = Cell(entry: finished[index], text: finished[index].text)
      if Self.continuesAnswer(cell.text) { cell.insert("ans ", at: 0) }
      if answers.contains(index) { cell.nameAnswer() }
      return cell
    }
  }

  /// The notebook without recorded answers, and where each cell's text begins in it.
  package var source: (text: String, starts: [Int]) {
    var text = "#: fdsl 1\n#: seed \(seed)\n"
    var starts: [Int] = []
    for cell in cells {
      text += "\n#%% \(cell.entry.cell)\n"
      starts.append(text.utf8.count)
      text += cell.text + "\n"
    }
    return (text, starts)
  }

  private static func continuesAnswer(_ text: String) -> Bool {
    text.drop { $0.isWhitespace }.hasPrefix("|>")
  }

  /// For each entry, the earlier ones it needs, with the name for which it needs them.
  ///
  /// A function looks its names up when it is called, so who uses a function uses what the
  /// function uses at that time.
  private static func needs(
    _ entries: [SessionEntry], _ uses: [NameUse]
  ) -> [[(name: String, entry: Int)]] {
    var current: [String: Int] = [:]
    var result: [[(name: String, entry: Int)]] = []
    for (index, use) in uses.enumerated() {
      var found: [(name: String, entry: Int)] = []
      var open = Array(use.used)
      var seen: Set<String> = []
      while let name = open.popLast() {
        guard seen.insert(name).inserted, let definer = current[name] else { continue }
        found.append((name, definer))
        open += uses[definer].used
      }
      result.append(found)
      for name in use.defined { current[name] = index }
      if entries[index].statements.contains(where: { $0.text != nil || $0.picture != nil }) {
        current["ans"] = index
      }
    }
    return result
  }
}

extension SessionNotebook.Cell {
  fileprivate mutating func insert(_ added: String, at offset: Int) {
    let place = text.utf8.index(text.utf8.startIndex, offsetBy: offset)
    text.insert(contentsOf: added, at: place)
    shifts.append((offset, added.utf8.count))
  }

  /// A file has no `ans`: the last answer gets the name and is then shown.
  fileprivate mutating func nameAnswer() {
    guard
      let last = entry.statements.last(where: { $0.text != nil || $0.picture != nil })
    else { return }
    let start = offset(last.span.lowerBound)
    let end = start + last.span.count
    insert("ans = ", at: start)
    let place = text.utf8.index(text.utf8.startIndex, offsetBy: end + 6)
    text.insert(contentsOf: "\nans", at: place)
  }
}
