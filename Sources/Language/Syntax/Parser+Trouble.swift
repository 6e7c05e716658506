/// What to say when a token does not fit.
extension Parser {
  func trouble(
    _ slug: String, _ message: String, at span: Span, notes: [String] = [],
    suggestions: [String] = []
  ) -> Diagnostic {
    Diagnostic(
      slug, message, labels: [.init(span)], notes: notes, suggestions: suggestions, source: source)
  }

  /// Whether nothing that could be a value stands at the position.
  var isOperandMissing: Bool {
    if current.isEnd || current.symbol == .semicolon { return true }
    if let symbol = current.symbol, symbol.isCloser { return partner != nil }
    if current.symbol == .comma { return true }
    // An operand may stand on the next line, but not when that is a statement of its own.
    guard newlines == .significant, current.startsLine, position > statementStart else {
      return false
    }
    if previous?.symbol == .openBrace || previous?.symbol == .semicolon { return false }
    switch current.keyword {
    case .for, .while, .return, .break, .continue: return true
    default: break
    }
    guard current.name != nil, isAfterOperator else { return false }
    return next.symbol == .assign || DefinitionForm.isNext(self)
  }

  private var isAfterOperator: Bool {
    guard let previous else { return false }
    return previous.symbol.map { !$0.isCloser && $0 != .comma } ?? (previous.keyword != nil)
  }

  /// A value, or something else, is missing at the position.
  func missing(_ what: String, after place: String? = nil) -> Diagnostic {
    if case .invalid(let diagnostic) = current.kind { return diagnostic }
    guard let previous, !previous.isEnd else {
      return trouble("missing", "\(what) is missing before \(described(current))", at: current.span)
    }
    let text = source.text(in: previous.span)
    if previous.symbol == .minus, position > 1, tokens[position - 2].symbol == .minus,
      !tokens[position - 1].hasSpaceBefore
    {
      return trouble(
        "habit", "there is no `--`; write  i -= 1",
        at: tokens[position - 2].span.joined(with: previous.span))
    }
    if position > 1, previous.startsLine, previous.symbol == .floorSlash {
      return comment(at: previous)
    }
    if current.isEnd { missingAtEnd = what }
    if what != "a value" {
      return trouble(
        "missing", place.map { "\(what) is missing after \($0)" } ?? "say \(what)",
        at: previous.span)
    }
    if previous.symbol == .comma || previous.symbol?.closer != nil {
      let found = current.isEnd ? "the end" : described(current)
      return trouble(
        "missing", "a value is missing before \(found)",
        at: current.isEnd ? previous.span : current.span)
    }
    return trouble("missing", "a value is missing after \(place ?? "`\(text)`")", at: previous.span)
  }

  /// An open bracket that does not close.
  func openTrouble(
    _ span: Span, closedBy closer: Token? = nil, what: String = "this bracket"
  ) -> Diagnostic {
    var labels: [Diagnostic.Label] = []
    let opened: String
    if let closer {
      opened = "opened here"
      let sign = source.text(in: closer.span)
      let fits = tokens.firstIndex { $0.span == closer.span }.flatMap { partner(at: $0) } != nil
      labels.append(
        .init(
          closer.span,
          fits ? "this `\(sign)` closes a bracket around it" : "`\(sign)` does not fit",
          isPrimary: false))
    } else {
      missingAtEnd = what == "this bracket" ? closingText(of: span) : "`|`"
      let last = source.firstLine + source.lineCount - 1
      opened = "opened here; the \(source.noun) ends at line \(last)"
    }
    labels.insert(.init(span, opened, isOpening: true), at: 0)
    return Diagnostic("open", "\(what) is never closed", labels: labels, source: source)
  }

  private func closingText(of span: Span) -> String {
    switch source.text(in: span) {
    case "(": "`)`"
    case "[": "`]`"
    default: "`}`"
    }
  }

  /// Two values stand in a row of a tensor without a comma.
  func missingComma(after form: any Form) -> Diagnostic {
    let isDoubtful = current.isNumber || current.name != nil || current.symbol == .openBracket
    guard isDoubtful, habitWord == nil else { return unexpected(expecting: "`,` or `]`") }
    let (left, right) = (source.text(in: form.span), source.text(in: current.span))
    return trouble(
      "unexpected", "columns are separated by commas", at: form.span.joined(with: current.span),
      suggestions: left.count < 30 && current.symbol == nil ? ["\(left), \(right)"] : [])
  }

