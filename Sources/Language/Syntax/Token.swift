/// A reserved word.
package enum Keyword: String, CaseIterable, Sendable {
  case `if`, `else`, `for`, `in`, `while`, `break`, `continue`, `return`, `where`
  case and, or, not, `true`, `false`
}

/// A sign of the language. The raw value is its ASCII spelling (`√` has none but a function).
package enum Symbol: String, CaseIterable, Sendable {
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case floorSlash = "//"
  case percent = "%"
  case at = "@"
  case caret = "^"
  case root = "√"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessEqual = "<="
  case greater = ">"
  case greaterEqual = ">="
  case approximately = "~="
  case range = ".."
  case closedRange = "..="
  case compose = ">>"
  case pipe = "|>"
  case bar = "|"
  case arrow = "->"
  case assign = "="
  case define = ":="
  case addAssign = "+="
  case subtractAssign = "-="
  case multiplyAssign = "*="
  case divideAssign = "/="
  case comma = ","
  case semicolon = ";"
  case colon = ":"
  case dot = "."
  case openParenthesis = "("
  case closeParenthesis = ")"
  case openBracket = "["
  case closeBracket = "]"
  case openBrace = "{"
  case closeBrace = "}"

  /// The closing bracket that belongs to an opening one.
  package var closer: Symbol? {
    switch self {
    case .openParenthesis: .closeParenthesis
    case .openBracket: .closeBracket
    case .openBrace: .closeBrace
    default: nil
    }
  }

  /// Whether it closes a bracket.
  package var isCloser: Bool {
    self == .closeParenthesis || self == .closeBracket || self == .closeBrace
  }
}

/// A word, number, text or sign of a program, with its place.
///
/// A class, because the parser looks at tokens in every one of its many frames and a reference
/// keeps them small: that is what bounds how deep forms may stand in each other.
package final class Token: Sendable {
  /// What a token is.
  package enum Kind: Sendable {
    case integer(Int)
    case real(Double)
    case text([TextPart])
    /// A name as it is spelt in Unicode: `\alpha` has become `α`.
    case name(String)
    case keyword(Keyword)
    case symbol(Symbol)
    /// Something that is no part of the language, and what to tell the user about it.
    case invalid(Diagnostic)
    /// The end of the text, or of a hole in a string.
    case end
  }

  /// A piece of a string.
  package enum TextPart: Sendable {
    /// Characters, escapes resolved.
    case characters(String, Span)
    /// The tokens between `\(` and `)`, closed by an `end`; the span covers both signs.
    case hole([Token], Span)
  }

  package let kind: Kind
  package let span: Span
  /// Whether a line end stands between it and the token before (or it is the first).
  package let startsLine: Bool
  /// Whether anything blank stands before it.
  package let hasSpaceBefore: Bool

  init(kind: Kind, span: Span, startsLine: Bool, hasSpaceBefore: Bool) {
    self.kind = kind
    self.span = span
    self.startsLine = startsLine
    self.hasSpaceBefore = hasSpaceBefore
  }

  /// The sign it is, if it is one.
  // Inlined into short getters it makes the optimiser of Swift 6.3.1 fail with an ownership error;
  // the same holds for `keyword`.
  @inline(never) package var symbol: Symbol? {
    if case .symbol(let symbol) = kind { symbol } else { nil }
  }

  /// The reserved word it is, if it is one.
  @inline(never) package var keyword: Keyword? {
    if case .keyword(let keyword) = kind { keyword } else { nil }
  }

  /// The name it is, if it is one.
  package var name: String? {
    if case .name(let name) = kind { name } else { nil }
  }

  /// Whether it is a number.
  package var isNumber: Bool {
    switch kind {
    case .integer, .real: true
    default: false
    }
  }

  /// Whether it is a string.
  package var isText: Bool {
    if case .text = kind { true } else { false }
  }

  /// Whether it is the end of the tokens.
  package var isEnd: Bool {
    if case .end = kind { true } else { false }
  }
}

/// A comment from its `#` to the end of the line.
package struct Comment: Sendable {
  package let span: Span
  /// Whether nothing else stands on its line.
  package let isAlone: Bool
}
