/// The list of candidates under an entry.
enum CompletionList {
  /// Rows of at most `columns` columns: one with its summary each while they are few, else names
  /// side by side.
  static func rows(_ candidates: [Candidate], columns: Int, height: Int, style: TerminalStyle)
    -> [String]
  {
    let room = max(4, height - 4)
    if candidates.count <= room, candidates.contains(where: { !$0.summary.isEmpty }) {
      let widest = min(30, candidates.map { TextWidth.of($0.replacement) }.max() ?? 0)
      return candidates.map { candidate in
        let name = TextWidth.padded(TextWidth.cut(candidate.replacement, to: 40), to: widest)
        let left = columns - TextWidth.of(name) - 5
        return "  " + name + "  " + style.paint(TextWidth.cut(candidate.summary, to: left), .dim)
      }
    }
    let names = candidates.map { TextWidth.cut($0.replacement, to: columns - 3) }
    let width = (names.map(TextWidth.of).max() ?? 0) + 2
    let across = max(1, (columns - 2) / width)
    let down = min(room, (names.count + across - 1) / across)
    var rows: [String] = []
    for row in 0..<down {
      let line = stride(from: row, to: names.count, by: down).prefix(across)
      rows.append("  " + line.map { TextWidth.padded(names[$0], to: width) }.joined())
    }
    let shown = min(names.count, down * across)
    if shown < names.count {
      rows.append("  " + style.paint("… \(names.count - shown) more", .dim))
    }
    return rows
  }
}
