import Basics
import Foundation
import Language

/// An interactive session: entries in, effects on a screen out. It knows no terminal.
package final class TerminalSession {
  /// What a session may do and how it reaches the world.
  package struct Options {
    /// No `:sh`, as under `--safe`.
    package var isSafe = false
    /// Whether errors are written as JSON, one object a line.
    package var writesJSON = false
    /// Whether Ctrl-C, noticed by `ce_watch_signals`, stops what runs.
    package var watchesSignals = false
    /// Runs `fdsl` with arguments in a fresh process and returns its status and output.
    package var replay: (_ arguments: [String]) throws -> (status: Int32, output: String)
    /// Writes a notebook with the answers of the session recorded in it.
    package var write: (_ notebook: SessionNotebook, _ file: URL) throws -> Void
    package var environment: [String: String]

    package init(
      environment: [String: String],
      replay: @escaping (_ arguments: [String]) throws -> (status: Int32, output: String),
      write: @escaping (_ notebook: SessionNotebook, _ file: URL) throws -> Void
    ) {
      self.environment = environment
      self.replay = replay
      self.write = write
    }
  }

  package let engine: any SessionEngine
  package let screen: any Screen
  package let options: Options
  package let history: History
  /// Entries of this session in their order; also those that failed.
  package internal(set) var entries: [SessionEntry] = []
  /// The last error, for `:why`.
  package internal(set) var lastTrouble: SessionTrouble?
  /// Exit status, once the user wants to leave.
  package internal(set) var exitStatus: Int32?
  /// Text that the next prompt begins with.
  package internal(set) var draft = ""
  /// What was typed in this session, for `:history` where no file keeps it.
  private(set) var submitted: [History.Item] = []
  /// How many entries failed.
  package private(set) var failures = 0
  /// Chooses the editor's keys.
  package var setKeys: (String) -> Bool = { _ in false }
  /// Files this session has saved, which it may write again.
  var savedFiles: Set<String> = []
  private var undoStates: [(entryCount: Int, state: any Sendable)] = []
  private var number = 0
  /// The seed that the session began with.
  let firstSeed: UInt64

  package init(
    engine: any SessionEngine, screen: any Screen, history: History = History(file: nil),
    options: Options
  ) {
    self.engine = engine
    self.screen = screen
    self.history = history
    self.options = options
    firstSeed = engine.seed
  }

  /// Takes one entry of the user: program text, a command or a question.
  package func submit(_ entry: String) {
    let text = CommandCall.trimmed(cleaned(entry))
    if text.isEmpty { return }
    let start = Date()
    var item = History.Item(
      entry.hasPrefix(" ") ? " " + text : text, time: Int(start.timeIntervalSince1970),
      folder: FileManager.default.currentDirectoryPath)
    if text.hasPrefix("?") {
      SessionHelp(session: self).answer(text)
    } else if text.hasPrefix(":") {
      if !perform(text) { item.status = .failed }
    } else {
      let record = run(text)
      item.status = record.status
      item.pictures = record.statements.count { $0.picture != nil }
    }
    item.elapsed = (Date().timeIntervalSince(start) * 1000).rounded() / 1000
    if item.status != .finished { failures += 1 }
    history.append(item)
    submitted.append(item)
  }

  /// Runs program text as the next entry.
  @discardableResult
  package func run(_ text: String, name: String? = nil) -> SessionEntry {
    number += 1
    return run(text, number: number, cell: "in\(number)", name: name ?? "in\(number)")
  }

  /// Runs a program of the start, whose answers are not shown.
  func start(_ text: String, name: String, cell: String) {
    run(text, number: 0, cell: cell, name: name, isEchoed: false)
  }

  @discardableResult
  private func run(
    _ text: String, number: Int, cell: String, name: String, isEchoed: Bool = true
  ) -> SessionEntry {
    var record = SessionEntry(number: number, cell: cell, text: text)
    record.digits = engine.digits
    undoStates.append((entries.count, engine.snapshot()))
    if undoStates.count > 100 { undoStates.removeFirst() }
    let source = EntrySource(name: name, text: text, cell: cell)
    let start = Date()
    let outcome = execute(source, isEchoed: isEchoed) { record.statements.append($0) }
    record.elapsed = Date().timeIntervalSince(start)
    record.filesRead = engine.filesRead()
    record.status = settle(outcome)
    entries.append(record)
    return record
  }

  /// Runs a source and shows its answers as they come.
  func execute(
    _ source: EntrySource, isEchoed: Bool = true, _ onStatement: (StatementEcho) -> Void = { _ in }
  ) -> EngineOutcome {
    let screen = self.screen
    let outcome = withoutActuallyEscaping(onStatement) { onStatement in
      let events = EngineEvents(
        onPrint: { screen.write($0) },
        onProgress: { screen.show($0) },
        onStatement: { [self] statement in
          onStatement(statement)
          if isEchoed { echo(statement) }
        })
      engine.interruption.clear()
      guard options.watchesSignals else { return engine.run(source, events) }
      return InterruptWatch.during(engine.interruption, onPress: screen.announcePress) {
        engine.run(source, events)
      }
    }
    screen.show(nil)
    return outcome
  }

  /// Shows a problem that is not about a place in a program.
  package func report(_ problem: Problem) {
    let text = problem.description
    let json = DiagnosticText.json(of: Diagnostic(problem, at: nil, source: nil))
    lastTrouble = SessionTrouble(slug: problem.slug, json: json) { _ in text }
    if options.writesJSON { return screen.writeError(json + "\n") }
    let style = screen.errorStyle
    let head = text.prefix { $0 != "\n" }
    screen.writeError(style.paint(String(head), .red) + text.dropFirst(head.count) + "\n")
  }

  /// The definition of a name, else the last entry that gave it a value.
  func source(of name: String) -> String? {
    if let text = engine.source(of: name) { return text }
    guard engine.variables.contains(where: { $0.name == name }) else { return nil }
    return entries.last { engine.names(in: $0.text).defined.contains(name) }?.text
  }

  /// Goes back to before the last entry. Returns its text, or `nil` when there is none.
  func undo() -> String? {
    guard let (count, state) = undoStates.popLast() else { return nil }
    engine.restore(state)
    let text = entries.last?.text
    entries.removeLast(entries.count - count)
    return text
  }

  /// Forgets entries and states along with the names.
  func reset() {
    engine.reset()
    entries = []
    undoStates = []
  }

  // MARK: Parts

  private func perform(_ text: String) -> Bool {
    do {
      let line = try CommandCall(text)
      try line.type.init().run(line.arguments, isForced: line.isForced, in: self)
      return true
    } catch let problem as Problem {
      report(problem)
    } catch is Interrupted {
      screen.writeError(screen.lineReset + screen.errorStyle.paint("stopped", .yellow) + "\n")
    } catch {
      report(Problem("command", "\(error)"))
    }
    return false
  }

  func settle(_ outcome: EngineOutcome) -> History.Item.Status {
    switch outcome {
    case .finished: return .finished
    case .failed(let trouble):
      lastTrouble = trouble
      if options.writesJSON, !trouble.json.isEmpty {
        screen.writeError(trouble.json + "\n")
        return .failed
      }
      let text = trouble.rendered(screen.errorStyle.isColoured)
      screen.writeError(text.hasSuffix("\n") ? text : text + "\n")
      return .failed
    case .interrupted(let text):
      screen.writeError(
        screen.lineReset + screen.errorStyle.paint(text.isEmpty ? "stopped" : text, .yellow) + "\n")
      return .interrupted
    }
  }

  /// Shows one answer; the time at its right edge when it took long.
  private func echo(_ statement: StatementEcho) {
    var time = ""
    if statement.elapsed > 0.5, screen.columns != nil {
      time = NumberText.duration(statement.elapsed)
    }
    var text = statement.text ?? ""
    if let picture = statement.picture {
      do {
        if try screen.show(picture) { text = screen.style.paint(picture.caption, .dim) }
      } catch {
        report(error as? Problem ?? Problem("picture", "the picture cannot be shown: \(error)"))
      }
    }
    if text.isEmpty && time.isEmpty { return }
    screen.write(withTime(text, time) + "\n")
  }

  private func withTime(_ text: String, _ time: String) -> String {
    guard !time.isEmpty, let columns = screen.columns else { return text }
    let last = text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    let used = TextWidth.of(Self.withoutEscapes(String(last)))
    let room = columns - TextWidth.of(time) - 1
    let dim = screen.style.paint(time, .dim)
    if used + 2 > room { return text + "\n" + String(repeating: " ", count: max(0, room)) + dim }
    return text + String(repeating: " ", count: room - used) + dim
  }

  private static func withoutEscapes(_ text: String) -> String {
    text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
  }
}

