/// The forms in which a diagnostic is read: lines with the source, one line, one JSON object.
package struct DiagnosticText: Sendable {
  /// Whether to use terminal colours.
  package var colour = false
  /// Whether to say the source's name and line on a line of their own.
  package var showsPlace = true
  /// Longest stretch of a source line that is shown.
  package var maximumColumns = 120

  package init(colour: Bool = false, showsPlace: Bool = true) {
    self.colour = colour
    self.showsPlace = showsPlace
  }

  /// The whole story: header, place, source lines with labels, why, what to write instead.
  package func text(of diagnostic: Diagnostic) -> String {
    var lines = [header(diagnostic)]
    if let source = diagnostic.source, let span = diagnostic.span {
      if showsPlace, !source.name.isEmpty {
        lines.append("   \(Self.safe(source.name)):\(source.line(of: span.start))")
      }
      lines += excerpt(diagnostic.labels, of: source)
    }
    lines += diagnostic.notes.map { "   " + $0 }
    for (index, suggestion) in Self.aligned(diagnostic.suggestions).enumerated() {
      lines.append("   " + painted(index == 0 ? "try:  " : "or:   ", .hint) + suggestion)
    }
    lines += diagnostic.frames.map { frame in
      guard let source = frame.source, let span = frame.span else { return "   in \(frame.name)" }
      let place = source.name.isEmpty ? "line" : source.name + ":"
      let gap = source.name.isEmpty ? " " : ""
      return "   in \(frame.name), called at \(place)\(gap)\(source.line(of: span.start))"
    }
    return lines.joined(separator: "\n")
  }

  /// One line for a notebook: `error[shape]: [3] and [2] differ on axis 0`.
  package static func line(of diagnostic: Diagnostic) -> String {
    DiagnosticText().header(diagnostic)
  }

  /// Suggestions whose remarks, behind a wide gap, stand in one column.
  private static func aligned(_ suggestions: [String]) -> [String] {
    let gap = "      "
    let parts = suggestions.map { suggestion -> (code: Substring, remark: Substring)? in
      guard let range = suggestion.range(of: gap) else { return nil }
      let remark = suggestion[range.upperBound...].drop { $0 == " " }
      return remark.isEmpty ? nil : (suggestion[..<range.lowerBound], remark)
    }
    let widest =
      parts.compactMap { $0.map { DisplayWidth.columns(of: String($0.code)) } }.max() ?? 0
    let column = max(17, widest + gap.count)
    return zip(suggestions, parts).map { suggestion, part in
      guard let part else { return suggestion }
      let width = DisplayWidth.columns(of: String(part.code))
      return part.code + String(repeating: " ", count: column - width) + part.remark
    }
  }

  private func header(_ diagnostic: Diagnostic) -> String {
    let kind =
      diagnostic.severity == .stopped || diagnostic.slug.isEmpty
      ? diagnostic.severity.rawValue : "\(diagnostic.severity.rawValue)[\(diagnostic.slug)]"
    // A message may quote what was written, which may be megabytes.
    let message =
      diagnostic.message.utf8.count <= 1000
      ? diagnostic.message : diagnostic.message.prefix(300) + "…"
    return painted(kind + ":", diagnostic.severity == .error ? .error : .warning) + " " + message
  }
}

// MARK: Source lines

extension DiagnosticText {
  /// A label on one line of the source, in display columns of what is shown.
  private struct Mark {
    var start: Int
    var end: Int
    var text: String
    var isPrimary: Bool
    var isOpening: Bool
    /// Column of the stem that leads to the text.
    var stem: Int { (start + end) / 2 }
  }

  private func excerpt(_ labels: [Diagnostic.Label], of source: SourceText) -> [String] {
    let byLine = Dictionary(grouping: labels) { source.line(of: $0.span.start) }
    let numbers = byLine.keys.sorted()
    let width = max(2, String(numbers.last ?? 1).count)
    let margin = painted(String(repeating: " ", count: width) + " |", .margin)
    return numbers.flatMap { number -> [String] in
      let (text, marks) = shown(byLine[number, default: []], line: number, of: source)
      let label = String(repeating: " ", count: width - String(number).count) + String(number)
      return [painted(label + " |", .margin) + (text.isEmpty ? "" : "  " + text)]
        + tiers(marks).flatMap { drawn($0) }.map { margin + "  " + $0 }
    }
  }

  /// A source line fit for a terminal, and its labels in that line's columns.
  private func shown(
    _ labels: [Diagnostic.Label], line: Int, of source: SourceText
  ) -> (text: String, marks: [Mark]) {
    let span = source.span(ofLine: line)
    func column(_ offset: Int) -> Int {
      let before = Span(start: span.start, end: max(span.start, offset))
      return DisplayWidth.columns(of: Self.visible(source.text(in: before)))
    }
    var marks = labels.map { label in
      let start = column(min(label.span.start, span.end))
      let end = max(start + 1, column(min(label.span.end, span.end)))
      return Mark(
        start: start, end: end, text: label.text, isPrimary: label.isPrimary,
        isOpening: label.isOpening || label.span.end > span.end + 1)
    }
    var text = Self.visible(source.text(in: span))
    while text.last == " " { text.removeLast() }
    let width = DisplayWidth.columns(of: text)
    // A very long line is cut to a window around the first label.
    if width > maximumColumns, let first = marks.map(\.start).min() {
      let from = max(0, min(first - 20, width - maximumColumns))
      var column = 0
      var window = from > 0 ? "…" : ""
      for character in text {
        let columns = DisplayWidth.columns(of: character, at: column)
        if column >= from + (from > 0 ? 1 : 0), column + columns <= from + maximumColumns - 1 {
          window.append(character)
        }
        column += columns
      }
      text = window + (from + maximumColumns < width ? "…" : "")
      for index in marks.indices {
        marks[index].start = min(max(0, marks[index].start - from), maximumColumns - 1)
        marks[index].end = min(
          max(marks[index].start + 1, marks[index].end - from), maximumColumns)
      }
    }
    return (text, marks.sorted { ($0.start, $0.end) < ($1.start, $1.end) })
  }

