import Basics
import FDSLKit
import Foundation
import Language

/// The language as a terminal session uses it.
package final class LanguageEngine {
  /// The program under way.
  package let session: Session
  private let files: (URL) -> FileAccess

  /// - Parameter files: the files that a program in a folder may touch, for `:cd`.
  package init(_ session: Session, files: @escaping (URL) -> FileAccess) {
    self.session = session
    self.files = files
  }
}

extension LanguageEngine: EntryRunner {
  package var interruption: Interruption { session.interruption }

  package func isComplete(_ text: String) -> Bool { session.isComplete(Self.continued(text)) }

  package func run(_ entry: EntrySource, _ events: EngineEvents) -> EngineOutcome {
    let added = Self.continued(entry.text).utf8.count - entry.text.utf8.count
    let source = SourceText(name: entry.name, text: Self.continued(entry.text))
    let start = Date()
    session.runtime.restartClock()
    // The session keeps its last closures; they must not outlive the entry.
    defer {
      session.runtime.print = { _ in }
      session.runtime.progress = { _ in }
    }
    var answer: (any HostValue)?
    do {
      let outcome = try session.run(
        source, cell: entry.cell, onPrint: events.onPrint,
        onProgress: { events.onProgress(Self.report($0, since: start)) },
        onStatement: { result in
          if case .host(let host) = result.value { answer = host }
          events.onStatement(Self.echo(result, shift: added, length: entry.text.utf8.count))
        })
      switch outcome {
      case .finished: return partialRun(of: entry, answer).map { .interrupted($0) } ?? .finished
      case .interrupted: return .interrupted(partialRun(of: entry, answer) ?? "")
      case .failed(let diagnostic): return .failed(Self.trouble(diagnostic, in: entry))
      }
    } catch let problem as Problem {
      return .failed(
        Self.trouble(Diagnostic(problem, at: nil, source: source), in: entry))
    } catch {
      return .failed(
        Self.trouble(Diagnostic("bug", "\(error)", source: source), in: entry))
    }
  }

  /// What to tell of a training that Ctrl-C ended early: it gave back the run so far.
  private func partialRun(of entry: EntrySource, _ answer: (any HostValue)?) -> String? {
    guard interruption.requests > 0 else { return nil }
    var found = names(in: entry.text).defined.sorted().compactMap { name in
      if case .host(let host)? = session.runtime.globals[name] { (name, host) } else { nil }
    }
    if let answer { found.append(("ans", answer)) }
    for (name, host) in found {
      guard let stop = host.interruption else { continue }
      return "stopped: \(stop.place)\n   \(name) holds \(stop.content); resume(\(name)) continues"
    }
    return nil
  }

  package func filesRead() -> [String] {
    let paths = session.runtime.filesRead + session.runtime.filesUsed
    session.runtime.filesRead = []
    session.runtime.filesUsed = []
    return Set(paths.compactMap { session.runtime.files.pathBelowRoot($0) }).sorted()
  }

  /// An entry that begins with `|>` goes on from the last answer.
  private static func continued(_ text: String) -> String {
    text.drop { $0.isWhitespace }.hasPrefix("|>") ? "ans " + text : text
  }

  private static func echo(_ result: StatementResult, shift: Int, length: Int) -> StatementEcho {
    let start = max(0, result.place.start - shift)
    let end = min(length, max(start, result.place.end - shift))
    var echo = StatementEcho(
      span: start..<end, printed: result.printed, isAnswer: !result.value.isNone,
      elapsed: result.elapsed)
    if let shown = result.shown {
      echo.text = shown.text
      echo.isVolatile = shown.isVolatile
      echo.picture = shown.picture.map { picture in
        SessionPicture(
          pixels: {
            let pixels = try picture.pixels()
            return TerminalPixels(width: pixels.width, height: pixels.height, rgb: pixels.rgb)
          }, fileExtension: picture.fileExtension, data: picture.data, caption: picture.caption)
      }
    }
    return echo
  }

  private static func report(_ progress: Runtime.Progress, since start: Date) -> ProgressReport {
    ProgressReport(
      title: progress.title, done: progress.fraction ?? 0, total: progress.fraction == nil ? 0 : 1,
      elapsed: Date().timeIntervalSince(start), detail: progress.detail,
      isMilestone: progress.isMilestone)
  }

  /// What was typed needs no place; what stands in a file does.
  private static func trouble(_ diagnostic: Diagnostic, in entry: EntrySource) -> SessionTrouble {
    let isTyped = diagnostic.source?.name == entry.name && entry.name == entry.cell
    return SessionTrouble(slug: diagnostic.slug, json: DiagnosticText.json(of: diagnostic)) {
      colour in
      DiagnosticText(colour: colour, showsPlace: !isTyped).text(of: diagnostic)
    }
  }
}

extension LanguageEngine: LanguageAssistant {
  package func candidates(_ text: String, cursor: Int) -> [Candidate] {
    session.complete(text, cursor: cursor).map { Candidate($0.replacement, $0.summary) }
  }

  package func coloured(_ text: String) -> [ColouredSpan] {
    let source = SourceText(text: text)
    return Highlighting(of: source).runs.compactMap { run in
      let kind: ColouredSpan.Kind
      switch run.class {
      case .keyword: kind = .keyword
      case .number: kind = .number
      case .text: kind = .text
      case .comment, .answer, .mark: kind = .comment
      case .invalid: kind = .trouble
      case .function, .name:
        guard session.library.value(named: source.text(in: run.span)) != nil else { return nil }
        kind = .builtin
      case .sign, .bracket: return nil
      }
      return ColouredSpan(run.span.start..<run.span.end, kind)
    }
  }