  /// The current token is not what may stand here.
  func unexpected(expecting what: String) -> Diagnostic {
    let token = current
    if case .invalid(let diagnostic) = token.kind { return diagnostic }
    if let habit = habitWord ?? habitOperator { return habit }
    if token.isEnd {
      missingAtEnd = what
      let span = previous?.span ?? token.span
      return trouble("missing", "\(what) is missing at the end", at: span)
    }
    if let symbol = token.symbol, symbol.isCloser, partner == nil {
      return trouble(
        "closer", "this `\(symbol.rawValue)` closes nothing", at: token.span,
        notes: ["no bracket is open here that it could close"])
    }
    if let special = misuse(of: token) { return special }
    if token.startsLine, newlines != .ignored, let previous {
      return trouble("missing", "\(what) is missing", at: previous.span)
    }
    if let juxtaposed = juxtaposition(expecting: what) { return juxtaposed }
    return trouble("unexpected", "\(described(token)) where \(what) should stand", at: token.span)
  }

  /// The token as messages name it.
  private func described(_ token: Token) -> String {
    token.isEnd ? "the end" : "`\(source.text(in: token.span))`"
  }

  // MARK: Signs in the wrong place

  private func misuse(of token: Token) -> Diagnostic? {
    if let keyword = token.keyword { return misuse(of: keyword) }
    guard let symbol = token.symbol else { return nil }
    let isStatement = newlines == .significant
    switch symbol {
    case .assign where previous?.symbol == .closeParenthesis || isStatement:
      return trouble(
        "habit", "`=` assigns, `==` compares", at: token.span,
        suggestions: equalitySuggestion.map { [$0] } ?? [])
    case .define:
      return trouble(
        "habit", "`:=` defines a tensor by its indices; a name gets its value with `=`",
        at: token.span, suggestions: ["x = 3", "C[i, k] := …"])
    case .colon where position == statementStart + 1 && previous?.name != nil && next.name != nil:
      return trouble(
        "habit", "a name takes any value, its type is not written", at: token.span,
        suggestions: ["\(previous?.name ?? "x") = …"])
    case .colon:
      let opener = tokens[statementStart].keyword
      if next.startsLine || next.isEnd || [.for, .while, .if, .else].contains(opener) {
        return missingBraces
      }
      if let previous, previous.name != nil || previous.isText, position > 1,
        tokens[position - 2].symbol == .openBrace
      {
        let name = previous.name ?? source.text(in: previous.span).replacing("\"", with: "")
        return trouble(
          "habit", "a record stands in round brackets, with `=`", at: token.span,
          suggestions: ["(\(name) = …)"])
      }
      return trouble(
        "habit", "a range is written with dots; `:` makes slices", at: token.span,
        suggestions: ["a..b  without b", "a..=b  with b"])
    case .bar:
      if next.symbol == .bar, !next.hasSpaceBefore {
        let both = token.span.joined(with: next.span)
        return trouble(
          "habit", "`||` is written `or` here", at: both,
          suggestions: line(replacing: both, by: "or").map { [$0] } ?? [])
      }
      return trouble(
        "unexpected", "a `|` opens a modulus only where a value may begin", at: token.span,
        suggestions: ["2*|z|  for a product", "a or b  for a choice"])
    case .arrow:
      return trouble(
        "unexpected", "before `->` stand the names of parameters", at: token.span,
        suggestions: ["x -> x + 1", "(x, y) -> x*y"])
    case .comma where isStatement:
      if tokens[statementStart].keyword == .for {
        return trouble(
          "unexpected", "a loop goes through one collection", at: token.span,
          suggestions: ["for i in 0..2 { for j in 0..3 { … } }", "for a, b in zip(x, y) { … }"])
      }
      let line = source.text(in: restOfLine(from: tokens[statementStart].span.start))
      return severalValues(line.count < 78 ? "(\(line))" : "(a, b)")
    case .range, .closedRange:
      return previousIsOperator
        ? trouble("missing", "a range needs a value on its left", at: token.span) : nil
    case .at where position == 0 || token.startsLine:
      return trouble("habit", "there are no decorators", at: token.span)
    case .slash where token.startsLine, .floorSlash where token.startsLine,
      .percent where token.startsLine:
      return comment(at: token)
    case .star where previousIsOperator, .slash where previousIsOperator,
      .greater where previousIsOperator, .caret where previousIsOperator:
      return trouble("missing", "a value is missing before \(described(token))", at: token.span)
    default: return nil
    }
  }

