import Basics
import Builtins
import Foundation
import Language

/// The language inside a program of yours.
///
/// An interpreter owns its names, random streams, limits and output; several may live in one
/// process. It is not safe to use one from two threads at once, except for `interrupt`.
public final class Interpreter {
  /// What a program may use up.
  public struct Limits: Sendable {
    /// Running time of all calls together; `nil` for no limit.
    public var seconds: Double?
    /// How deep calls may nest.
    public var depth: Int

    public init(seconds: Double? = nil, depth: Int = 5_000) {
      self.seconds = seconds
      self.depth = depth
    }
  }

  /// The files that a program may touch.
  public enum Files: Sendable {
    /// None at all.
    case none
    /// Those below a folder, to read.
    case reading(URL)
    /// Those below a folder, to read and write.
    case writing(URL)
  }

  /// Receives what programs print.
  public var onPrint: (String) -> Void = { _ in }

  private let session: Session
  private var runs = 0

  /// - Parameter seed: decides every random number of the programs.
  public init(limits: Limits = Limits(), files: Files = .none, seed: UInt64 = 0) {
    let access =
      switch files {
      // Nothing lies below this name, and nothing outside may be touched.
      case .none: FileAccess(root: URL(fileURLWithPath: "/dev/null"), isReadOnly: true)
      case .reading(let folder): FileAccess(root: folder, isReadOnly: true)
      case .writing(let folder): FileAccess(root: folder)
      }
    var options = SessionOptions(files: access, seed: seed)
    options.timeLimit = limits.seconds
    options.depthLimit = limits.depth
    session = Session.standard(options: options)
  }

  /// Adds a function that programs can call from now on.
  public func add(_ builtin: Builtin) {
    session.runtime.library.add(title: "Host", [builtin.inner])
  }

  /// Runs a program and returns what its statements show, in their order. Names stay defined for
  /// the next run. Throws a `ProgramError`; with a mistake anywhere in the text nothing runs.
  ///
  /// - Parameter name: what diagnostics call the text.
  @discardableResult
  public func run(_ program: String, name: String = "program") throws -> [String] {
    var shown: [String] = []
    try run(program, name: name) { result in
      if let text = result.shown?.text { shown.append(text) }
    }
    return shown
  }

  /// The value of an expression, as the Swift type asked for. Throws a `ProgramError`.
  public func value<Wanted: ProgramConvertible>(
    _ expression: String, as type: Wanted.Type = Wanted.self
  ) throws -> Wanted {
    var last = Value.none
    try run(expression, name: "expression") { last = $0.value }
    if let value = Wanted(programValue: ProgramValue(last)) { return value }
    throw ProgramError(
      Diagnostic(
        "type",
        "the value is \(Spelling.article(last.typeName)), not "
          + Spelling.article(Wanted.typeName),
        source: SourceText(name: "expression", text: expression)))
  }

  /// Stops the run under way, from another thread or a signal handler. The run throws a
  /// `ProgramError` with the slug "interrupted".
  public func interrupt() { session.interruption.request() }

  private func run(
    _ text: String, name: String, onStatement: (StatementResult) -> Void
  ) throws {
    runs += 1
    session.interruption.clear()
    let source = SourceText(name: name, text: text)
    defer {
      session.runtime.print = { _ in }
      session.runtime.progress = { _ in }
    }
    let print = onPrint
    switch try session.run(
      source, cell: "run\(runs)", onPrint: { print($0) }, onStatement: onStatement)
    {
    case .finished: return
    case .failed(let diagnostic): throw ProgramError(diagnostic)
    case .interrupted:
      throw ProgramError(Diagnostic("interrupted", "the program was interrupted", source: source))
    }
  }
}