  package func help(for name: String) -> String? {
    session.reference(for: name)
  }

  package func story(of slug: String) -> String? { Explanation.of(slug)?.page }

  package func source(of name: String) -> String? {
    session.runtime.globals[name] == nil ? nil : session.definitions[name]
  }

  package func search(_ words: String) -> [(name: String, summary: String)] {
    session.search(words)
  }

  package func formatted(_ text: String) throws -> String {
    do {
      return try Formatter().formatted(SourceText(text: text))
    } catch let diagnostic {
      throw Problem(
        diagnostic.slug, diagnostic.message, notes: diagnostic.notes,
        suggestions: diagnostic.suggestions)
    }
  }

  package func names(in text: String) -> NameUse {
    var use = NameUse(isOnlyDefinitions: true)
    for statement in Parser.program(in: SourceText(text: Self.continued(text))).statements {
      Self.read(statement.form, into: &use.used)
      statement.form.collectAssigned(&use.defined)
      // An element or a field that changes makes a new value of the whole.
      if let assignment = statement.form as? AssignmentForm {
        for target in assignment.targets {
          use.defined.insert(target.name.text)
          if case .name = target, assignment.sign == .set { continue }
          use.used.insert(target.name.text)
        }
      }
      let isDefinition =
        statement.form is AssignmentForm || statement.form is DefinitionForm
        || statement.form is IndexDefinitionForm
      if !isDefinition { use.isOnlyDefinitions = false }
    }
    return use
  }

  /// Every name that a form or its parts mention; what is local to it counts too, which can only
  /// keep more.
  private static func read(_ form: any Form, into names: inout Set<String>) {
    if let name = form as? NameForm { names.insert(name.text) }
    for child in form.children { read(child, into: &names) }
  }
}

extension LanguageEngine: Workspace {
  package var variables: [(name: String, summary: String)] { session.variables }

  package var seed: UInt64 { session.runtime.seed }

  package var digits: Int? {
    let digits = session.runtime.style.digits
    return digits == DisplayStyle().digits ? nil : digits
  }

  private struct State: Sendable {
    var values: [Value]
    var seed: UInt64
    var parameters: [Runtime.Parameter]
  }

  package func snapshot() -> any Sendable {
    State(
      values: session.runtime.globals.values, seed: session.runtime.seed,
      parameters: session.runtime.parameters)
  }

  package func restore(_ state: any Sendable) {
    guard let state = state as? State else { return }
    let globals = session.runtime.globals
    globals.values = state.values
    session.runtime.seed = state.seed
    session.runtime.parameters = state.parameters
  }

  package func reset() {
    let globals = session.runtime.globals
    globals.values = []
    session.runtime.parameters = []
  }

  package func set(_ name: String, to value: String) throws {
    switch name {
    case "digits": session.runtime.style.digits = try Self.number(name, value, in: 1...17)
    case "threads": Parallel.threads = try Self.number(name, value, in: 1...1024)
    case "memory": Memory.budget = try Self.amount(name, value, Amount.bytes, "8G")
    case "output":
      session.runtime.limits.output = try Self.amount(name, value, Amount.bytes, "1G")
    case "time":
      session.runtime.limits.seconds = try Self.amount(name, value, Amount.seconds, "10min")
    case "depth":
      session.runtime.limits.depth = try Self.number(name, value, in: 1...100_000)
    default: throw Problem("setting", "the language has no setting `\(name)`")
    }
  }

  private static func amount<Number>(
    _ name: String, _ text: String, _ parse: (String) -> Number?, _ example: String
  ) throws -> Number {
    guard let amount = parse(text) else {
      throw Problem(
        "setting", "`\(name)` takes an amount, not \"\(text)\"",
        suggestions: [":set \(name)=\(example)"])
    }
    return amount
  }

  private static func number(_ name: String, _ text: String, in range: ClosedRange<Int>) throws
    -> Int
  {
    guard let number = Int(text), range.contains(number) else {
      throw Problem(
        "setting", "`\(name)` takes \(range.lowerBound) to \(range.upperBound), not \"\(text)\"")
    }
    return number
  }

  package func view(_ kind: String, of expression: String) throws -> String {
    switch kind {
    case "ast":
      let program = Parser.program(in: SourceText(text: expression))
      if let first = program.diagnostics.first {
        throw Problem(first.slug, first.message, notes: first.notes, suggestions: first.suggestions)
      }
      return program.sexpr
    case "gp": return try gnuplotScript(of: expression)
    default:
      throw Problem(
        "view", "there is no view \"\(kind)\"", notes: ["the views are ast and gp"],
        suggestions: [":show ast \(expression)"])
    }
  }

  /// The script that `save` writes for a plot, taken from a folder of its own.
  private func gnuplotScript(of expression: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("view-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let (files, state) = (session.runtime.files, snapshot())
    defer {
      session.runtime.files = files
      restore(state)
      try? FileManager.default.removeItem(at: folder)
    }
    session.runtime.files = FileAccess(root: folder, reading: [files.root])
    let source = SourceText(text: "save(\(expression)\n, \"view.gp\")")
    switch try session.run(source, cell: "view") {
    case .finished:
      return try String(
        contentsOf: folder.appendingPathComponent("view.gp"), encoding: .utf8)
    case .interrupted: throw Interrupted()
    case .failed(let found):
      throw Problem(found.slug, found.message, notes: found.notes, suggestions: found.suggestions)
    }
  }

  package func changeFolder(to path: String) throws {
    session.runtime.files = files(URL(fileURLWithPath: path))
  }
}
