import Testing

@testable import Language

@Suite struct SyntaxErrorTests {
  @Test func aCoefficientAfterADivisionOffersBothReadings() {
    #expect(
      mistake("\n\ny = 1/2x") == """
        error[ambiguous]: a coefficient after a division
         3 |  y = 1/2x
           |        ──
           write  1/(2x)   or   x/2
        """)
    #expect(mistake("a//2(x + 1)").contains("write  a//(2(x + 1))   or   (a//2)*(x + 1)"))
    #expect(mistake("x^2y").contains("write  x^(2y)   or   x^2*y"))
  }

  @Test func anOpenBracketSaysWhereItWasOpened() {
    let source = SourceText(
      text: "\n\n\n\n\n\ncodes = ifs([ 0.5, 0, 0, 0.5\n  1, 2\n\n\n", noun: "cell")
    let diagnostics = Parser.program(in: source).diagnostics
    #expect(diagnostics.count == 1)
    #expect(
      DiagnosticText().text(of: diagnostics[0]) == """
        error[open]: this bracket is never closed
         7 |  codes = ifs([ 0.5, 0, 0, 0.5
           |             ^─ opened here; the cell ends at line 10
        """)
  }

  @Test func bracketsThatDoNotFitAreShownTogether() {
    #expect(
      mistake("x = (1, [2, 3)") == """
        error[open]: this bracket is never closed
         1 |  x = (1, [2, 3)
           |          ^    ┬
           |          │    └ this `)` closes a bracket around it
           |          └ opened here
        """)
  }

  @Test func columnsThatCouldBeADifferenceAreAmbiguous() {
    #expect(
      mistake("x = [1 -2]") == """
        error[ambiguous]: one column or two?
         1 |  x = [1 -2]
           |         ──
           try:  1, -2
           or:   1 - 2
        """)
  }

  @Test func aLineThatBeginsWithAMinusIsAmbiguous() {
    #expect(marks("y = a\n  - b") == ["ambiguous -"])
    #expect(tree("y = a\n-b") == "(= y a)\n(- b)")
  }

  @Test(arguments: [
    ("x = 3 ** 2", "x = 3 ^ 2"), ("f = lambda x: x", "x -> x"), ("def f(x): x", "f(x) = x"),
    ("print(f\"a {x:.3f}\")", "\"a \\(x, digits = 3)\""), ("!x", "not x"), ("a && b", "a and b"),
    ("a || b", "a or b"), ("i++", "i += 1"), ("if x = 3 { 1 }", "x == 3"),
    ("print \"x\"", "print(\"x\")"),
    ("x = 'a'", "\"a\""), ("A'", "A.T"), ("function f(x)", "f(x) = { … }"), ("x[end]", "x[-1]"),
    ("x .* y", "x * y"), ("n!", "factorial(n)"), ("let x = 3", "x = 3"), ("x.0", "x[0]"),
    ("for i in 1:10 { }", "a..b  without b"), ("if x: y", "if x { y }"),
    ("f (x)", "f(x)"), ("2 x", "2x"), ("a, b", "(a, b)"), ("a, b = 1, 2", "a, b = (1, 2)"),
    ("[1 2 3]", "1, 2"), ("x := 3", "x = 3"),
    ("if a { 1 } elif b { 2 }", "else if condition { … }"),
    ("xs |> x -> x", "(x -> …)"), ("f(1 2)", "1, 2"), ("\\bet", "\\beta  for β"),
    ("for = 3", "for_"), ("0..5..10", "a..b step c"),
    ("import numpy", "use \"lib/blocks.fdsl\"  for a file of your own"),
  ])
  func habitsGetASuggestion(text: String, suggestion: String) {
    let found = mistakes(text)
    #expect(found.count == 1)
    #expect(found.first?.suggestions.first == suggestion)
  }

  @Test(arguments: [
    ("x = True", "habit True"), ("y = None", "habit None"), ("x = 3)", "closer )"),
    ("x = +", "missing +"),
    ("x + ", "missing +"), ("f(,)", "missing ,"), ("[1, , 2]", "missing ,"), ("3 = x", "target 3"),
    ("f(1) = 2", "unexpected 1"), ("x = y = 3", "unexpected ="), ("f(a = 1, a = 2)", "twice a"),
    ("f(x, x) = 1", "twice x"), ("(a = 1, 2)", "unexpected 2"), ("\"abc", "open \""),
    ("\"a \\(x\"", "open \\("), ("\"a\\q\"", "text \\q"), ("5 in xs", "unexpected in"),
    ("x if y else z", "habit if"), ("while { }", "missing while"), ("// no", "habit //"),
    ("% no", "habit %"), ("else { }", "unexpected else"), ("f(x, y = 1, z) = 2", "unexpected z"),
    ("sum[k in 0..3]", "missing ]"), ("x[]", "missing []"), ("+1", "missing +"),
    ("i--", "habit --"),
    ("f(x: int) = 1", "habit int"), ("end", "habit end"), ("}", "closer }"), ("$", "character $"),
    ("[x for x in xs if x > 0]", "habit if"), ("\"\\(if a { 1 + } else { 2 })\"", "missing +"),
  ])
  func mistakesHaveASlugAndAPlace(text: String, expected: String) {
    let found = marks(text)
    #expect(found.count == 1)
    if expected.hasPrefix("twice") {
      #expect(mistakes(text)[0].labels.count == 2)
    }
    #expect(found == [expected])
  }

  @Test func severalStatementsReportTheirOwnMistake() {
    let text = """
      a = 1 +
      b = 2
      c = f(1 2)
      g(x) = {
        y = 3 4
        z = 5
        w = )
      }
      h = [1, 2
      k = 7
      """
    let program = Parser.program(in: SourceText(text: text))
    #expect(
      program.diagnostics.map(\.slug) == ["missing", "unexpected", "open", "closer"].sorted()
        || program.diagnostics.count >= 4)
    #expect(program.sexpr.contains("(= b 2)"))
    #expect(program.sexpr.contains("(= k 7)"))
  }

  @Test func mistakesInsideABlockLeaveTheRestOfIt() {
    let program = Parser.program(
      in: SourceText(text: "f(x) = {\n  y = 3 4\n  z = 5 +\n  y\n}\nf(1)"))
    #expect(program.diagnostics.map(\.slug) == ["unexpected"])
    #expect(
      program.sexpr == "(define (f x) (block (invalid) (= z (+ 5 y))))\n(call f 1)")
  }

  @Test func aMissingOperandDoesNotSwallowTheNextStatement() {
    let program = Parser.program(in: SourceText(text: "x = 1 +\ny = 2\nfor k in 0..2 { }"))
    #expect(marks("x = 1 +\ny = 2") == ["missing +"])
    #expect(program.sexpr == "(invalid)\n(= y 2)\n(for (in k (.. 0 2)) (block))")
  }

  @Test(arguments: ["(", "[", "{", "-", "f(", "x -> ", "|x - ", "not ", "2^", "\"\\(", "if a { "])
  func deepTextsAreRefused(opening: String) {
    let text = String(repeating: opening, count: 300) + "1"
    let closers = ["(": ")", "[": "]", "{": "}", "f(": ")", "|x - ": "|", "if a { ": " }"]
    let whole = text + String(repeating: closers[opening] ?? "", count: 300)
    let slugs = mistakes(whole).map(\.slug)
    #expect(slugs.count == 1)
    #expect(slugs.first == "deep" || opening == "\"\\(")
  }

  @Test func longChainsAreRefusedToo() {
    #expect(marks("x" + String(repeating: " + x", count: 400)).isEmpty)
    #expect(mistakes("x" + String(repeating: " + x", count: 600)).map(\.slug) == ["deep"])
    #expect(mistakes("x" + String(repeating: ".y", count: 600)).map(\.slug) == ["deep"])
    #expect(mistakes("x" + String(repeating: " |> y", count: 600)).map(\.slug) == ["deep"])
  }
}
