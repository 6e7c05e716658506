import Basics
import FDSLKit
import Foundation
import Language

/// A session of the language as notebooks run it.
package final class SessionRun: NotebookEngine {
  /// What is decided before the first statement.
  package struct Settings {
    package var files: FileAccess
    /// Seed of the file or of the command line.
    package var seed: UInt64
    /// Whether `seed` overrules `seed` statements.
    package var isSeedFixed: Bool
    package var parameters: [String: String]
    /// Time, depth and output that the program may take.
    package var limits: ProgramLimits
    /// Whether the texts of troubles carry colours.
    package var isColoured: Bool

    package init(
      files: FileAccess, seed: UInt64 = 0, isSeedFixed: Bool = false,
      parameters: [String: String] = [:], limits: ProgramLimits = ProgramLimits(),
      isColoured: Bool = false
    ) {
      self.files = files
      self.seed = seed
      self.isSeedFixed = isSeedFixed
      self.parameters = parameters
      self.limits = limits
      self.isColoured = isColoured
    }
  }

  /// The session itself.
  package let session: Session
  private let files: FileAccess
  private let isColoured: Bool
  private var resolved: (text: String, program: Session.Resolved)?

  package init(_ settings: Settings, interruption: Interruption) {
    var options = SessionOptions(files: settings.files, seed: settings.seed)
    options.isSeedFixed = settings.isSeedFixed
    options.parameters = settings.parameters
    options.limits = settings.limits
    session = Session.standard(options: options, interruption: interruption)
    files = settings.files
    isColoured = settings.isColoured
  }

  package func run(
    _ text: String, in range: Range<Int>, named name: String, cell: String,
    onEvent: (EngineEvent) throws -> Void
  ) throws -> CellOutcome {
    let program = program(text, named: name)
    if let first = program.diagnostics.first {
      return .failed(Trouble(first, isColoured: isColoured))
    }
    let indices = program.statements.indices.filter {
      range.contains(program.statements[$0].place.start)
    }
    guard let first = indices.first, let last = indices.last else { return .finished }
    let outcome = try withoutActuallyEscaping(onEvent) { onEvent in
      // The session keeps its last closures, and they must not outlive `onEvent`.
      defer {
        session.runtime.print = { _ in }
        session.runtime.progress = { _ in }
      }
      // Printing cannot throw in the session; the first failure is kept and ends the statement.
      var failure: (any Error)?
      func tell(_ event: EngineEvent) {
        do { try onEvent(event) } catch { failure = failure ?? error }
      }
      return try session.run(
        program, in: first..<(last + 1), cell: cell,
        onPrint: { tell(.print($0)) },
        onProgress: { tell(.progress(Self.text(of: $0))) },
        onStatement: { result in
          if let failure { throw failure }
          try onEvent(.statement(Self.output(of: result)))
        })
    }
    switch outcome {
    case .finished: return .finished
    case .interrupted: return .interrupted
    case .failed(let diagnostic): return .failed(Trouble(diagnostic, isColoured: isColoured))
    }
  }

  package func filesRead() -> [String] {
    let paths = session.runtime.filesRead + session.runtime.filesUsed
    session.runtime.filesRead = []
    session.runtime.filesUsed = []
    return Set(paths.compactMap { files.pathBelowRoot($0) }).sorted()
  }

  package func show(digits: Int?) {
    session.runtime.style.digits = digits ?? DisplayStyle().digits
  }

  private func program(_ text: String, named name: String) -> Session.Resolved {
    if let resolved, resolved.text == text { return resolved.program }
    let program = session.compiled(SourceText(name: name, text: text))
    resolved = (text, program)
    return program
  }

  private static func text(of progress: Runtime.Progress) -> String {
    let share = progress.fraction.map { "  \(Int(100 * $0)) %" } ?? ""
    return progress.title + share + (progress.detail.isEmpty ? "" : "  " + progress.detail)
  }

  private static func output(of result: StatementResult) -> StatementOutput {
    var output = StatementOutput(range: result.place.start..<result.place.end)
    guard let shown = result.shown else { return output }
    output.shown = shown.text
    output.isVolatile = shown.isVolatile
    output.picture = shown.picture.map { picture in
      ProducedPicture(
        fileExtension: picture.fileExtension, caption: picture.caption, data: picture.data
      ) {
        let pixels = try picture.pixels()
        return Pixels(width: pixels.width, height: pixels.height, samples: pixels.rgb)
      }
    }
    return output
  }
}
