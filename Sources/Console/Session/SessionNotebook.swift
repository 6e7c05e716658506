/// The entries of a session that a notebook needs.
package struct SessionNotebook {
  /// A cell of the notebook: an entry, under the label that keys its random numbers.
  package struct Cell {
    package let entry: SessionEntry
    /// The text in the notebook; it names `ans` where a later cell needs it.
    package var text: String
    /// Where the entry's statements stand in `text`: what to add to offsets from a point on.
    private var shifts: [(from: Int, by: Int)] = []
    /// The statement whose answer has the name `ans`, and where that name is shown.
    private var answer: (statement: Range<Int>, place: Int)?

    init(_ entry: SessionEntry) {
      self.entry = entry
      text = entry.text
    }

    /// Where a statement's answer belongs in `text`.
    func place(of statement: StatementEcho) -> Range<Int> {
      if let answer, answer.statement == statement.span {
        return answer.place..<(answer.place + 3)
      }
      let start = offset(statement.span.lowerBound)
      return start..<(start + statement.span.count)
    }

    /// The place in `text` of an offset in the entry.
    private func offset(_ offset: Int) -> Int {
      offset + shifts.reduce(0) { $0 + (offset >= $1.from ? $1.by : 0) }
    }

    /// Puts text at an offset of `text`.
    mutating func insert(_ added: String, at offset: Int) {
      let place = text.utf8.index(text.utf8.startIndex, offsetBy: offset)
      text.insert(contentsOf: added, at: place)
      shifts.append((offset, added.utf8.count))
    }

    /// A file has no `ans`: the last answer gets the name and is then shown.
    mutating func nameAnswer() {
      guard let last = entry.statements.last(where: \.isAnswer) else { return }
      let start = offset(last.span.lowerBound)
      insert("ans = ", at: start)
      let end = start + 6 + last.span.count
      let place = text.utf8.index(text.utf8.startIndex, offsetBy: end)
      text.insert(contentsOf: "\nans", at: place)
      answer = (last.span, end + 1)
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
      var cell = Cell(finished[index])
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
      let digits = cell.entry.digits.map { "  digits=\($0)" } ?? ""
      text += "\n#%% \(cell.entry.cell)\(digits)\n"
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
      if entries[index].statements.contains(where: \.isAnswer) {
        current["ans"] = index
      }
    }
    return result
  }
}