  private func misuse(of keyword: Keyword) -> Diagnostic? {
    let span = current.span
    switch keyword {
    case .else: return trouble("unexpected", "this `else` has no `if` before it", at: span)
    case .in:
      return trouble(
        "unexpected", "`in` belongs to `for` and to the brackets of a sum", at: span,
        suggestions: ["any(xs == x)  asks whether x is among xs"])
    case .where:
      return trouble("unexpected", "`where` follows a definition or an assignment", at: span)
    case .for,
      .while where previousIsOperator || newlines != .significant:
      return trouble(
        "unexpected", "a loop is a statement and has no value", at: span,
        suggestions: ["[f(k) for k in xs]", "map(f, xs)"])
    case .break, .continue,
      .return where previousIsOperator:
      return trouble("unexpected", "`\(keyword.rawValue)` is a statement of its own", at: span)
    case .and, .or:
      return previousIsOperator || position == 0
        ? trouble("missing", "a value is missing before `\(keyword.rawValue)`", at: span) : nil
    case .if:
      return newlines == .significant && !previousIsOperator
        ? trouble(
          "habit", "`if` comes first, also in an expression", at: span,
          suggestions: ["if condition { a } else { b }"]) : nil
    default: return nil
    }
  }

  /// A word of the language stands where a name should.
  func reserved(_ keyword: Keyword) -> Diagnostic {
    trouble(
      "reserved", "`\(keyword.rawValue)` is a word of the language", at: current.span,
      notes: ["a name must be another word"], suggestions: ["\(keyword.rawValue)_"])
  }

  private func comment(at token: Token) -> Diagnostic {
    trouble("habit", "a comment begins with `#`", at: token.span)
  }

  private var previousIsOperator: Bool {
    guard let previous else { return true }
    if let symbol = previous.symbol { return !symbol.isCloser }
    return previous.keyword.map { $0 != .true && $0 != .false } ?? false
  }

  /// `a == b` for an `a = b` on this line.
  private var equalitySuggestion: String? {
    line(replacing: current.span, by: "==")
  }

  /// The line around a span with the span replaced: a suggestion that can be copied.
  private func line(replacing span: Span, by text: String) -> String? {
    let line = source.span(ofLine: source.line(of: span.start))
    let before = source.text(in: Span(start: line.start, end: span.start))
    let whole = (before + text + source.text(in: restOfLine(from: span.end)))
      .drop { $0 == " " || $0 == "\t" }
    return whole.count < 80 ? String(whole) : nil
  }

  // MARK: Two values without an operator

  private func juxtaposition(expecting what: String) -> Diagnostic? {
    guard let previous, !previousIsOperator else { return nil }
    let token = current
    let span = previous.span.joined(with: token.span)
    let (left, right) = (source.text(in: previous.span), source.text(in: token.span))
    let isComma = what.contains("`,`")
    if token.symbol == .openParenthesis || token.symbol == .openBracket {
      guard token.hasSpaceBefore else { return nil }
      let inner = partner.map { source.text(in: token.span.joined(with: tokens[$0].span)) } ?? right
      let short = inner.count < 40 ? inner : right + "…"
      if previous.isNumber {
        return trouble(
          "ambiguous", "a coefficient stands right before its bracket", at: span,
          suggestions: ["\(left)\(short)", "\(left)*\(short)"])
      }
      return trouble(
        "ambiguous", "a bracket after a space is no call and no index", at: span,
        suggestions: ["\(left)\(short)", isComma ? "\(left), \(short)" : "\(left)*\(short)"])
    }
    guard token.name != nil || token.isNumber || token.isText else { return nil }
    if next.symbol == .assign, newlines == .significant {
      return trouble(
        "unexpected", "two statements on one line are separated by `;`", at: span,
        suggestions: [
          source.text(in: Span(start: tokens[statementStart].span.start, end: previous.span.end))
            + "; \(right) = …"
        ])
    }
    if previous.symbol == .closeParenthesis, !token.hasSpaceBefore {
      let gap = Span(start: previous.span.end, end: token.span.start)
      return trouble(
        "unexpected", "only a number is a coefficient without `*`", at: span,
        suggestions: line(replacing: gap, by: "*").map { [$0] } ?? [])
    }
    if previous.isNumber, token.name != nil {
      return trouble(
        "ambiguous", "an operator is missing between `\(left)` and `\(right)`", at: span,
        suggestions: ["\(left)\(right)", isComma ? "\(left), \(right)" : "\(left)*\(right)"])
    }
    if previous.name == "use", token.name != nil {
      return trouble(
        "habit", "`use` takes a file's name as text", at: span,
        suggestions: ["use \"\(right).fdsl\""])
    }
    if previous.name == "seed", token.isText {
      return trouble("type", "a seed is an integer", at: span, suggestions: ["seed 2024"])
    }
    if previous.name == "print" || (previous.name != nil && token.isText) {
      return trouble(
        "habit", "a call has brackets", at: span, suggestions: ["\(left)(\(right))"])
    }
    if isComma {
      return trouble(
        "unexpected", "a comma is missing between `\(left)` and `\(right)`", at: span,
        suggestions: ["\(left), \(right)"])
    }
    return trouble(
      "unexpected", "an operator is missing between `\(left)` and `\(right)`", at: span)
  }

