import Foundation
import Testing

@testable import Console

@Suite struct EntryBufferTests {
  private func buffer(_ text: String) -> EntryBuffer {
    // `¦` marks the cursor in the shown text.
    let scalars = Array(text.unicodeScalars)
    let cursor = scalars.firstIndex(of: "¦") ?? scalars.count
    return EntryBuffer(scalars: scalars.filter { $0 != "¦" }, cursor: cursor)
  }

  private func marked(_ buffer: EntryBuffer) -> String {
    var scalars = buffer.scalars
    scalars.insert("¦", at: buffer.cursor)
    return EntryBuffer.string(scalars[...])
  }

  @Test(arguments: ["", "a", "a\nb", "a\n    b\n\nc", "α\n  β"])
  func showingAndReadingBackKeepsTheEntry(_ entry: String) {
    #expect(EntryBuffer(entry: entry).entry == entry)
  }

  @Test func openingALineIndentsAfterABracket() {
    var now = buffer("f(x) = {¦")
    now.openLine()
    #expect(marked(now) == "f(x) = {\n          ¦")
    now.insert("y = x")
    now.openLine()
    #expect(now.entry == "f(x) = {\n    y = x\n    ")
  }

  @Test func aClosingBracketGoesUnderTheLineItCloses() {
    var now = buffer("f(x) = {\n          y\n          }¦")
    let moves = [now.alignCloser(), now.alignCloser()]
    #expect(moves == [true, false])
    #expect(marked(now) == "f(x) = {\n          y\n      }¦")
    now = buffer("a = g(\n          b[\n              1\n              ]¦")
    _ = now.alignCloser()
    #expect(now.entry == "a = g(\n    b[\n        1\n    ]")
    now = buffer("a = (1,\n      2)¦")
    let isMoved = now.alignCloser()
    #expect(!isMoved)
  }

  @Test func deletingAtAContinuationJoinsTheLines() {
    var now = buffer("a +\n      ¦b")
    _ = now.deleteBackward()
    #expect(marked(now) == "a +¦b")
    now = buffer("a {\n          ¦b")
    _ = now.deleteBackward()
    #expect(marked(now) == "a {\n      ¦b")
    now = buffer("ab¦")
    _ = now.deleteBackward()
    #expect(marked(now) == "a¦")
    now = buffer("¦ab")
    let deleted = now.deleteBackward()
    #expect(!deleted)
  }

  @Test func movingUpAndDownKeepsTheColumn() {
    var now = buffer("abcdefgh\n      ij¦k\n      l")
    var moves = [now.moveDown()]
    #expect(marked(now) == "abcdefgh\n      ijk\n      l¦")
    moves += [now.moveDown(), now.moveUp(), now.moveUp()]
    #expect(moves == [true, false, true, true])
    #expect(marked(now) == "abcdefg¦h\n      ijk\n      l")
    let moved = now.moveUp()
    #expect(!moved)
  }

  @Test func homeAndEndStayInTheLineFirst() {
    var now = buffer("ab\n      cd¦\n      e")
    now.moveHome()
    #expect(marked(now) == "ab\n      ¦cd\n      e")
    now.moveHome()
    #expect(marked(now) == "¦ab\n      cd\n      e")
    now.moveEnd()
    now.moveEnd()
    #expect(marked(now) == "ab\n      cd\n      e¦")
  }

  @Test func replacingTheWordBeforeTheCursor() {
    var now = buffer("f(1,\n      lin¦)")
    now.replace(fromEntryOffset: 5, with: "linear")
    #expect(marked(now) == "f(1,\n      linear¦)")
  }

  @Test func theMatchingBracketIsFound() {
    let now = buffer("f(a[1], b)¦")
    #expect(now.matchingBracket?.here == 9 && now.matchingBracket?.there == 1)
    #expect(buffer("f(a¦").matchingBracket == nil)
  }
}

@Suite struct LayoutTests {
  @Test func rowsWrapLikeLibeditWrapsThem() {
    let layout = ScreenLayout(Array("abcdef".unicodeScalars), columns: 8, prompt: 6)
    #expect(layout.cells[1] == .init(row: 0, column: 7))
    #expect(layout.cells[2] == .init(row: 1, column: 0))
    #expect(layout.cells[6] == .init(row: 1, column: 4))
    #expect(layout.rows == 2)
  }

