/// Lays a program out anew: indentation, spaces around signs, blank lines.
///
/// Line ends, comments and what was lined up in columns stay as they are, and so do the tokens:
/// a text whose tokens would change is given back untouched.
package struct Formatter: Sendable {
  /// Columns that a block is indented.
  package var indentation = 4
  /// Columns that a line which goes on with a statement is indented at least.
  package var continuation = 2

  package init(indentation: Int = 4) { self.indentation = indentation }

  /// The text laid out. A text that cannot be read throws its first mistake.
  package func formatted(_ source: SourceText) throws(Diagnostic) -> String {
    let program = Parser.program(in: source)
    if let mistake = program.diagnostics.first { throw mistake }
    var layout = Layout(self, program)
    let result = layout.text()
    let again = Parser.program(in: SourceText(text: result))
    let isSame =
      again.diagnostics.isEmpty && again.sexpr == program.sexpr
      && again.comments.map { again.source.text(in: $0.span) }
        == program.comments.map { source.text(in: $0.span) }
    return isSame ? result : source.text
  }
}

/// One run of the formatter.
private struct Layout {
  /// A token or comment, which are laid out alike.
  private struct Item {
    let span: Span
    let symbol: Symbol?
    let keyword: Keyword?
    let isComment: Bool
  }

  /// An open bracket.
  private struct Bracket {
    let symbol: Symbol
    /// New indentation of the line it stands on.
    let indent: Int
    /// Old and new indentation of the line on which the statement around it starts.
    let reference: (old: Int, new: Int)
  }

  private let settings: Formatter
  private let source: SourceText
  private let page: Page
  private var items: [Item] = []
  private var brackets: [Bracket] = []
  private var lineIndent = 0
  private var reference = (old: 0, new: 0)

  init(_ settings: Formatter, _ program: Program) {
    self.settings = settings
    source = program.source
    let page = Page(program)
    self.page = page
    for token in Lexer.tokens(of: source).tokens where !token.isEnd {
      // `|>` that closes a modulus before a `>` is two signs.
      let middle = token.span.start + 1
      if token.symbol == .pipe, page.before[middle] != nil {
        let bar = Span(start: token.span.start, end: middle)
        items.append(Item(span: bar, symbol: .bar, keyword: nil, isComment: false))
        let rest = Span(start: middle, end: token.span.end)
        items.append(Item(span: rest, symbol: .greater, keyword: nil, isComment: false))
      } else {
        items.append(
          Item(span: token.span, symbol: token.symbol, keyword: token.keyword, isComment: false))
      }
    }
    items += program.comments.map {
      Item(span: $0.span, symbol: nil, keyword: nil, isComment: true)
    }
    items.sort { $0.span.start < $1.span.start }
  }

  mutating func text() -> String {
    let lineEnd = source.lineEnd
    var result = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? "\u{FEFF}" : ""
    for (index, item) in items.enumerated() {
      let previous = index > 0 ? items[index - 1] : nil
      let newlines = previous.map { lineEnds(from: $0.span.end, to: item.span.start) } ?? 1
      if newlines > 0 {
        if index > 0 { result += String(repeating: lineEnd, count: min(newlines, 2)) }
        lineIndent = indent(of: item)
        result += String(repeating: " ", count: lineIndent)
      } else if let previous {
        result += String(repeating: " ", count: gap(previous, item))
      }
      if page.statementStarts.contains(item.span.start), isBlockLevel {
        reference = (oldIndent(of: item), lineIndent)
      }
      result += source.text(in: item.span)
      if let symbol = item.symbol { track(symbol) }
    }
    return items.isEmpty ? result : result + lineEnd
  }

  private var isBlockLevel: Bool { brackets.last.map { $0.symbol == .openBrace } ?? true }

  private mutating func track(_ symbol: Symbol) {
    if symbol.closer != nil {
      brackets.append(Bracket(symbol: symbol, indent: lineIndent, reference: reference))
    } else if symbol.isCloser, let bracket = brackets.popLast() {
      reference = bracket.reference
    }
  }

  private func lineEnds(from start: Int, to end: Int) -> Int {
    (start..<max(start, end)).count { SourceText.isLineEnd(at: $0, in: source.bytes) }
  }

  // MARK: Line starts

