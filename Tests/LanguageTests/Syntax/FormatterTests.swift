import Testing

@testable import Language

@Suite struct FormatterTests {
  private func formatted(_ text: String, indentation: Int = 4) throws -> String {
    try Formatter(indentation: indentation).formatted(SourceText(text: text))
  }

  @Test(arguments: [
    ("x=1", "x = 1"), ("a+b*c", "a + b*c"), ("a + b *c", "a + b * c"), ("f( x ,y )", "f(x, y)"),
    ("f(x,k=2)=x*k", "f(x, k = 2) = x*k"), ("x ^ 2", "x^2"), ("- x", "-x"), ("not  x", "not x"),
    ("0 .. 5 step 2", "0..5 step 2"), ("x[ 1 : , : : 2 ]", "x[1:, ::2]"), ("x->x+1", "x -> x + 1"),
    ("a(q:[n,d])=q", "a(q: [n, d]) = q"), ("[ 1,2;3,4 ]", "[1, 2; 3, 4]"), ("| x | > 2", "|x| > 2"),
    ("|z|>=2", "|z| >= 2"), ("if a{1}else{2}", "if a { 1 } else { 2 }"), ("x|>f|>g", "x |> f |> g"),
    ("C[i]:=sum[j] A[i,j]", "C[i] := sum[j] A[i, j]"), ("x = 1 # c", "x = 1  # c"), ("{ }", "{}"),
    ("param d=6 in 1..=24 \"x\"", "param d = 6 in 1..=24 \"x\""), ("a;b", "a; b"), ("x  ;", "x;"),
    ("0.. .5", "0.. .5"), ("if (a) { 1 }", "if (a) { 1 }"), ("return_x   =  1", "return_x   = 1"),
    ("x =   1\n\n\n\ny = 2\n\n", "x = 1\n\ny = 2"), ("[x^2 for x<3]", "[x^2 for x < 3]"),
    ("\"\\( x )\"", "\"\\( x )\""), ("a . b", "a . b"), ("r = (a=1,b=2)", "r = (a = 1, b = 2)"),
  ])
  func spacesAreMadeEven(text: String, expected: String) throws {
    if text == "a . b" {
      #expect(throws: Diagnostic.self) { try formatted(text) }
      return
    }
    #expect(try formatted(text) == expected + "\n")
  }

  @Test func blocksAreIndented() throws {
    let text = "f(n) = {\nx = 0\n  # why\n      while x < n {\nx += 1\n  }\n\n x\n}\nf(1)"
    #expect(
      try formatted(text) == """
        f(n) = {
            x = 0
            # why
            while x < n {
                x += 1
            }

            x
        }
        f(1)

        """)
    #expect(try formatted("if a {\n1\n}", indentation: 2) == "if a {\n  1\n}\n")
  }

  @Test func linesThatGoOnKeepTheirDistance() throws {
    let text = "{\nx = f(a,\n      b)\ny = x\n|> g\n}"
    #expect(
      try formatted(text) == """
        {
            x = f(a,
                  b)
            y = x
              |> g
        }

        """)
  }

  @Test func tablesStayLinedUp() throws {
    let text = "fern = ifs([ 0,     0,    0.16\n             0.85, -0.04, 1 ])\n"
    #expect(try formatted(text) == text)
  }

  @Test func commentsAndAnswersStay() throws {
    let text = "#!/usr/bin/env fdsl\n#: seed 7\n\n# prose\n# more\n\n#%% one  cache\nx\n#> 3\n"
    #expect(try formatted(text) == text)
  }

  @Test func theTourIsAlreadyLaidOut() throws {
    for (_, text) in try programs(in: "language") {
      #expect(try formatted(text) == text)
    }
  }

  @Test func layingOutTwiceChangesNothing() throws {
    for (_, text) in try programs(in: "language") {
      // The same program without the blanks that its author chose.
      let squeezed = text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { String($0.drop { $0 == " " }).replacing("  ", with: " ") }.joined(separator: "\n")
      let once = try formatted(squeezed)
      #expect(try formatted(once) == once)
      #expect(tree(once) == tree(text))
    }
  }

  @Test func programsThatCannotBeReadAreRefused() {
    #expect(throws: Diagnostic.self) { try formatted("x = (") }
  }

  @Test func lineEndsOfOtherSystemsStay() throws {
    #expect(try formatted("x=1\r\ny=2\r\n") == "x = 1\r\ny = 2\r\n")
  }
}