  @Test func newlinesAndWideCharactersTakeTheirPlace() {
    let layout = ScreenLayout(Array("a\n漢漢".unicodeScalars), columns: 3, prompt: 0)
    #expect(layout.cells.map(\.row) == [0, 0, 1, 2, 2])
    #expect(layout.isPlain)
    #expect(!ScreenLayout(Array("e\u{301}".unicodeScalars), columns: 9, prompt: 0).isPlain)
  }

  @Test func repaintPutsTheCursorBack() {
    let buffer = EntryBuffer(scalars: Array("1 + 2".unicodeScalars), cursor: 5)
    let layout = ScreenLayout(buffer.scalars, columns: 40, prompt: 6)
    let text = Repaint(
      buffer: buffer, layout: layout, inks: [(0..<1, .cyan)], suggestion: "3", prompt: 6
    ).text
    #expect(
      text == "\u{1B}7\r\u{1B}[6C\u{1B}[0m\u{1B}[36m1\u{1B}[0m + 2\u{1B}[2m3\u{1B}[0m\u{1B}8")
  }
}

@Suite struct HistorySearchTests {
  @Test func walksThroughEntriesWithTheSameBeginning() {
    var search = HistorySearch()
    ["plot(1)", "train(a)", "plot(2)", "plot(2)"].forEach { search.add($0) }
    #expect(search.older(than: "pl", before: "pl") == "plot(2)")
    #expect(search.older(than: "plot(2)", before: "plot(2)") == "plot(1)")
    #expect(search.older(than: "plot(1)", before: "plot(1)") == nil)
    #expect(search.newer(than: "plot(1)", before: "plot(1)") == "plot(2)")
    #expect(search.newer(than: "plot(2)", before: "plot(2)") == "pl")
    #expect(search.newer(than: "pl", before: "pl") == nil)
  }

  @Test func suggestsTheRestOfTheNewestMatch() {
    var search = HistorySearch()
    search.add("train(a)")
    search.add("train(b)")
    #expect(search.suggestion(for: "train") == "(b)")
    #expect(search.suggestion(for: "") == nil)
    #expect(search.suggestion(for: "train(b)") == nil)
  }
}

@Suite struct PastedTextTests {
  private let isFinished: (String) -> Bool = { FakeEngine().isComplete($0) }

  @Test func aSessionLosesPromptsAndAnswers() {
    let text = """
      fdsl> a = [1,
            2]
      fdsl> a + 1
      [2, 3]
      fdsl>
      """
    #expect(PastedText.cleaned(text, isFinished: isFinished) == "a = [1,\n2]\na + 1")
  }

  @Test func recordedAnswersGo() {
    let text = "2^10\n#> 1024\nx = 3  #> not a line of its own\n  #> [2]\n"
    #expect(
      PastedText.cleaned(text, isFinished: isFinished)
        == "2^10\nx = 3  #> not a line of its own\n")
  }

  @Test func otherTextStaysAsItIs() {
    let text = "f(x) = {\n    x\n}"
    #expect(PastedText.cleaned(text, isFinished: isFinished) == text)
  }
}

@Suite struct CompletionTests {
  private let session = makeSession().session

  private func complete(_ entry: String) -> EntryCompletion {
    session.completion(entry, cursor: entry.unicodeScalars.count)
  }

  @Test func namesShareTheirPrefix() {
    let found = complete("y = lin")
    #expect(found.candidates.map(\.replacement) == ["linear", "linspace"])
    #expect(found.commonPrefix == "lin")
    #expect(found.start == 4)
  }

  @Test func signsByName() {
    #expect(complete("x\\alpha").candidates == [Candidate("α", "\\alpha")])
    #expect(complete("x\\alpha").start == 1)
    #expect(complete("\\al").candidates == [Candidate("α", "\\alpha")])
    #expect(complete("\\ph").candidates.map(\.replacement) == ["φ"])
    #expect(complete("\\o").candidates.count == 2)
  }