  /// Labels that would lie on each other go to rows of their own.
  private func tiers(_ marks: [Mark]) -> [[Mark]] {
    var rows: [[Mark]] = []
    for mark in marks {
      if let row = rows.firstIndex(where: { ($0.last?.end ?? 0) <= mark.start }) {
        rows[row].append(mark)
      } else {
        rows.append([mark])
      }
    }
    return rows
  }

  /// The underlines of one row and the texts that hang from them, last one first.
  private func drawn(_ marks: [Mark]) -> [String] {
    let worded = marks.filter { !$0.text.isEmpty }
    let isInline = worded.count == 1 && marks.last?.text.isEmpty == false
    var underline = ""
    var column = 0
    for mark in marks {
      underline += String(repeating: " ", count: mark.start - column)
      var line = [Character](repeating: "─", count: mark.end - mark.start)
      if mark.isOpening {
        line = isInline ? ["^", "─"] : ["^"]
      } else if !isInline, !mark.text.isEmpty {
        line[mark.stem - mark.start] = "┬"
      }
      underline += painted(String(line), mark.isPrimary ? .error : .hint)
      column = mark.start + line.count
    }
    if isInline, let last = worded.last { return [underline + " " + last.text] }
    var lines = [underline]
    for (index, mark) in worded.enumerated().reversed() {
      var line = ""
      var column = 0
      for stem in worded[..<index].map({ $0.isOpening ? $0.start : $0.stem }) {
        line += String(repeating: " ", count: stem - column) + "│"
        column = stem + 1
      }
      let stem = mark.isOpening ? mark.start : mark.stem
      lines.append(line + String(repeating: " ", count: stem - column) + "└ " + mark.text)
    }
    return lines
  }

  /// A line as it is shown: tabs as spaces, and a box for characters that a terminal would obey or
  /// not show.
  private static func visible(_ line: String) -> String {
    var result = ""
    var column = 0
    for character in line {
      let isTab = character == "\t"
      let text =
        isTab
        ? String(repeating: " ", count: DisplayWidth.columns(of: character, at: column))
        : safe(String(character))
      result += text
      column += DisplayWidth.columns(of: text)
    }
    return result
  }

  private static func safe(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200C, 0x200E...0x200F, 0x2028...0x202E,
        0x2060...0x206F:
        result += "\u{FFFD}"
      case 0xFEFF: continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private enum Paint: String {
    case error = "1;31"
    case warning = "1;33"
    case hint = "36"
    case margin = "2"
  }

  private func painted(_ text: String, _ paint: Paint) -> String {
    colour ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
  }
}

// MARK: JSON

extension DiagnosticText {
  /// One JSON object on one line, for tools. Lines and columns count from 1, offsets are bytes.
  package static func json(of diagnostic: Diagnostic) -> String {
    let source = diagnostic.source
    let labels = diagnostic.labels.map { label -> String in
      var fields = ["\"start\":\(label.span.start)", "\"end\":\(label.span.end)"]
      if let source {
        fields += [
          "\"line\":\(source.line(of: label.span.start))",
          "\"column\":\(source.column(of: label.span.start))",
          "\"endLine\":\(source.line(of: label.span.end))",
          "\"endColumn\":\(source.column(of: label.span.end))",
        ]
      }
      fields += ["\"text\":\(quoted(label.text))", "\"primary\":\(label.isPrimary)"]
      return "{\(fields.joined(separator: ","))}"
    }
    let frames = diagnostic.frames.map { frame -> String in
      var fields = ["\"name\":\(quoted(frame.name))"]
      if let source = frame.source, let span = frame.span {
        fields += [
          "\"file\":\(quoted(source.name))", "\"line\":\(source.line(of: span.start))",
        ]
      }
      return "{\(fields.joined(separator: ","))}"
    }
    let fields = [
      "\"severity\":\(quoted(diagnostic.severity.rawValue))",
      "\"slug\":\(quoted(diagnostic.slug))", "\"message\":\(quoted(diagnostic.message))",
      "\"file\":\(quoted(source?.name ?? ""))", "\"labels\":[\(labels.joined(separator: ","))]",
      "\"notes\":[\(diagnostic.notes.map(quoted).joined(separator: ","))]",
      "\"suggestions\":[\(diagnostic.suggestions.map(quoted).joined(separator: ","))]",
      "\"frames\":[\(frames.joined(separator: ","))]",
    ]
    return "{\(fields.joined(separator: ","))}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
