import Basics
import Testing

@testable import Language

@Suite struct DiagnosticTextTests {
  private func span(_ part: String, in text: String) -> Span {
    let range = text.firstRange(of: part)!
    return Span(
      start: text.utf8.distance(from: text.startIndex, to: range.lowerBound),
      end: text.utf8.distance(from: text.startIndex, to: range.upperBound))
  }

  @Test func severalLabelsHangFromOneLine() {
    let line = "h = W @ x + b"
    let text = String(repeating: "\n", count: 13) + line
    let source = SourceText(name: "fig2.fdsl", text: text)
    let diagnostic = Diagnostic(
      "shape", "these do not fit together",
      labels: [
        .init(span("@", in: text)), .init(span("W", in: text), "W : [784, 128]", isPrimary: false),
        .init(span("x", in: text), "x : [784]", isPrimary: false),
      ], notes: ["the inner sizes must agree, 128 ≠ 784"],
      suggestions: ["W.T @ x          gives [128]"], source: source)
    #expect(
      DiagnosticText().text(of: diagnostic) == """
        error[shape]: these do not fit together
           fig2.fdsl:14
        14 |  h = W @ x + b
           |      ┬ ─ ┬
           |      │   └ x : [784]
           |      └ W : [784, 128]
           the inner sizes must agree, 128 ≠ 784
           try:  W.T @ x          gives [128]
        """)
  }

  @Test func stemsStandInTheMiddleOfTheirStretch() {
    let text = "err = mean((pred - target)^2)"
    let diagnostic = Diagnostic(
      "stretch", "both sides would have to stretch",
      labels: [
        .init(span("pred", in: text), "pred : [64, 1]"),
        .init(span("target", in: text), "target : [64]"),
      ], suggestions: ["a", "b"], source: SourceText(text: text))
    #expect(
      DiagnosticText().text(of: diagnostic) == """
        error[stretch]: both sides would have to stretch
         1 |  err = mean((pred - target)^2)
           |              ──┬─   ───┬──
           |                │       └ target : [64]
           |                └ pred : [64, 1]
           try:  a
           or:   b
        """)
  }

  @Test func oneLabelStandsOnTheLine() {
    let text = "f(x, y) = sin(r)/r where r = sqrt(x^2 + y^2)"
    let diagnostic = Diagnostic(
      "nan", "the formula has no value", labels: [.init(span("sin(r)/r", in: text), "0/0")],
      source: SourceText(text: text))
    #expect(
      DiagnosticText().text(of: diagnostic) == """
        error[nan]: the formula has no value
         1 |  f(x, y) = sin(r)/r where r = sqrt(x^2 + y^2)
           |            ──────── 0/0
        """)
  }

  @Test func stretchesOverSeveralLinesAreShownByTheirFirst() {
    let text = "a = f(1,\n  2)"
    let diagnostic = Diagnostic(
      "x", "m", labels: [.init(Span(start: 5, end: text.utf8.count), "opened here")],
      source: SourceText(text: text))
    #expect(
      DiagnosticText().text(of: diagnostic) == """
        error[x]: m
         1 |  a = f(1,
           |       ^─ opened here
        """)
  }

  @Test func labelsThatCoverEachOtherGetTheirOwnRows() {
    let text = "a + b*c"
    let diagnostic = Diagnostic(
      "x", "m",
      labels: [.init(span("a + b*c", in: text), "all"), .init(span("b*c", in: text), "part")],
      source: SourceText(text: text))
    #expect(
      DiagnosticText().text(of: diagnostic) == """
        error[x]: m
         1 |  a + b*c
           |  ─────── all
           |      ─── part
        """)
  }

  @Test func labelsOnSeveralLinesAndWideNumbers() {
    let text = "a = 1\nb = 2\nc = a + b"
    let source = SourceText(text: text, firstLine: 998)
    let diagnostic = Diagnostic(
      "x", "m",
      labels: [
        .init(Span(start: 0, end: 1), "first", isPrimary: false),
        .init(Span(start: 16, end: 17), "last"),
      ],
      source: source)
    #expect(
      DiagnosticText().text(of: diagnostic) == """
        error[x]: m
         998 |  a = 1
             |  ─ first
        1000 |  c = a + b
             |      ─ last
        """)
  }

  @Test func tabsAndWideCharactersKeepTheLabelInPlace() {
    let text = "\t名前 = \"é\" + x"
    let diagnostic = Diagnostic(
      "x", "m", labels: [.init(span("x", in: text))], source: SourceText(text: text))
    #expect(
      DiagnosticText().text(of: diagnostic) == """
        error[x]: m
         1 |      名前 = "é" + x
           |                   ─
        """)
  }

  @Test func veryLongLinesAreCut() {
    let text = String(repeating: "1 + ", count: 500) + "x" + String(repeating: " + 1", count: 500)
    let diagnostic = Diagnostic(
      "x", "m", labels: [.init(span("x", in: text))], source: SourceText(text: text))
    let lines = DiagnosticText().text(of: diagnostic).split(separator: "\n").map(Array.init)
    #expect(lines[1].count < 130)
    let mark = lines[2].firstIndex(of: "─")
    #expect(mark.map { lines[1][$0] } == "x")
  }

  @Test func escapeSequencesInTheSourceDoNotReachTheTerminal() {
    let text = "x = \u{1B}[31m \u{202E}"
    let diagnostic = Diagnostic(
      "x", "m", labels: [.init(Span(start: 0, end: 1))], source: SourceText(text: text))
    #expect(!DiagnosticText().text(of: diagnostic).unicodeScalars.contains("\u{1B}"))
    #expect(DiagnosticText(colour: true).text(of: diagnostic).hasPrefix("\u{1B}[1;31merror[x]:"))
  }

  @Test func thereIsAFormForNotebooksAndOneForTools() {
    let diagnostic = Diagnostic(
      Problem("shape", "[3] and [2] differ on axis 0"), at: Span(start: 4, end: 5),
      source: SourceText(name: "a.fdsl", text: "x\ny \"\t"))
    #expect(DiagnosticText.line(of: diagnostic) == "error[shape]: [3] and [2] differ on axis 0")
    #expect(
      DiagnosticText.json(of: diagnostic)
        == #"{"severity":"error","slug":"shape","message":"[3] and [2] differ on axis 0","file":"a.fdsl","labels":[{"start":4,"end":5,"line":2,"column":3,"endLine":2,"endColumn":4,"text":"","primary":true}],"notes":[],"suggestions":[],"frames":[]}"#
    )
    let stopped = Diagnostic("", "training interrupted", severity: .stopped)
    #expect(DiagnosticText.line(of: stopped) == "stopped: training interrupted")
  }

  @Test func callsUnderWayAreListed() {
    let source = SourceText(name: "a.fdsl", text: "f(1)")
    let diagnostic = Diagnostic(
      "x", "m",
      frames: [.init(name: "f", source: source, span: Span(start: 0, end: 4)), .init(name: "g")])
    #expect(
      DiagnosticText().text(of: diagnostic) == """
        error[x]: m
           in f, called at a.fdsl:1
           in g
        """)
  }
}