  // MARK: Words of other languages

  /// A name before the position that begins a construct of another language.
  private var habitWord: Diagnostic? {
    guard let previous, let name = previous.name, !current.startsLine, !current.isEnd,
      current.name != nil || current.isText || current.isNumber || current.symbol == .colon
        || current.symbol == .openBrace || current.keyword != nil
        || (name == "lambda" && current.symbol != .comma)
    else { return nil }
    func habit(_ message: String, _ suggestions: String...) -> Diagnostic {
      trouble("habit", message, at: previous.span, suggestions: suggestions)
    }
    switch name {
    case "lambda":
      let message = "a function is written with an arrow"
      guard let own = lambdaInOwnWords else {
        return habit(message, "x -> x + 1", "(x, y) -> x*y")
      }
      return habit(message, own)
    case "def", "function", "func", "fn", "fun":
      let message = "a definition has no word before it"
      guard let own = definitionInOwnWords else {
        return habit(message, "f(x) = x + 1", "f(x) = { … }  for several lines")
      }
      return habit(message, own)
    case "import", "from", "using", "include":
      return habit(
        "everything is there without `\(name)`", "use \"lib/blocks.fdsl\"  for a file of your own")
    case "class", "struct", "type":
      return habit("there are no classes", "(lr = 3e-4, depth = 6)  is a record")
    case "let", "var", "val", "const", "local", "global", "auto", "int", "float", "double":
      guard current.name != nil else { return nil }
      let line = source.text(in: restOfLine(from: current.span.start))
      return habit(
        "a name gets its value without `\(name)`",
        line.contains("=") && line.count < 60 ? line : "\(source.text(in: current.span)) = …")
    case "elif", "elsif", "elseif": return habit("`\(name)` is written `else if` here")
    case "unless", "until": return habit("`\(name)` is written with `not` here")
    case "del", "yield", "async", "await", "with", "try", "raise", "pass", "begin", "do":
      return habit("there is no `\(name)`")
    case "foreach": return habit("`foreach` is written `for` here", "for x in xs { … }")
    case "switch", "match", "case": return habit("there is no `\(name)`", "if … { } else if … { }")
    case "is": return habit("`is` is written `==` here")
    default: break
    }
    return nil
  }

  /// A name at the position that other languages write between two values.
  private var habitOperator: Diagnostic? {
    guard previous != nil, !previousIsOperator, !current.startsLine else { return nil }
    func habit(_ message: String, _ suggestions: String...) -> Diagnostic {
      trouble("habit", message, at: current.span, suggestions: suggestions)
    }
    switch current.name {
    case "is":
      return habit("`is` is written `==` here", line(replacing: current.span, by: "==") ?? "a == b")
    case "then": return habit("a block stands in braces", "if condition { a } else { b }")
    case "do": return habit("a block stands in braces", "while condition { … }")
    case "end": return habit("a block ends with `}` here")
    case "xor": return habit("`xor` of two conditions is written `!=`")
    case "mod": return habit("a remainder is written `%`")
    default: return nil
    }
  }