  @Test func filesInsideQuotesAndAfterCommands() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("figures"), withIntermediateDirectories: true)
      try Data().write(to: folder.appendingPathComponent("fig1.pdf"))
      try Data().write(to: folder.appendingPathComponent(".hidden"))
      let inQuotes = complete("save(fig, \"\(folder.path)/fi")
      #expect(
        inQuotes.candidates.map(\.replacement)
          == ["\(folder.path)/fig1.pdf", "\(folder.path)/figures/"])
      #expect(inQuotes.start == 11)
      #expect(complete(":load \(folder.path)/fig1").candidates.count == 1)
    }
  }

  @Test func commandsAndHelp() {
    #expect(complete(":sa").candidates.map(\.replacement) == ["save"])
    #expect(complete(":time li").candidates.map(\.replacement) == ["linear", "linspace"])
    #expect(complete(":time li").start == 6)
    #expect(complete("??su").candidates.map(\.replacement) == ["sum"])
  }

  @Test func theListFitsTheScreen() {
    let few = [Candidate("linear", "A layer."), Candidate("linspace", "Numbers in a row.")]
    let plain = TerminalStyle(isColoured: false)
    #expect(
      CompletionList.rows(few, columns: 40, height: 24, style: plain)
        == ["  linear    A layer.", "  linspace  Numbers in a row."])
    let many = (0..<300).map { Candidate("name\($0)", "about") }
    let rows = CompletionList.rows(many, columns: 40, height: 24, style: plain)
    #expect(rows.count == 21)
    #expect(rows.last == "  … 220 more")
    #expect(rows.allSatisfy { TextWidth.of($0) <= 40 })
  }
}

@Suite struct StyleTests {
  @Test(arguments: [
    (["TERM": "xterm"], true, true), (["TERM": "xterm"], false, false),
    (["TERM": "dumb"], true, false),
    (["TERM": "xterm", "NO_COLOR": "1"], true, false),
    (["TERM": "xterm", "NO_COLOR": ""], true, true),
    ([:], true, false),
  ])
  func colourFollowsTheEnvironment(
    _ environment: [String: String], _ isTerminal: Bool, _ expected: Bool
  ) {
    let style = TerminalStyle(.auto, isTerminal: isTerminal, environment: environment)
    #expect(style.isColoured == expected)
    #expect(TerminalStyle(.always, isTerminal: false, environment: [:]).isColoured)
    #expect(!TerminalStyle(.never, isTerminal: true, environment: environment).isColoured)
  }
}

@Suite struct PlainReaderTests {
  @Test func linesAreJoinedUntilTheyAreComplete() throws {
    let pipe = Pipe()
    pipe.fileHandleForWriting.write(Data("x = [1,\r\n2]\n3 +\n4".utf8))
    try pipe.fileHandleForWriting.close()
    let reader = PlainReader(pipe.fileHandleForReading) { FakeEngine().isComplete($0) }
    #expect(try reader.read(prompt: "fdsl> ", draft: "") == .entry("x = [1,\n2]"))
    #expect(try reader.read(prompt: "fdsl> ", draft: "") == .entry("3 +\n4"))
    #expect(try reader.read(prompt: "fdsl> ", draft: "") == .end)
  }
}

@Suite struct ProgressTests {
  private let report = ProgressReport(
    title: "train", done: 25, total: 100, elapsed: 20, detail: "epoch 1/4", rate: "812/s",
    isMilestone: true)

  @Test func aTerminalGetsOneLineThatIsUpdated() {
    var display = ProgressDisplay(canUpdate: true, style: TerminalStyle(isColoured: false))
    #expect(
      display.text(report, columns: 80, now: 0)
        == "\rtrain ▕█████               ▏25 %  epoch 1/4  812/s  1 min 00 s left\u{1B}[K")
    var next = report
    next.isMilestone = false
    #expect(display.text(next, columns: 80, now: 0.05).isEmpty)
    #expect(display.end() == "\r\u{1B}[K")
    #expect(display.end().isEmpty)
  }

  @Test func otherStreamsGetALineForEachRound() {
    var display = ProgressDisplay(canUpdate: false, style: TerminalStyle(isColoured: false))
    #expect(
      display.text(report, columns: 80, now: 0) == "train  epoch 1/4  812/s  1 min 00 s left\n")
    var next = report
    next.isMilestone = false
    #expect(display.text(next, columns: 80, now: 9).isEmpty)
    #expect(display.end().isEmpty)
  }
}
