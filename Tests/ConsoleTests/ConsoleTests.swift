import Basics
import Foundation
import Testing

@testable import Console

/// A session on a recording screen with the fake engine.
func makeSession(
  columns: Int? = nil, history: History = History(file: nil),
  replay: @escaping ([String]) throws -> (status: Int32, output: String) = { _ in (0, "") },
  write: @escaping (SessionNotebook, URL) throws -> Void = { notebook, url in
    try notebook.source.text.write(to: url, atomically: true, encoding: .utf8)
  }
) -> (session: TerminalSession, engine: FakeEngine, screen: RecordingScreen) {
  let engine = FakeEngine()
  let screen = RecordingScreen(columns: columns)
  let session = TerminalSession(
    engine: engine, screen: screen, history: history,
    options: .init(environment: [:], replay: replay, write: write))
  return (session, engine, screen)
}

/// A folder of its own, removed afterwards.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("console-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

@Suite struct SessionTests {
  @Test func valuesGoToOutputAndAssignmentsAreSilent() {
    let (session, _, screen) = makeSession()
    session.submit("x = 3")
    #expect(screen.output.isEmpty)
    session.submit("x + 1\nprint hello\nx")
    #expect(screen.output == "= x + 1\nhello\n= x\n")
    #expect(screen.errors.isEmpty)
  }

  @Test func anErrorGoesToTheErrorStreamAndTheSessionGoesOn() {
    let (session, _, screen) = makeSession()
    session.submit("boom")
    #expect(screen.errors == "error[boom]: it broke\n")
    session.submit("1")
    #expect(screen.output == "= 1\n")
    #expect(session.entries.map(\.status) == [.failed, .finished])
    screen.clear()
    session.submit(":why")
    #expect(screen.output == "error[boom]: it broke\n\nA long story.\n")
  }

  @Test func aLongStatementShowsItsTimeAtTheRightEdge() {
    let (session, _, screen) = makeSession(columns: 40)
    session.submit("slow")
    #expect(screen.output == "done" + String(repeating: " ", count: 30) + "2.0 s\n")
    #expect(screen.output.count == 40)
  }

  @Test func pictureIsShownOrDescribed() {
    let (session, _, screen) = makeSession()
    session.submit("picture")
    #expect(screen.output == "Image 64×48\n")
    screen.clear()
    screen.showsPictures = true
    session.submit("picture")
    #expect(screen.pictures == ["64×48"])
    #expect(screen.output == "64×48\n")
  }

  @Test func entriesKeyTheirRandomNumbersByTheirNumber() {
    let (session, engine, _) = makeSession()
    session.submit("1")
    session.submit(":vars")
    session.submit("2")
    #expect(engine.cells == ["in1", "in2"])
  }

  @Test func theLoopReadsUntilTheEndAndRemembersEntries() throws {
    let (session, _, screen) = makeSession()
    let editor = ScriptedEditor([.entry("1"), .interrupted, .entry("2")])
    let status = try ReadEvalPrintLoop(session: session, editor: editor).run(isInteractive: true)
    #expect(status == 0)
    #expect(screen.output == "= 1\n= 2\n")
    #expect(Set(editor.prompts) == ["fdsl> "])
  }

  @Test func quitLeavesWithItsStatus() throws {
    let (session, _, screen) = makeSession()
    let editor = ScriptedEditor([.entry(":quit 3"), .entry("1")])
    let status = try ReadEvalPrintLoop(session: session, editor: editor).run(isInteractive: true)
    #expect(status == 3)
    #expect(screen.output.isEmpty)
  }

  @Test func aPipeWithAFailedEntryEndsWithStatusOne() throws {
    let (session, _, screen) = makeSession()
    let editor = ScriptedEditor([.entry("boom"), .entry("1")])
    let status = try ReadEvalPrintLoop(session: session, editor: editor).run(isInteractive: false)
    #expect(status == 1)
    #expect(screen.output == "= 1\n")
  }

  @Test func aClosedPipeEndsTheLoop() throws {
    let (session, engine, screen) = makeSession()
    screen.isClosed = true
    let editor = ScriptedEditor([.entry("1")])
    let status = try ReadEvalPrintLoop(session: session, editor: editor).run(isInteractive: false)
    #expect(status == 0)
    #expect(engine.cells.isEmpty)
  }

