import Basics
import Foundation

/// One running program: its names, random streams, limits and output. Two may live in one process.
package final class Session {
  package let runtime: Runtime
  package let machine: Machine
  package var library: Library { runtime.library }
  package var interruption: Interruption { runtime.interruption }
  /// Definitions as written, newest last, for `??name`.
  package private(set) var definitions: [String: String] = [:]

  package init(
    library: Library, options: SessionOptions, interruption: Interruption = Interruption()
  ) {
    runtime = Runtime(
      library: library, files: options.files, interruption: interruption, seed: options.seed)
    runtime.isSeedFixed = options.isSeedFixed
    runtime.overrides = options.parameters
    runtime.style = options.style
    runtime.limits = options.limits
    machine = Machine(runtime: runtime)
    machine.nestingLimit = options.nestingLimit
  }

  /// Parses and resolves without running anything.
  package func check(_ source: SourceText) -> [Diagnostic] { compiled(source).diagnostics }

  /// Whether the text is whole, for line editors.
  package func isComplete(_ text: String) -> Bool { Completeness(of: text) == .complete }

  /// Runs a text statement by statement; `cell` keys its random streams. The whole text is
  /// resolved first: with mistakes in it nothing runs.
  package func run(
    _ source: SourceText, cell: String, continuing: Bool = false,
    onPrint: @escaping (String) -> Void = { _ in },
    onProgress: @escaping (Runtime.Progress) -> Void = { _ in },
    onStatement: (StatementResult) throws -> Void = { _ in }
  ) throws -> Outcome {
    let program = compiled(source)
    if let first = program.diagnostics.first { return .failed(first) }
    return try run(
      program, cell: cell, continuing: continuing, onPrint: onPrint, onProgress: onProgress,
      onStatement: onStatement)
  }

  /// A program that was parsed and resolved.
  package struct Resolved {
    package let source: SourceText
    package let statements: [Statement]
    package let diagnostics: [Diagnostic]

    /// One statement, ready to run.
    package struct Statement {
      package let span: Span
      /// Its place in the resolved text: for statements of a file that it uses, that of `use`.
      package let place: Span
      let code: Code
      let isMuted: Bool
      let echoes: Bool
    }
  }

  /// Parses and resolves a text. The statements of files that it uses stand in place of `use`.
  package func compiled(_ source: SourceText) -> Resolved {
    let emitter = Emitter(source: source, globals: runtime.globals, library: library)
    var statements: [Resolved.Statement] = []
    var diagnostics: [Diagnostic] = []
    var using: [String] = []
    compile(source, emitter, nil, &using, &statements, &diagnostics)
    return Resolved(source: source, statements: statements, diagnostics: diagnostics)
  }

  private func compile(
    _ source: SourceText, _ emitter: Emitter, _ place: Span?, _ using: inout [String],
    _ statements: inout [Resolved.Statement], _ diagnostics: inout [Diagnostic]
  ) {
    let outer = emitter.source
    emitter.source = source
    defer { emitter.source = outer }
    let program = Parser.program(in: source)
    var found = program.diagnostics
    emitter.foresee(program.statements)
    for statement in program.statements {
      if let use = statement.form as? UseForm, let path = use.path.constant {
        do {
          guard !using.contains(path) else {
            throw Problem(
              "use", "\"\(path)\" uses itself", notes: [(using + [path]).joined(separator: " → ")])
          }
          let bytes = try runtime.files.read(path)
          runtime.filesUsed.append(path)
          using.append(path)
          compile(
            try SourceText(name: path, bytes: bytes), emitter, place ?? statement.span, &using,
            &statements, &diagnostics)
          using.removeLast()
        } catch {
          found.append(
            Diagnostic(
              error as? Problem ?? Problem("use", "\(error)"), at: use.path.span, source: source))
        }
        continue
      }
      let before = emitter.diagnostics.count
      let code = emitter.statement(statement.form)
      emitter.forgetDoubtful(statement.form)
      // At most one error a statement: the first is the cause more often than the others.
      let complaint = emitter.shapes.complaint(about: statement.form, in: source)
      if emitter.diagnostics.count > before {
        found.append(emitter.diagnostics[before])
      } else if let complaint {
        found.append(complaint)
      }
      let isOwn = using.isEmpty
      statements.append(
        .init(
          span: statement.span, place: place ?? statement.span, code: code,
          isMuted: statement.isMuted,
          echoes: isOwn && statement.form.echoes))
      if let definition = statement.form as? DefinitionForm {
        definitions[definition.name.text] = source.text(in: definition.span)
      }
    }
    found.sort { ($0.span?.start ?? 0) < ($1.span?.start ?? 0) }
    diagnostics += found
  }

  /// Runs a resolved program, or the part of it in `range`.
  package func run(
    _ program: Resolved, in range: Range<Int>? = nil, cell: String, continuing: Bool = false,
    onPrint: @escaping (String) -> Void = { _ in },
    onProgress: @escaping (Runtime.Progress) -> Void = { _ in },
    onStatement: (StatementResult) throws -> Void = { _ in }
  ) throws -> Outcome {
    Memory.forgive()
    return try Watchdog.during(
      runtime.interruption, until: runtime.deadline, reason: runtime.outOfTime
    ) {
      try runWatched(
        program, in: range, cell: cell, continuing: continuing, onPrint: onPrint,
        onProgress: onProgress, onStatement: onStatement)
    }
  }

  private func runWatched(
    _ program: Resolved, in range: Range<Int>?, cell: String, continuing: Bool,
    onPrint: @escaping (String) -> Void, onProgress: @escaping (Runtime.Progress) -> Void,
    onStatement: (StatementResult) throws -> Void
  ) throws -> Outcome {
    runtime.cell = cell
    if !continuing { runtime.ordinal = 0 }
    runtime.progress = onProgress
    for statement in program.statements[range ?? program.statements.indices] {
      var printed = ""
      runtime.filesWritten = []
      runtime.print = { [runtime] text in
        guard runtime.admits(text) else { return }
        printed += text
        onPrint(text)
      }
      let start = DispatchTime.now().uptimeNanoseconds
      let value: Value
      do {
        value = try machine.run(statement.code)
        // A user's wish to stop that came with the last answer is no reason to drop it.
        try Memory.settle()
        if runtime.interruption.requests == 0 { try runtime.poll() }
      } catch is Interrupted {
        return .interrupted
      } catch let failure as Failure {
        return .failed(failure.diagnostic)
      } catch let problem as Problem {
        return .failed(Diagnostic(problem, at: statement.span, source: program.source))
      }
      let elapsed = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
      var shown: Shown?
      if statement.echoes, !statement.isMuted, !value.isNone {
        shown = Display.shown(value, runtime.style)
      }
      if statement.echoes, !value.isNone { runtime.globals["ans"] = value }
      try onStatement(
        StatementResult(
          span: statement.span, place: statement.place, value: value, shown: shown,
          printed: printed, elapsed: elapsed,
          filesWritten: runtime.filesWritten))
    }
    return .finished
  }

  /// The value of one expression, or the trouble with it as an error.
  package func value(of text: String, cell: String = "") throws -> Value {
    var last = Value.none
    switch try run(SourceText(text: text), cell: cell, onStatement: { last = $0.value }) {
    case .finished: return last
    case .failed(let diagnostic): throw diagnostic
    case .interrupted: throw Interrupted()
    }
  }
}
