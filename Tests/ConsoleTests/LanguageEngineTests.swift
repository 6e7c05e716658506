import Basics
import FDSLKit
import Foundation
import Language
import Notebooks
import Testing

@testable import Console

/// Sessions of the real language, on a recording screen.
@Suite struct LanguageEngineTests {
  private func open(
    _ folder: URL = FileManager.default.temporaryDirectory,
    replay: @escaping ([String]) throws -> (status: Int32, output: String) = { _ in (0, "") }
  ) -> (session: TerminalSession, screen: RecordingScreen) {
    let language = Session.standard(
      options: SessionOptions(files: FileAccess(root: folder), seed: 7))
    let screen = RecordingScreen()
    let session = TerminalSession(
      engine: LanguageEngine(language) { FileAccess(root: $0) }, screen: screen,
      options: .init(
        environment: [:], replay: replay, write: { try RecordedSession.write($0, to: $1) }))
    return (session, screen)
  }

  @Test func expressionsAnswerAndAnsIsTheLastValue() {
    let (session, screen) = open()
    session.submit("2^10")
    session.submit("ans + 1")
    session.submit("|> sqrt")
    session.submit("x = 3")
    session.submit("(7/2, 7//2, 7 % 2)")
    #expect(screen.output == "1024\n1025\n32.016\n(3.5, 3, 1)\n")
    #expect(screen.errors.isEmpty)
  }

  @Test func anErrorIsRenderedWithItsPlaceAndTheNamesStay() {
    let (session, screen) = open()
    session.submit("x = [1, 2, 3]")
    session.submit("x + [1, 2]")
    #expect(screen.errors.hasPrefix("error[shape]: "))
    #expect(screen.errors.contains(" 1 |  x + [1, 2]"))
    #expect(!screen.errors.contains("in2:1"))
    session.submit("x[0]")
    #expect(screen.output == "1\n")
    screen.clear()
    session.submit(":why")
    #expect(screen.output.contains("every axis"))
  }

  @Test func entriesOfManyLinesAreRecognised() {
    let (session, _) = open()
    #expect(!session.isFinished("f(x) = {"))
    #expect(session.isFinished("f(x) = { x }"))
    #expect(!session.isFinished("1 +"))
    #expect(session.isFinished("|> sqrt"))
    #expect(session.isFinished(":vars x["))
    #expect(!session.isFinished(":time f("))
    #expect(session.isFinished("?f("))
  }

  @Test func undoBringsTheOldValueBack() {
    let (session, screen) = open()
    session.submit("x = 1")
    session.submit("x = 2; y = 3")
    session.submit(":undo")
    screen.clear()
    session.submit("x")
    session.submit("y")
    #expect(screen.output == "1\n")
    #expect(screen.errors.contains("error[name]"))
  }

  @Test func completionKnowsNamesAndArguments() {
    let (session, _) = open()
    session.submit("wavelength = 3")
    let found = session.completion("2*wavel", cursor: 7)
    #expect(found.candidates.map(\.replacement) == ["wavelength"])
    #expect(found.start == 2)
    let arguments = session.completion("uniform(0, 1, si", cursor: 16)
    #expect(arguments.candidates.contains { $0.replacement.hasPrefix("size = ") })
  }

  @Test func helpComesFromTheDeclarations() {
    let (session, screen) = open()
    session.submit("?sqrt")
    #expect(screen.output.contains("sqrt"))
    screen.clear()
    session.submit("?stretch")
    #expect(screen.output.hasPrefix("error[stretch]"))
    screen.clear()
    session.submit("double(x) = 2x")
    session.submit("??double")
    #expect(screen.output == "double(x) = 2x\n")
  }

  @Test func colouringMarksNumbersWordsAndBuiltins() {
    let (session, _) = open()
    let kinds = session.coloured("if x > 10 { sqrt(x) } # why").map(\.kind)
    #expect(kinds == [.keyword, .number, .builtin, .comment])
    let command = session.coloured(":time 1 + 1")
    #expect(command.map(\.kind) == [.command, .number, .number])
    #expect(command[1].range == 6..<7)
  }