  @Test func helpAnswersNamesSourcesAndWords() {
    let (session, _, screen) = makeSession()
    session.submit("?linear")
    #expect(screen.output == "linear(x)\n  Help for linear.\n")
    screen.clear()
    session.submit("f = 3")
    session.submit("??f")
    #expect(screen.output == "f = 3\n")
    screen.clear()
    session.submit("?\"lin\"")
    #expect(screen.output.contains("linspace"))
    screen.clear()
    session.submit("?linaer")
    #expect(screen.errors.contains("try:  ?linear"))
    screen.clear()
    session.submit("?")
    #expect(screen.output.contains(":save") && screen.output.contains("??name"))
    #expect(screen.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test func progressIsReported() {
    let (session, engine, screen) = makeSession()
    engine.onSpin = { [interruption = engine.interruption] in interruption.request() }
    session.submit("spin")
    #expect(screen.progress.first?.title == "train")
    #expect(screen.errors == "stopped: training interrupted at epoch 1 of 20\n")
    #expect(session.entries.last?.status == .interrupted)
    session.submit("1")
    #expect(screen.output == "= 1\n")
  }
}

@Suite struct CommandTests {
  @Test func everyCommandHasANameOfItsOwnAndText() {
    let names = Commands.all.map { $0.name }
    #expect(Set(names).count == names.count)
    for command in Commands.all {
      #expect(!command.text.isEmpty && command.text.count <= 50, "\(command.name)")
    }
    let wanted = [
      "vars", "time", "bench", "save", "load", "run", "undo", "history", "set", "show", "why", "sh",
      "cd", "reset", "seed", "fmt", "edit", "quit", "help", "gather",
    ]
    #expect(Set(wanted) == Set(names))
  }

  @Test func unknownAndAmbiguousCommandsAreExplained() {
    let (session, _, screen) = makeSession()
    session.submit(":sav x")
    #expect(screen.errors.isEmpty || screen.errors.contains("nothing to save"))
    screen.clear()
    session.submit(":vasr")
    #expect(screen.errors.contains("no command :vasr") && screen.errors.contains(":vars"))
    screen.clear()
    session.submit(":se")
    #expect(screen.errors.contains("could be :seed, :set"))
  }

  @Test func varsListsAndFilters() {
    let (session, _, screen) = makeSession()
    session.submit("alpha = 1\nbeta = 2\nalpine = 3")
    session.submit(":vars al*")
    #expect(screen.output == "  alpha   1\n  alpine  3\n")
  }

  @Test func undoForgetsTheLastEntryAndItsNames() {
    let (session, engine, screen) = makeSession()
    session.submit("x = 1")
    session.submit("x = 2\ny = 3")
    session.submit(":undo")
    #expect(engine.names.map(\.summary) == ["1"])
    #expect(session.entries.count == 1)
    #expect(screen.output == "forgot  x = 2\n")
    session.submit(":undo")
    session.submit(":undo")
    #expect(screen.errors.contains("nothing to undo"))
  }

  @Test func timeAndBenchMeasure() {
    let (session, _, screen) = makeSession()
    session.submit(":time 1 + 1")
    #expect(screen.output.hasPrefix("= 1 + 1\n1 ms"))
    screen.clear()
    session.submit(":bench 1 + 1")
    #expect(screen.output.contains("median of 1000 runs"))
  }

  @Test func settingsGoToTheirOwners() {
    let (session, engine, screen) = makeSession()
    session.submit(":set digits = 8")
    session.submit(":set images=blocks")
    #expect(engine.settings == ["digits": "8"])
    #expect(screen.pictureMethod == .blocks)
    session.submit(":set images=paint")
    session.submit(":set nonsense=1")
    #expect(screen.errors.contains("cannot be \"paint\"") && screen.errors.contains("nonsense"))
  }

  @Test func formatPutsTheEntryAtTheNextPrompt() throws {
    let (session, _, _) = makeSession()
    let editor = ScriptedEditor([.entry("a=3"), .entry(":fmt"), .end])
    _ = try ReadEvalPrintLoop(session: session, editor: editor).run(isInteractive: true)
    #expect(editor.drafts == ["", "", "a = 3"])
  }

