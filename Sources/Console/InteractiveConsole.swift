import Basics
import CEdit
import FDSLKit
import Foundation
import Language

/// How an interactive session starts.
package struct ConsoleOptions: Sendable {
  /// No banner.
  package var isQuiet = false
  /// No `:sh`.
  package var isSafe = false
  /// Whether errors are written as JSON, one object a line.
  package var writesJSON = false
  /// Whether startup files run.
  package var readsStartupFiles = true
  package var colour = ColourChoice.auto
  /// How pictures are shown; `nil` asks the terminal.
  package var pictures: PictureMethod?
  /// What the banner calls the program.
  package var version = ""

  package init() {}
}

/// The interactive session on this process's terminal or pipes.
package enum InteractiveConsole {
  /// Runs a program of the language until the user leaves or the input ends.
  ///
  /// - Parameters:
  ///   - session: the program, which may have names already.
  ///   - files: the files that it may touch when it is in a folder, for `:cd`.
  /// - Returns: the exit status.
  package static func run(
    _ options: ConsoleOptions, session: Session, files: @escaping (URL) -> FileAccess
  ) -> Int32 {
    run(options, engine: LanguageEngine(session, files: files)) {
      try RecordedSession.write($0, to: $1)
    }
  }

  /// Runs any engine; `write` writes a notebook with the session's answers, for `:save`.
  package static func run(
    _ options: ConsoleOptions, engine: any SessionEngine,
    environment: [String: String] = ProcessInfo.processInfo.environment,
    write: @escaping (SessionNotebook, URL) throws -> Void
  ) -> Int32 {
    _ = ce_watch_signals()
    let isInteractive = isatty(0) == 1
    let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let screen = TerminalScreen(
      colour: options.colour, pictures: options.pictures, environment: environment)
    let history = History(
      file: isInteractive ? History.defaultFile(environment: environment, folder: folder) : nil)
    var sessionOptions = TerminalSession.Options(
      environment: environment, replay: FreshProcess.run, write: write)
    sessionOptions.isSafe = options.isSafe
    sessionOptions.writesJSON = options.writesJSON
    sessionOptions.watchesSignals = true
    let session = TerminalSession(
      engine: engine, screen: screen, history: history, options: sessionOptions)
    if isInteractive, !options.isQuiet { screen.write(banner(options.version, screen.style)) }
    if options.readsStartupFiles {
      start(session, StartupFiles(environment: environment, folder: folder))
    }
    let editor = editor(session, screen, environment)
    do {
      return try ReadEvalPrintLoop(session: session, editor: editor)
        .run(isInteractive: isInteractive)
    } catch {
      screen.writeError("error[input]: reading failed: \(error)\n")
      return 6
    }
  }

  private static func banner(_ version: String, _ style: TerminalStyle) -> String {
    style.paint("fdsl" + (version.isEmpty ? "" : " " + version), .bold)
      + style.paint("   ? for help, ^D to leave", .dim) + "\n"
  }

  private static func start(_ session: TerminalSession, _ startup: StartupFiles) {
    let files = startup.files
    for (index, file) in files.trusted.enumerated() {
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
      session.start(text, name: file.path, cell: index == 0 ? "init" : "init\(index + 1)")
    }
    if let file = files.untrusted {
      session.screen.writeError("\(file.path) was not run; `fdsl trust` allows it\n")
    }
  }

  /// libedit on a terminal, a plain reader elsewhere.
  private static func editor(
    _ session: TerminalSession, _ screen: TerminalScreen, _ environment: [String: String]
  ) -> any LineEditor {
    let plain = PlainReader(FileHandle.standardInput) { session.isFinished($0) }
    guard isatty(0) == 1 else { return plain }
    let isSmart = !["", "dumb"].contains(environment["TERM"] ?? "")
    // The editor draws where the user looks, also when standard output goes elsewhere.
    let output: Int32 = isatty(1) == 1 ? 1 : 2
    let style = output == 1 ? screen.style : screen.errorStyle
    guard isSmart,
      let editor = EditLineEditor(
        input: 0, output: output, style: style, assistant: session, environment: environment)
    else {
      plain.onPrompt = { screen.writeError($0) }
      return plain
    }
    screen.onTyped = { [weak editor] in editor?.typeAhead($0) }
    return editor
  }
}
