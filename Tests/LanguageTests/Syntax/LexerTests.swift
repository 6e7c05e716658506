import Testing

@testable import Language

@Suite struct LexerTests {
  private func kinds(_ text: String) -> String {
    Lexer.tokens(of: SourceText(text: text)).tokens.map { token in
      switch token.kind {
      case .integer(let value): "\(value)"
      case .real(let value): "\(value)r"
      case .text: "text"
      case .name(let name): name
      case .keyword(let word): "<\(word.rawValue)>"
      case .symbol(let symbol): symbol.rawValue
      case .invalid(let diagnostic): "!\(diagnostic.slug)"
      case .end: "."
      }
    }.joined(separator: " ")
  }

  @Test(arguments: [
    ("1_000_000", "1000000 ."), ("0xFF_ff", "65535 ."), ("1e-3", "0.001r ."), ("2E+2", "200.0r ."),
    ("0.5", "0.5r ."), (".5", "0.5r ."), ("1..5", "1 .. 5 ."), ("0..=1", "0 ..= 1 ."),
    ("x.5", "x . 5 ."), ("2exp", "2 exp ."), ("2e", "2 e ."), ("1.6inch", "1.6r inch ."),
    ("9223372036854775807", "9223372036854775807 ."), ("9223372036854775808", "!number ."),
    ("1e400", "!number ."), ("1.2.3", "!number ."), ("1__0", "!number ."), ("0x", "!number ."),
  ])
  func numbers(text: String, expected: String) {
    #expect(kinds(text) == expected)
  }

  @Test(arguments: [
    ("a ≤ b ≥ c ≠ d ≈ e", "a <= b >= c != d ~= e ."), ("x ∈ y", "x <in> y ."),
    ("√2 × 3 · 4 ÷ 5 − 6", "√ 2 * 3 * 4 / 5 - 6 ."), ("a∧b∨¬c", "a <and> b <or> <not> c ."),
    ("\\alpha \\le \\pi", "α <= π ."), ("d\\theta_1", "dθ_1 ."), ("x \\in y", "x <in> y ."),
    ("\u{B5} μ", "μ μ ."), ("x₁ θ′ naïve 名前", "x₁ θ′ naïve 名前 ."), ("∑[k] x", "sum [ k ] x ."),
  ])
  func unicodeSignsHaveTwins(text: String, expected: String) {
    #expect(kinds(text) == expected)
  }

  @Test(arguments: [
    "x ** 2", "a && b", "i++", "a .* b", "A .== B", "f.(x)", "x => y", "a === b", "!x", "~x", "x?y",
    "'abc'", "A'", "f\"{x}\"", "x²", "a \\ b", "x ... y",
  ])
  func signsOfOtherLanguagesAreKnown(text: String) {
    #expect(mistakes(text).map(\.slug) == ["habit"])
  }

  @Test func commentsAreKeptApart() {
    let source = SourceText(text: "x # one\n# two  \ny")
    let (tokens, comments) = Lexer.tokens(of: source)
    #expect(tokens.count == 3)
    #expect(comments.map { source.text(in: $0.span) } == ["# one", "# two"])
    #expect(comments.map(\.isAlone) == [false, true])
  }

  @Test func spansAreByteOffsets() {
    let (tokens, _) = Lexer.tokens(of: SourceText(text: "π ≤ 2"))
    #expect(tokens.map(\.span.start) == [0, 3, 7, 8])
    #expect(tokens.map(\.span.end) == [2, 6, 8, 8])
  }

  @Test func invisibleCharactersAreNamed() {
    #expect(
      mistake("x\u{200B} = 1") == """
        error[character]: there is an invisible character here
         1 |  x\u{FFFD} = 1
           |   ─
           it is U+200B
        """)
  }
}
