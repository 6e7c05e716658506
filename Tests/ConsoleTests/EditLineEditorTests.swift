import CEdit
import Foundation
import Testing

@testable import Console

/// A pseudo-terminal: the test types on one end, the editor sits on the other.
private final class Typewriter: @unchecked Sendable {
  let keyboard: Int32
  let terminal: Int32
  private let lock = NSLock()
  private var seen: [UInt8] = []
  private let reader = DispatchSemaphore(value: 0)

  init?() {
    var ends: (keyboard: Int32, terminal: Int32) = (-1, -1)
    guard openpty(&ends.keyboard, &ends.terminal, nil, nil, nil) == 0 else { return nil }
    (keyboard, terminal) = ends
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    let keyboard = self.keyboard
    Thread { [self] in
      var bytes = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(keyboard, &bytes, bytes.count)
        if count <= 0 { break }
        lock.withLock { seen += bytes[..<count] }
      }
      reader.signal()
    }.start()
  }

  /// What the editor has drawn so far.
  var screen: String { lock.withLock { String(decoding: seen, as: UTF8.self) } }

  func type(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(keyboard, bytes, bytes.count)
  }

  /// Waits until `text` was drawn `count` times in all.
  func wait(for text: String, count: Int = 1) -> Bool {
    let deadline = Date().addingTimeInterval(10)
    while Date() < deadline {
      if screen.components(separatedBy: text).count > count { return true }
      usleep(2000)
    }
    return false
  }

  /// Ends the drawing. The editor must be gone: it holds the terminal too.
  func close() {
    Foundation.close(terminal)
    reader.wait()
    Foundation.close(keyboard)
  }
}

/// libedit allows one editor in a process and signals are the process's, so these tests take turns.
@Suite(.serialized) struct EditLineEditorTests {
  private static let paste = (begin: "\u{1B}[200~", end: "\u{1B}[201~")