  @Test func settingsSeedAndViews() {
    let (session, screen) = open()
    session.submit(":set digits=3")
    session.submit("pi")
    session.submit(":seed")
    session.submit(":show ast 1 + 2*3")
    #expect(screen.output == "3.14\n7\n(+ 1 (* 2 3))\n")
    session.submit(":set digit=3")
    #expect(screen.errors.contains(":set digits=3"))
  }

  @Test func aPlotShowsItsScript() {
    let (session, screen) = open()
    session.submit("x = 1")
    session.submit("x")
    session.submit(":show gp plot(sin, 0..1)")
    #expect(screen.output.contains("set ") && screen.output.contains("plot"), "\(screen.errors)")
    screen.clear()
    session.submit("ans")
    #expect(screen.output == "1\n")
    session.submit(":show gp nothing")
    #expect(screen.errors.contains("error[name]"))
  }

  @Test func interruptedWorkKeepsTheSession() {
    let (session, screen) = open()
    let interruption = session.engine.interruption
    session.submit("n = 0")
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.1) { interruption.request() }
    session.submit("while true { n += 1 }")
    #expect(session.entries.last?.status == .interrupted)
    #expect(screen.errors == "stopped\n")
    session.submit("n > 0")
    #expect(screen.output == "true\n")
  }

  @Test func aSavedSessionHasItsAnswersAndReplaysTheSame() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("s.fdsl")
      let (session, screen) = open(folder)
      let entries = [
        "a = uniform(0, 1, size = 3)", "a", "wrong(", "b = 1", "b = 2", "f(x) = x + b",
        "print(\"two\"); 40 # forty", "|> f", "f(1)",
      ]
      entries.forEach { session.submit($0) }
      session.submit(":save \(file.path)")
      #expect(screen.output.contains("saved"), "\(screen.errors)")
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.contains("#: seed 7"))
      #expect(text.contains("#%% in1\na = uniform(0, 1, size = 3)\n"))
      #expect(!text.contains("wrong") && !text.contains("b = 1\n"))
      #expect(
        text.contains("print(\"two\"); ans = 40\nans # forty\n#> two\n#> 40\n")
          || text.contains("print(\"two\"); ans = 40\n#> two\nans # forty\n#> 40\n"), "\(text)")
      #expect(text.contains("ans |> f\n#> 42\n"))

      // A fresh program gives every recorded answer again.
      let notebook = try Notebook(name: file.path, text: text)
      let run = SessionRun(
        .init(files: FileAccess(root: folder), seed: 7), interruption: Interruption())
      let language = FDSLLanguage()
      let recording = try Recording(notebook, language: language, engine: run)
      guard case .finished = recording.ending else {
        Issue.record("the saved notebook does not run")
        return
      }
      for group in recording.cells.flatMap(\.groups) {
        #expect(group.entry.recorded == group.computed)
      }
    }
  }

  @Test func gatherWritesWhatANameNeeds() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("g.fdsl")
      let (session, _) = open(folder)
      ["a = 1", "z = 9", "b = a + 1", "b"].forEach { session.submit($0) }
      session.submit(":gather b \(file.path)")
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.contains("a = 1") && text.contains("b = a + 1") && !text.contains("z = 9"))
    }
  }

  @Test func pictureIsSavedAsASideFile() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("p.fdsl")
      let (session, screen) = open(folder)
      screen.showsPictures = true
      session.submit("sierpinski = ifs(z -> z/2, z -> (z + 1)/2, z -> (z + im)/2)")
      session.submit("render(sierpinski, size = 16)")
      #expect(screen.pictures == ["16×16"], "\(screen.errors)")
      session.submit(":save \(file.path)")
      let sides = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("p.out").path)
      #expect(sides.count == 1 && sides[0].hasPrefix("in2-") && sides[0].hasSuffix(".png"))
    }
  }

  @Test func loadTakesAFileAsOneEntry() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("n.fdsl")
      try "#: fdsl 1\n#%% one\nx = 4\nx + 1\n#> 5\nx +\n".write(
        to: file, atomically: true, encoding: .utf8)
      let (session, screen) = open(folder)
      session.submit(":load \(file.path)")
      #expect(screen.errors.contains("n.fdsl:6"), "\(screen.errors)")
      try "#%% one\nx = 4\nx + 1\n#> 5\n".write(to: file, atomically: true, encoding: .utf8)
      session.submit(":load \(file.path)")
      #expect(screen.output == "5\n")
    }
  }
}
