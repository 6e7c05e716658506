import Testing

@testable import Language

@Suite struct CompletenessTests {
  @Test(arguments: [
    "", "x", "x = 1", "f(x) = x", "if a { 1 }", "# comment", "[1, 2\n 3, 4]", "x;", "|x|",
    "\"text\"",
    "1 2", "x = )", "f(a]", "1/2x", "\"open", "x = 1 +\ny = 2", "i--", "for k in 0..3 {\n  k\n}",
  ])
  func completeOrWrong(text: String) {
    #expect(Completeness(of: text) == .complete)
  }

  @Test(arguments: [
    ("f(a,", "`)`"), ("x = [1, 2", "`]`"), ("f(x) = {", "`}`"), ("x +", "a value"),
    ("x =", "a value"),
    ("x ->", "a value"), ("x |>", "a value"), ("not", "a value"),
    ("if a", "`{` after the condition"),
    ("if a { 1 } else", "`{` after `else`"), ("for k in 0..3", "`{` after what the loop runs over"),
    ("while x < 3", "`{` after the condition"), ("f(x) = u where", "a name after `where`"),
    ("|x", "`|`"), ("param d", "`=` and a default"), ("assert", "a value"),
    ("x = {\n  y = (1 +", "`}`"),
    ("sum[k in 0..3]", "what to add up after this bracket"), ("f(x) = {\n  if x {\n", "`}`"),
  ])
  func incomplete(text: String, missing: String) {
    #expect(Completeness(of: text) == .incomplete(missing))
    #expect(Completeness(of: text + "\n") == .incomplete(missing))
  }
}