  /// `f(x): return x^2` behind the position, as the language writes it.
  private var definitionInOwnWords: String? {
    let line = source.text(in: restOfLine(from: current.span.start))
    guard let match = line.wholeMatch(of: #/(\w+) *\(([^()]*)\)(.*)/#), line.count < 70 else {
      return nil
    }
    var body = String(match.3).replacing(#/ *-> *\w+/#, with: "").replacing(#/^[ :={]+/#, with: "")
      .replacing(#/(^| )(return|end)\b ?|[ ;}]+$/#, with: "").replacing("**", with: "^")
    while body.last == " " { body.removeLast() }
    // Types of parameters have no place here.
    let parameters = String(match.2).replacing(#/ *: *\w+/#, with: "")
    return "\(match.1)(\(parameters)) = " + (body.isEmpty ? "{ … }" : body)
  }

  /// `x, y: x*y` behind the position, as the language writes it.
  private var lambdaInOwnWords: String? {
    let line = source.text(in: restOfLine(from: current.span.start))
    guard line.count < 70, let match = line.prefixMatch(of: #/(\w+(?: *, *\w+)*) *: */#) else {
      return nil
    }
    var depth = 0
    // Up to the comma or the bracket that ends the argument.
    let text = line[match.range.upperBound...].prefix { character in
      if "([".contains(character) { depth += 1 }
      if ")]".contains(character) { depth -= 1 }
      return depth > 0 || depth == 0 && character != ","
    }
    var body = String(text).replacing("**", with: "^")
    while body.last == " " { body.removeLast() }
    return (match.1.contains(",") ? "(\(match.1))" : String(match.1)) + " -> " + body
  }

  /// A comma stands at the position where one value should.
  ///
  /// - Parameter suggestion: the values in brackets.
  func severalValues(_ suggestion: String) -> Diagnostic {
    if let previous, previous.isNumber, next.isNumber, !next.hasSpaceBefore,
      next.span.end - next.span.start == 3
    {
      return trouble(
        "habit", "digits are grouped by underscores",
        at: previous.span.joined(with: next.span),
        suggestions: [source.text(in: previous.span) + "_" + source.text(in: next.span)])
    }
    return trouble(
      "unexpected", "several values stand in brackets", at: current.span,
      suggestions: [suggestion])
  }

  /// Whether a `{` follows on this line.
  var hasBraceOnLine: Bool { source.text(in: restOfLine(from: current.span.start)).contains("{") }

  /// Whether a body begins right where its braces should: `for x in xs print(x)`.
  var isBlockWithoutBraces: Bool {
    current.name != nil && !current.startsLine && next.symbol == .openParenthesis
      && !hasBraceOnLine && habitWord == nil
  }

  /// A block without braces, written out with them.
  var missingBraces: Diagnostic {
    trouble(
      "habit", "a block stands in braces", at: current.span,
      notes: current.symbol == .colon ? ["indentation has no meaning here"] : [],
      suggestions: [blockInOwnWords ?? "{ … }"])
  }

  /// `for k in xs: body` on this line, as the language writes it.
  private var blockInOwnWords: String? {
    // The statement's beginning, or the line's if that is later.
    let lineStart = source.span(ofLine: source.line(of: current.span.start)).start
    let first = tokens[...position].first { $0.span.start >= lineStart }?.span.start ?? 0
    let start = max(tokens[statementStart].span.start, first)
    let line = source.text(in: restOfLine(from: start))
    var head = source.text(in: Span(start: start, end: current.span.start))
    guard line.count < 70, line.count > head.count else { return nil }
    let body = line.dropFirst(head.count + (current.symbol == .colon ? 1 : 0)).drop { $0 == " " }
    while head.last == " " { head.removeLast() }
    return head.replacing(#/ in x?range\((\w+)\)$/#) { " in 0..\($0.1)" }
      + " { \(body.isEmpty ? "…" : String(body)) }"
  }

  /// A name of another language that stands for a value.
  func habit(ofName name: String) -> Diagnostic? {
    guard next.symbol != .assign else { return nil }
    switch name {
    case "True", "False":
      return trouble(
        "habit", "`\(name)` is written `\(name.lowercased())` here", at: current.span)
    case "None", "null", "nil":
      return trouble(
        "habit", "there is no `\(name)`", at: current.span,
        notes: ["an argument that is not given keeps its default; `nan` is a missing number"])
    default: return nil
    }
  }
}
