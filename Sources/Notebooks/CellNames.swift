/// The names that a cell binds, uses and declares as parameters, read off its tokens.
///
/// Where tokens cannot decide (an assignment in braces may be local to a function or belong to a
/// loop of the file) a name counts as both: a cell may then be called stale without need, but
/// never fresh by mistake.
struct CellNames: Sendable {
  /// Names bound outside all braces: a later use means these.
  var bound: Set<String> = []
  /// Names assigned inside braces: a later use may mean these.
  var perhapsBound: Set<String> = []
  /// Names read from the cells above.
  var used: Set<String> = []
  var parameters: [DeclaredParameter] = []
  /// Texts of `seed` statements.
  var seeds: [String] = []
  /// Whether it takes names from another file, so that any later name may come from there.
  var takesLibrary = false
  /// The words of every text literal, quotes included.
  var strings: Set<String> = []
  /// What the key hashes: tokens without comments, parameters and seeds.
  var code: [CellToken] = []
}

/// A `param` statement as it is written.
package struct DeclaredParameter: Equatable, Sendable {
  /// The name a user gives to `-D`.
  package var name: String
  /// The default as written.
  package var value: String
  /// The range as written behind `in`.
  package var range: String?
  package var caption: String?
}

extension CellNames {
  /// Reads the tokens of a cell.
  init(_ tokens: [CellToken]) {
    var brackets: [String] = []
    var index = 0
    var isStatementStart = true
    // Tokens that only name what is bound, and therefore read nothing.
    var targets: Set<Int> = []
    while index < tokens.count {
      let token = tokens[index]
      let inBraces = brackets.last == "{"
      if isStatementStart, brackets.isEmpty || inBraces {
        isStatementStart = false
        if brackets.isEmpty, let end = readDeclaration(tokens, at: index) {
          index = end
          isStatementStart = true
          continue
        }
        readTargets(tokens, at: index, isCertain: brackets.isEmpty, into: &targets)
      }
      code.append(token)
      switch token.kind {
      case .newline: isStatementStart = true
      case .string:
        strings.insert(token.text)
        // A name inside `\( … )` of a text is a use as well.
        for word in Self.words(in: token.text) { used.insert(word) }
      case .number: break
      case .name:
        let isField = index > 0 && tokens[index - 1].text == "."
        let next = index + 1 < tokens.count ? tokens[index + 1].text : ""
        let isArgumentName = brackets.last == "(" && next == "="
        if !isField, !isArgumentName, !targets.contains(index) { used.insert(token.text) }
      case .other:
        switch token.text {
        case "(", "[", "{":
          brackets.append(token.text)
          isStatementStart = token.text == "{"
        case ")", "]", "}":
          if !brackets.isEmpty { brackets.removeLast() }
        case ";": isStatementStart = brackets.last != "["
        default: break
        }
      }
      index += 1
    }
    // Runs of newlines, and those at either end, separate nothing.
    var trimmed: [CellToken] = []
    for token in code
    where token.kind != .newline || trimmed.last.map({ $0.kind != .newline }) == true {
      trimmed.append(token)
    }
    if trimmed.last?.kind == .newline { trimmed.removeLast() }
    code = trimmed
  }

  /// `param …`, `seed …` and `use …`; returns where the statement ends.
  private mutating func readDeclaration(_ tokens: [CellToken], at start: Int) -> Int? {
    guard tokens[start].kind == .name, start + 1 < tokens.count else { return nil }
    let end = Self.statementEnd(tokens, from: start)
    let next = tokens[start + 1]
    switch tokens[start].text {
    case "param" where next.kind == .name && start + 2 < end && tokens[start + 2].text == "=":
      parameters.append(Self.parameter(name: next.text, Array(tokens[(start + 3)..<end])))
    case "seed" where next.kind == .number:
      seeds.append(Self.joined(tokens[(start + 1)..<end]))
    case "use" where next.kind == .string:
      takesLibrary = true
      return nil
    default: return nil
    }
    return min(end + 1, tokens.count)
  }

  /// The names at the start of a statement that it binds: `x = `, `f(a) = `, `C[i] := `,
  /// `lo, hi = `, `for k in`.
  private mutating func readTargets(
    _ tokens: [CellToken], at start: Int, isCertain: Bool, into targets: inout Set<Int>
  ) {
    var names: [(index: Int, isWhole: Bool)] = []
    var index = start
    let isLoop = tokens[start].text == "for"
    if isLoop { index += 1 }
    while index < tokens.count, tokens[index].kind == .name, tokens[index].text != "in" {
      let name = index
      index += 1
      var isIndexed = false
      while index < tokens.count, ["(", "["].contains(tokens[index].text) {
        isIndexed = isIndexed || tokens[index].text == "["
        index = Self.closing(tokens, from: index) + 1
      }
      names.append((name, !isIndexed))
      guard index < tokens.count, tokens[index].text == "," else { break }
      index += 1
    }
    guard !names.isEmpty, index < tokens.count else { return }
    let sign = tokens[index].text
    let binds = isLoop ? sign == "in" : ["=", ":=", "+=", "-=", "*=", "/="].contains(sign)
    guard binds else { return }
    for (position, isWhole) in names {
      if isCertain {
        bound.insert(tokens[position].text)
      } else {
        perhapsBound.insert(tokens[position].text)
      }
      if isLoop || sign == ":=" || isWhole && sign == "=" { targets.insert(position) }
    }
  }

  private static func parameter(name: String, _ tokens: [CellToken]) -> DeclaredParameter {
    var rest = tokens[...]
    var caption: String?
    if rest.count > 1, let last = rest.last, last.kind == .string {
      caption = String(last.text.dropFirst().dropLast())
      rest.removeLast()
    }
    var depth = 0
    let split = rest.firstIndex { token in
      if ["(", "[", "{"].contains(token.text) { depth += 1 }
      if [")", "]", "}"].contains(token.text) { depth -= 1 }
      return depth == 0 && token.text == "in"
    }
    return DeclaredParameter(
      name: name, value: joined(rest[..<(split ?? rest.endIndex)]),
      range: split.map { joined(rest[($0 + 1)...]) }, caption: caption)
  }

  private static func statementEnd(_ tokens: [CellToken], from start: Int) -> Int {
    var depth = 0
    for index in start..<tokens.count {
      switch tokens[index].text {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      default:
        if depth <= 0, tokens[index].kind == .newline || tokens[index].text == ";" { return index }
      }
    }
    return tokens.count
  }

  private static func closing(_ tokens: [CellToken], from open: Int) -> Int {
    var depth = 0
    for index in open..<tokens.count {
      if ["(", "[", "{"].contains(tokens[index].text) { depth += 1 }
      if [")", "]", "}"].contains(tokens[index].text) { depth -= 1 }
      if depth == 0 { return index }
    }
    return tokens.count - 1
  }

  /// Token texts, with a blank only where two words would run together.
  private static func joined(_ tokens: ArraySlice<CellToken>) -> String {
    var result = ""
    var wasWord = false
    for token in tokens {
      let isWord = token.kind == .name || token.kind == .number
      if isWord, wasWord, !token.touches { result += " " }
      result += token.text
      wasWord = isWord
    }
    return result
  }

  private static func words(in string: String) -> [String] {
    guard string.contains("\\(") else { return [] }
    return string.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }
}
