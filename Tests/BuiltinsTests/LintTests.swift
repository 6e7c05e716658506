import Builtins
import Testing

@testable import Language

/// What `fdsl lint` warns of, and what it lets pass.
@Suite struct LintTests {
  /// Slug and marked text of each warning.
  private func warnings(_ text: String) -> [String] {
    let source = SourceText(text: text)
    return Lint.findings(in: source, StandardLibrary.library).map { found in
      #expect(found.severity == .warning)
      return "\(found.slug) \(found.span.map { source.text(in: $0) } ?? "-")"
    }
  }

  @Test(arguments: [
    ("f(x) = { y = 2x; x + 1 }", "unused y"),
    ("f(x) = { y = x + 1 }", "unused y"),
    ("f(x) = { n = 0; while x > 1 { x = x/2; n += 1 }; x }", "unused n"),
    ("f = x -> { y = 2x; x }", "unused y"),
    ("f(x) = x where u = 2x", "unused u"),
    ("d[i] := i for i < 3 where u = 4", "unused u"),
    ("param depth = 6\nprint(3)", "unused depth"),
    ("x = 1\nx = 2\nx", "overwritten x"),
    ("f(x) = x\nf(x) = 2x\nf(1)", "overwritten f"),
    ("f(x) = { y = 1; y = x; y }", "overwritten y"),
    ("f(x) = { x + 1; x }", "dropped x + 1"),
    ("f(x) = { x == 3; x }", "dropped x == 3"),
    ("for k in 0..3 { 2k }", "dropped 2k"),
    ("0.1 + 0.2 == 0.3", "rounding =="),
    ("sqrt(2)^2 != 2", "rounding !="),
    ("x = [1, 2]\nsum(x)\nsum = 3\nsum", "shadow sum"),
    ("f(x) = { return x; x + 1 }", "unreachable x + 1"),
    ("for k in 0..3 { break; print(k) }", "unreachable print(k)"),
    ("while true { print(1) }", "endless true"),
    ("while true { for k in 0..3 { break } }", "endless true"),
  ])
  func `doubtful code is found`(_ text: String, _ expected: String) {
    #expect(warnings(text) == [expected])
  }

  @Test(arguments: [
    "f(x) = { y = 2x; y + 1 }", "f(x) = { _y = 2x; x }", "f(x) = { y = 1; g = z -> y + z; g(x) }",
    "f(x) = u where v = x, u = 2v", "param depth = 6\ndepth",
    "x = 1\nf() = x\nf()\nx = 2\nf()", "x = 1\nx = x + 1\nx", "x = 1\nif x > 0 { x = 2 }\nx",
    "f(x) = { y = 1; if x > 0 { y = 2 }; y }", "x = [1, 2]\nx[0] = 3\nx = 2x\nx",
    "f(x) = { print(x); x }", "for k in 0..3 { print(k) }", "x == 3", "x = 1\nx == 0.5",
    "n % 2 == 0", "0.1 + 0.2 ≈ 0.3", "mean = 3\nmean + 1", "f(sum) = sum + 1",
    "while true { break }", "f(x) = while true { return x }", "f(x) = { if x > 1 { return 1 }; 2 }",
    "a, b = (1, 2)", "f(x) = { a, b = (x, 2); a }", "x = (",
    "f(n) = { x = zeros(n); for i in 0..n { x[i] = i }; x }",
    "count(xs) = { n = 0; for _ in xs { n += 1 }; n }",
  ])
  func `ordinary code passes`(_ text: String) {
    #expect(warnings(text) == [])
  }

  @Test func `a comparison that is no assignment gets the assignment suggested`() {
    let found = Lint.findings(
      in: SourceText(text: "f(x) = { x == 3; x }"), StandardLibrary.library)
    #expect(found.map(\.suggestions) == [["x = 3"]])
  }
}