  @Test func loadRunsAFileHere() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("lib.fdsl")
      try "x = 4\nx + 1\n".write(to: file, atomically: true, encoding: .utf8)
      let (session, engine, screen) = makeSession()
      session.submit(":load \(file.path)")
      #expect(screen.output == "= x + 1\n")
      #expect(engine.names.map(\.name) == ["x"])
      session.submit(":load \(folder.path)/lbi.fdsl")
      #expect(screen.errors.contains("there is no file"))
    }
  }

  @Test func theShellIsOffWhenSafe() {
    let engine = FakeEngine()
    let screen = RecordingScreen()
    var options = TerminalSession.Options(
      environment: [:], replay: { _ in (0, "") }, write: { _, _ in })
    options.isSafe = true
    let session = TerminalSession(engine: engine, screen: screen, options: options)
    session.submit(":sh exit 0")
    #expect(screen.errors.contains("off under --safe"))
  }

  @Test func saveReplaysBeforeItSaysSaved() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("s.fdsl").path
      var replayed: [[String]] = []
      var status: Int32 = 0
      let (session, _, screen) = makeSession(replay: {
        replayed.append($0)
        return (status, "cell in1 differs")
      })
      session.submit(":save \(file)")
      #expect(screen.errors.contains("nothing to save"))
      session.submit("x = 1")
      session.submit("boom")
      session.submit("x + 1")
      session.submit(":save \(file)")
      #expect(replayed == [["check", file]])
      #expect(screen.output.hasSuffix("saved \(file): 2 cells, replayed in a fresh process\n"))
      let text = try String(contentsOfFile: file, encoding: .utf8)
      #expect(text == "#: fdsl 1\n#: seed 7\n\n#%% in1\nx = 1\n\n#%% in3\nx + 1\n")
      status = 4
      screen.clear()
      session.submit(":save \(file)")
      #expect(!screen.output.contains("saved"))
      #expect(screen.errors.contains("cell in1 differs"))
    }
  }

  @Test func saveDoesNotReplaceAStrangersFile() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("mine.fdsl")
      try "precious".write(to: file, atomically: true, encoding: .utf8)
      let (session, _, screen) = makeSession()
      session.submit("x = 1")
      session.submit(":save \(file.path)")
      #expect(screen.errors.contains("exists already"))
      #expect(try String(contentsOf: file, encoding: .utf8) == "precious")
      session.submit(":save! \(file.path)")
      #expect(screen.output.contains("saved"))
    }
  }
}

@Suite struct SessionNotebookTests {
  private func notebook(_ texts: [String], goal: String? = nil) -> SessionNotebook {
    let engine = FakeEngine()
    let session = makeSession().session
    texts.forEach { session.run($0) }
    return SessionNotebook(session.entries, seed: 7, goal: goal) { engine.names(in: $0) }
  }

  private func cells(_ texts: [String], goal: String? = nil) -> [String] {
    notebook(texts, goal: goal).cells.map(\.entry.cell)
  }

  @Test func replacedDefinitionsStayOnlyWhenSomethingUsedThem() {
    #expect(cells(["x = 1", "x = 2", "x"]) == ["in2", "in3"])
    #expect(cells(["x = 1", "x", "x = 2", "x"]) == ["in1", "in2", "in3", "in4"])
  }

  @Test func aFunctionUsesItsNamesWhenItIsCalled() {
    let kept = cells(["g = 1", "f = g", "g = 2", "f", "g = 3"])
    #expect(kept == ["in1", "in2", "in3", "in4", "in5"])
  }

  @Test func gatherKeepsOnlyWhatANameNeeds() {
    #expect(cells(["a = 1", "b = 2", "c = a", "b"], goal: "c") == ["in1", "in3"])
  }

  @Test func anAnswerThatIsUsedGetsItsName() {
    let saved = notebook(["40", "|> f", "1"])
    #expect(saved.cells.map(\.text) == ["ans = 40\nans", "ans |> f", "1"])
  }
}
