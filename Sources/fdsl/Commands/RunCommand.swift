import ArgumentParser
import Basics
import Console
import Foundation
import Notebooks

/// `fdsl FILE`, `fdsl -e EXPR`, `fdsl -` and, without any of them, the interactive session.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a program or notebook; without one, start a session.")

  @Argument(help: "Program to run; - reads it from standard input.", completion: .file())
  var file: String?

  @Option(
    name: .customShort("e"), parsing: .unconditional,
    help: ArgumentHelp("Run this text instead of a file.", valueName: "expr"))
  var expression: String?

  @Flag(name: .shortAndLong, help: "No banner, no echo: prints only.")
  var quiet = false

  @Flag(
    name: .shortAndLong, help: "Tell on standard error what each cell took and which files it read."
  )
  var verbose = false

  @Flag(name: .long, help: "Start the session without its start-up files.")
  var noInit = false

  @Option(help: "Run only this cell and what it needs.")
  var cell: String?

  @OptionGroup var options: ProgramOptions

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("More parameters of the program, as after -D.", valueName: "name=value"))
  var arguments: [String] = []

  mutating func validate() throws {
    // Behind `--` the words are the program's own: its parameters.
    options.definitions += arguments
    arguments = []
    _ = try options.parameters
    if file != nil, expression != nil {
      throw ValidationError("A file and -e cannot be run at once.")
    }
  }

  func run() throws {
    let place = Workplace(options.display)
    do {
      let status = try runProgram(place)
      place.output.flush()
      if status != .done { throw status }
    } catch let code as ExitCode {
      throw code
    } catch let status as ExitStatus {
      throw status
    } catch {
      throw place.report(error)
    }
  }

  private func runProgram(_ place: Workplace) throws -> ExitStatus {
    let current = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    if let expression {
      let notebook = try Notebook(name: "-e", text: expression, kind: .program)
      return try run(notebook, folder: current, place)
    }
    guard let file else {
      // `:quit 9` ends with any status that the user asks for.
      let status = try startSession(place, folder: current)
      throw ExitCode(status)
    }
    if file == "-" {
      let bytes = Array(FileHandle.standardInput.readDataToEndOfFile())
      let text = try FDSLLanguage.text(of: bytes, named: "-")
      return try run(try Notebook(name: "-", text: text, kind: .program), folder: current, place)
    }
    return try run(try place.notebook(file), folder: place.folder(of: file), place)
  }

  private func run(_ notebook: Notebook, folder: URL, _ place: Workplace) throws -> ExitStatus {
    let graph = CellGraph(notebook, language: place.language)
    if let status = try place.rejected(notebook, graph, options) { return status }
    let engine = try place.engine(
      options, seed: try notebook.seed, folder: folder)
    let interrupt = InterruptSignal(place.interruption)
    defer { withExtendedLifetime(interrupt) {} }
    let output = place.output
    let echo = TerminalEcho(options.display.images)
    var start = Date()
    let ending = try Runner(notebook, engine: engine).run(
      cells: try graph.cells(labelled: cell)
    ) { _, event in
      switch event {
      case .print(let text): output.write(text)
      case .progress(let text): output.showProgress(text)
      case .statement(let result):
        if !quiet { show(result, output, echo) }
        output.flush()
      }
    } onCell: { cell, trouble, files in
      if let trouble, !quiet { output.write("error[\(trouble.slug)]: \(trouble.message)\n") }
      guard verbose else { return }
      let took = Workplace.duration(Date().timeIntervalSince(start))
      let read = files.isEmpty ? "" : ", read " + files.joined(separator: ", ")
      output.writeError("\(notebook.cells[cell].title): \(took)\(read)\n")
      start = Date()
    }
    output.showProgress(nil)
    switch ending {
    case .finished: return .done
    case .interrupted: return .interrupted
    case .failed(let trouble, _):
      output.flush()
      place.report(trouble)
      return ExitStatus(slug: trouble.slug)
    }
  }

  private func show(_ result: StatementOutput, _ output: Output, _ echo: TerminalEcho) {
    if let picture = result.picture, output.isTerminal, let text = echo.text(of: picture) {
      output.write(text)
    }
    if let shown = result.shown, !shown.isEmpty {
      output.write(shown.hasSuffix("\n") ? shown : shown + "\n")
    }
  }

  private func startSession(_ place: Workplace, folder: URL) throws -> Int32 {
    var settings = ConsoleOptions()
    settings.isQuiet = quiet
    settings.isSafe = options.safe
    settings.writesJSON = options.display.diagnostics == .json
    settings.readsStartupFiles = !noInit
    settings.colour = ColourChoice(rawValue: options.display.color.rawValue) ?? .auto
    settings.pictures = PictureMethod(rawValue: options.display.images.rawValue)
    settings.version = FDSLLanguage.programVersion
    let session = try place.engine(options, seed: nil, folder: folder).session
    return InteractiveConsole.run(settings, session: session) { options.files(root: $0) }
  }
}