// MARK: - What the editor asks

extension TerminalSession: EntryAssistant {
  package func isFinished(_ entry: String) -> Bool {
    let text = entry.drop { $0 == " " }
    if text.hasPrefix("?") { return true }
    if text.hasPrefix(":") {
      guard let line = try? CommandCall(CommandCall.trimmed(text)), line.type.argument == .code
      else { return true }
      return line.arguments.isEmpty || engine.isComplete(line.arguments)
    }
    return text.isEmpty || engine.isComplete(entry)
  }

  package func completion(_ entry: String, cursor: Int) -> EntryCompletion {
    Completer(
      language: { [engine] in engine.candidates($0, cursor: $1) },
      commands: Commands.all.map { Candidate($0.name, $0.text) },
      pathCommands: Set(Commands.all.filter { $0.argument == .path }.map { $0.name }),
      codeCommands: Set(Commands.all.filter { $0.argument == .code }.map { $0.name })
    ).completion(entry, cursor: cursor)
  }

  package func coloured(_ entry: String) -> [ColouredSpan] {
    guard entry.hasPrefix(":") || entry.hasPrefix("?") else { return engine.coloured(entry) }
    let name = entry.utf8.prefix { $0 != UInt8(ascii: " ") }.count
    guard let line = try? CommandCall(entry), line.type.argument == .code else {
      return [ColouredSpan(0..<name, .command)]
    }
    let code = String(decoding: entry.utf8.dropFirst(name), as: UTF8.self)
    return [ColouredSpan(0..<name, .command)]
      + engine.coloured(code).map {
        ColouredSpan(($0.range.lowerBound + name)..<($0.range.upperBound + name), $0.kind)
      }
  }

  package func cleaned(_ pasted: String) -> String {
    PastedText.cleaned(pasted) { [weak self] in self?.isFinished($0) ?? true }
  }
}