  /// Calls `body` with an editor on a pseudo-terminal and returns its result and what was drawn.
  private func withEditor<Answer>(
    isColoured: Bool = false, _ body: (EditLineEditor, Typewriter) throws -> Answer
  ) throws -> (result: Answer, screen: String) {
    let typewriter = try #require(Typewriter())
    let session = makeSession().session
    func edit() throws -> Answer {
      let editor = try #require(
        EditLineEditor(
          input: typewriter.terminal, output: typewriter.terminal, terminal: "xterm",
          style: TerminalStyle(isColoured: isColoured), assistant: session,
          environment: ["EDITOR": "sed -i s/wrong/right/"]))
      return try body(editor, typewriter)
    }
    let result = Result { try edit() }
    // What was drawn is complete when the drawing has ended.
    typewriter.close()
    return (try result.get(), typewriter.screen)
  }

  /// Types each script at a prompt of its own and returns what was read.
  private func read(
    _ scripts: [String], remembered: [String] = [], isColoured: Bool = false,
    typing: (@Sendable (Typewriter, Int) -> Void)? = nil, drafts: [String] = []
  ) throws -> (reads: [EntryRead], screen: String) {
    let (reads, screen) = try withEditor(isColoured: isColoured) { editor, typewriter in
      remembered.forEach(editor.remember)
      return try scripts.enumerated().map { index, script in
        Thread {
          // Every prompt turns bracketed paste on before it is drawn.
          _ = typewriter.wait(for: "\u{1B}[?2004h", count: index + 1)
          typewriter.type(script)
          typing?(typewriter, index)
        }.start()
        let draft = index < drafts.count ? drafts[index] : ""
        return try editor.read(prompt: "fdsl> ", draft: draft)
      }
    }
    return (reads, screen)
  }

  @Test func aLineIsReadAsItIsTyped() throws {
    let (reads, screen) = try read(["1 + 2\r", "π漢\r"])
    #expect(reads == [.entry("1 + 2"), .entry("π漢")])
    #expect(screen.contains("fdsl> "))
    #expect(screen.contains("\u{1B}[?2004l"))
  }

  @Test func anOpenBracketOpensALine() throws {
    let (reads, _) = try read(["x = [1,\r2]\r", "f(x) = {\rx\r}\r"])
    #expect(reads[0] == .entry("x = [1,\n2]"))
    #expect(reads[1] == .entry("f(x) = {\n    x\n}"))
  }

  @Test func altEnterAlwaysOpensALine() throws {
    #expect(try read(["a\u{1B}\rb\r"]).reads == [.entry("a\nb")])
  }

  @Test func aPasteOfManyLinesIsOneEntry() throws {
    let text = "f(x) = {\r    x\r}\rf(2)\r"
    let (reads, _) = try read([
      Self.paste.begin + text + Self.paste.end + "\r",
      "y = " + Self.paste.begin + "fdsl> 1 +\n      2\n3\nfdsl> 4\n#> 4" + Self.paste.end + "\r",
    ])
    #expect(reads[0] == .entry("f(x) = {\n    x\n}\nf(2)"))
    #expect(reads[1] == .entry("y = 1 +\n2\n4"))
  }

  @Test func aLargePasteArrivesWhole() throws {
    let lines = (0..<400).map { "x\($0) = \($0)" }.joined(separator: "\n")
    let (reads, _) = try read(
      [""],
      typing: { typewriter, _ in
        typewriter.type(Self.paste.begin)
        for piece in lines.split(separator: "\n", omittingEmptySubsequences: false) {
          typewriter.type(piece + "\n")
        }
        typewriter.type(Self.paste.end + "\r")
      })
    #expect(reads == [.entry(lines)])
  }

  @Test func controlCDropsTheEntryAndTheNextIsClean() throws {
    let (reads, screen) = try read(
      ["half an ent", "ello\r"],
      typing: { typewriter, index in
        guard index == 0 else { return }
        _ = typewriter.wait(for: "half an ent")
        usleep(20000)
        kill(getpid(), SIGINT)
      })
    #expect(reads == [.interrupted, .entry("ello")])
    #expect(screen.contains("^C"))
  }

  @Test func controlDOnAnEmptyLineIsTheEnd() throws {
    #expect(try read(["\u{4}"]).reads == [.end])
  }

  @Test func upRecallsByPrefixAndMovesInsideAnEntryFirst() throws {
    let remembered = ["plot(1)", "g = {\n    1\n}", "train(2)"]
    #expect(
      try read(["pl\u{1B}[A\r"], remembered: remembered).reads == [.entry("plot(1)")])
    // Up to the entry of three lines, then twice up inside it: the key goes to its first line's end.
    #expect(
      try read(["g\u{1B}[A\u{1B}[A\u{1B}[AZ\r"], remembered: remembered).reads
        == [.entry("g = {Z\n    1\n}")])
  }

  @Test func theReverseSearchFinds() throws {
    #expect(
      try read(["\u{12}rai\r"], remembered: ["plot(1)", "train(2)", "x"]).reads
        == [.entry("train(2)")])
  }

  @Test func tabCompletesAndLists() throws {
    let (reads, screen) = try read(["lay\t(1)\r", "y = lin\t\u{15}\\alph\t = 3\r"])
    #expect(reads == [.entry("layernorm(1)"), .entry("α = 3")])
    #expect(screen.contains("linear    about linear"))
  }

  @Test func rightAtTheEndTakesTheSuggestion() throws {
    let (reads, screen) = try read(
      ["tra"], remembered: ["train(net)"], isColoured: true,
      typing: { typewriter, _ in
        _ = typewriter.wait(for: "\u{1B}[2min(net)")
        typewriter.type("\u{1B}[C\r")
      })
    #expect(reads == [.entry("train(net)")])
    #expect(screen.contains("\u{1B}[2min(net)\u{1B}[0m"))
  }

  @Test func numbersAreColouredWhileTyping() throws {
    let (_, screen) = try read(
      ["1"], isColoured: true,
      typing: { typewriter, _ in
        _ = typewriter.wait(for: "\u{1B}[36m1")
        typewriter.type("\r")
      })
    #expect(screen.contains("\u{1B}[36m1\u{1B}[0m"))
  }

  @Test func withoutColourNothingIsRepainted() throws {
    let (_, screen) = try read(["1 + 1\r"])
    #expect(!screen.contains("\u{1B}7") && !screen.contains("\u{1B}[36m"))
  }

  @Test func theUsersEditorChangesTheEntry() throws {
    #expect(try read(["wrong\u{18}\u{5}\r"]).reads == [.entry("right")])
  }

  @Test func aDraftStandsInTheEditor() throws {
    #expect(try read(["!\r"], drafts: ["a = [\n1]"]).reads == [.entry("a = [\n1]!")])
  }

  @Test func backspaceJoinsLines() throws {
    #expect(try read(["a\u{1B}\rb\u{1B}[D\u{7F}+\r"]).reads == [.entry("a+b")])
  }

  @Test func viKeysCanBeChosen() throws {
    let (reads, _) = try withEditor { editor, typewriter in
      #expect(editor.setKeys("vi") && !editor.setKeys("ed"))
      typewriter.type("hello\u{1B}0xAZ\r")
      let first = try editor.read(prompt: "fdsl> ", draft: "")
      typewriter.type("!\r")
      return [first, try editor.read(prompt: "fdsl> ", draft: "d")]
    }
    #expect(reads == [.entry("elloZ"), .entry("d!")])
  }

  @Test func controlCStopsAComputationAndNotLaterOnes() {
    _ = ce_watch_signals()
    let engine = FakeEngine()
    let screen = RecordingScreen()
    var options = TerminalSession.Options(
      environment: [:], replay: { _ in (0, "") }, write: { _, _ in })
    options.watchesSignals = true
    let session = TerminalSession(engine: engine, screen: screen, options: options)
    var turns = 0
    engine.onSpin = {
      turns += 1
      if turns == 3 { kill(getpid(), SIGINT) }
    }
    session.submit("spin")
    #expect(session.entries.last?.status == .interrupted)
    #expect(turns < 500)
    session.submit("1")
    #expect(screen.output == "= 1\n")
  }
}