  private func indent(of item: Item) -> Int {
    let base = brackets.last(where: { $0.symbol == .openBrace }).map {
      $0.indent + settings.indentation
    }
    if isBlockLevel {
      if item.symbol == .closeBrace { return brackets.last?.indent ?? 0 }
      if item.isComment || page.statementStarts.contains(item.span.start) { return base ?? 0 }
    }
    // A line that goes on with a statement keeps its distance to the statement's first line.
    let old = oldIndent(of: item)
    if item.symbol?.isCloser == true, old <= reference.old { return reference.new }
    if old > reference.old { return reference.new + old - reference.old }
    return reference.new + settings.continuation
  }

  /// Columns of blanks that the line of an item begins with.
  private func oldIndent(of item: Item) -> Int {
    let line = source.span(ofLine: source.line(of: item.span.start))
    var columns = 0
    for byte in source.bytes[line.start..<line.end] {
      if byte == UInt8(ascii: "\t") {
        columns += DisplayWidth.tab - columns % DisplayWidth.tab
      } else if byte == UInt8(ascii: " ") {
        columns += 1
      } else if byte < 0x80 || columns > 0 || line.start > 0 {
        break
      }
    }
    return columns
  }

  // MARK: Gaps on a line

  private func gap(_ left: Item, _ right: Item) -> Int {
    let existing = source.text(in: Span(start: left.span.end, end: right.span.start)).count
    if right.isComment { return max(2, existing) }
    let table = page.tables.contains { table in
      table.start < right.span.start && left.span.end < table.end
        && lineEnds(from: table.start, to: table.end) > 0
    }
    if table, brackets.last?.symbol == .openBracket { return tableGap(left, right, existing) }
    if let fixed = bracketGap(left, right, existing) { return fixed }
    if right.symbol == .colon { return 0 }
    if left.symbol == .colon {
      return page.slices.contains { $0.contains(left.span) } ? 0 : 1
    }
    for gap in [page.before[right.span.start], page.after[left.span.end]] {
      if let gap { return columns(of: gap, existing, left, right) }
    }
    if isWord(left) || isWord(right) { return 1 }
    return min(existing, 1)
  }

  /// Inside a tensor of several lines only what must be wide or tight is.
  private func tableGap(_ left: Item, _ right: Item, _ existing: Int) -> Int {
    if left.symbol == .comma || left.symbol == .semicolon { return max(1, existing) }
    if right.symbol == .comma || left.symbol == .openBracket || right.symbol == .closeBracket {
      return existing
    }
    for gap in [page.before[right.span.start], page.after[left.span.end]] {
      if let gap { return columns(of: gap, existing, left, right) }
    }
    return existing
  }

  private func bracketGap(_ left: Item, _ right: Item, _ existing: Int) -> Int? {
    if right.symbol == .comma || right.symbol == .semicolon { return 0 }
    if left.symbol == .comma || left.symbol == .semicolon { return max(1, existing) }
    if left.symbol == .openBrace { return right.symbol == .closeBrace ? 0 : 1 }
    if right.symbol == .closeBrace { return 1 }
    if left.symbol == .openParenthesis || left.symbol == .openBracket { return 0 }
    if right.symbol?.isCloser == true { return 0 }
    if left.symbol == .dot || right.symbol == .dot { return 0 }
    return right.symbol == .openBrace ? 1 : nil
  }

  private func columns(of gap: Page.Gap, _ existing: Int, _ left: Item, _ right: Item) -> Int {
    switch gap {
    case .wide: return 1
    case .aligned: return max(1, existing)
    case .tight:
      // `0.. .5` must not become `0...5`.
      let isDot = source.bytes[right.span.start] == UInt8(ascii: ".")
      return isDot && source.bytes[left.span.end - 1] == UInt8(ascii: ".") ? 1 : 0
    case .even(let sign):
      let hasSpace = isBlank(sign.start - 1) || isBlank(sign.end)
      return hasSpace ? 1 : 0
    }
  }

  private func isBlank(_ offset: Int) -> Bool {
    offset < 0 || offset >= source.bytes.count || source.bytes[offset] <= 0x20
  }

  private func isWord(_ item: Item) -> Bool {
    item.keyword.map { $0 != .true && $0 != .false } ?? false
  }
}
