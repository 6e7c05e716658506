import Basics
import Builtins
import Foundation
import Language

/// The language inside a program of yours.
///
/// An interpreter owns its names, random streams, limits and output; several may live in one
/// process. Use each from one thread at a time; only `interrupt` may be called from others.
///
///     let fdsl = Interpreter(limits: .init(seconds: 60), files: .reading(folder))
///     fdsl.onPrint = { log.append($0) }
///     try fdsl.run("wave(x) = sin(x)/x")
///     let peak: Double = try fdsl.value("wave(0.1)")
///
/// What a program may do wrong arrives as a `ProgramError`, and nothing else is thrown.
public final class Interpreter {
  /// What a program may use up.
  ///
  ///     Interpreter.Limits(seconds: 10)
  public struct Limits: Sendable {
    /// Running time of one call of `run` or `value`; `nil` for no limit.
    public var seconds: Double?
    /// How deep the program's calls may nest.
    public var depth: Int
    /// Bytes that values may hold; `nil` for three quarters of the machine's. Memory is the
    /// process's: the interpreters in it hold it together, and the last one made sets the limit.
    public var memory: Int?
    /// Bytes that one call of `run` or `value` may print.
    public var output: Int

    /// Limits as given; a depth of 5,000 suffices for most recursion.
    public init(
      seconds: Double? = nil, depth: Int = 5_000, memory: Int? = nil, output: Int = 1 << 30
    ) {
      self.seconds = seconds
      self.depth = depth
      self.memory = memory
      self.output = output
    }
  }

  /// The files that a program may touch.
  ///
  ///     Interpreter(files: .writing(URL(fileURLWithPath: "results")))
  public enum Files: Sendable {
    /// None at all.
    case none
    /// Those below a folder, to read.
    case reading(URL)
    /// Those below a folder, to read and write.
    case writing(URL)
  }

  /// How far long work has come: a training, an export of pictures.
  ///
  ///     fdsl.onProgress = { bar.value = $0.fraction ?? 0 }
  public struct Progress: Sendable, Equatable {
    /// What is being done: "epoch 7 of 20".
    public let title: String
    /// Share done, 0...1; `nil` when unknown.
    public let fraction: Double?
    /// Rate, losses and time left, as one short text.
    public let detail: String
  }

  /// What programs may use up; a change holds from the next call.
  public var limits: Limits {
    didSet { apply() }
  }

  /// Receives what programs print, line ends included.
  ///
  ///     fdsl.onPrint = { print($0, terminator: "") }
  public var onPrint: (String) -> Void = { _ in }

  /// Receives the progress of long work.
  public var onProgress: (Progress) -> Void = { _ in }

  /// Values for the `param` statements of programs, as texts; each replaces the default and is
  /// checked like it.
  ///
  ///     fdsl.parameters = ["depth": "8"]
  ///     try fdsl.run("param depth = 6 in 1..=24")      // depth is 8
  public var parameters: [String: String] {
    get { session.runtime.overrides }
    set { session.runtime.overrides = newValue }
  }

  /// Stops the run under way, from another thread or a signal handler: the run throws a
  /// `ProgramError` whose slug is "interrupted", and names keep their values. Does nothing when
  /// no run is under way.
  ///
  ///     let stop = fdsl.interrupt
  ///     DispatchQueue.global().asyncAfter(deadline: .now() + 5) { stop() }
  public let interrupt: @Sendable () -> Void

  private let session: Session
  private var runs = 0

  /// An interpreter with the whole library of the language and no names of its own.
  ///
  ///     let fdsl = Interpreter()
  ///
  /// - Parameter seed: decides every random number of the programs.
  public init(limits: Limits = Limits(), files: Files = .none, seed: UInt64 = 0) {
    let access =
      switch files {
      case .none: FileAccess.nothing
      case .reading(let folder): FileAccess(root: folder, isReadOnly: true, hasCommandLine: false)
      case .writing(let folder): FileAccess(root: folder, hasCommandLine: false)
      }
    session = Session.standard(options: SessionOptions(files: access, seed: seed))
    session.runtime.hasCommandLine = false
    self.limits = limits
    defer { apply() }
    interrupt = { [interruption = session.interruption] in interruption.request() }
  }

  /// Adds a function that programs can call from now on. One of the same name is replaced.
  ///
  ///     fdsl.add(Builtin("twice", "Two times a number.", Parameter("x", "number")) {
  ///       (x: Double) in 2 * x
  ///     })
  public func add(_ builtin: Builtin) {
    session.runtime.library.add(title: "Host", [builtin.inner])
  }

  /// Runs a program and returns what its statements show, in their order. Names stay defined for
  /// the next run. With a mistake anywhere in the text nothing runs.
  ///
  ///     try fdsl.run("x = 20\nx + 1")                  // ["21"]
  ///
  /// - Parameter name: what error messages call the text.
  @discardableResult
  public func run(_ program: String, name: String = "program") throws(ProgramError) -> [String] {
    var shown: [String] = []
    try run(SourceText(name: name, text: program)) { result in
      if let text = result.shown?.text { shown.append(text) }
    }
    return shown
  }

  /// The value of an expression, as the Swift type asked for.
  ///
  ///     let mean: Double = try fdsl.value("mean([1, 2, 6])")
  ///     let squares = try fdsl.value("[1, 2, 3]^2", as: [Double].self)
  public func value<Wanted: ProgramConvertible>(
    _ expression: String, as type: Wanted.Type = Wanted.self
  ) throws(ProgramError) -> Wanted {
    let source = SourceText(name: "expression", text: expression)
    var last = Value.none
    try run(source) { last = $0.value }
    if let value = Wanted(programValue: ProgramValue(last)) { return value }
    throw ProgramError(
      Diagnostic(
        "type",
        "the value is \(Spelling.article(last.typeName)), not "
          + Spelling.article(Wanted.typeName), source: source))
  }

  /// Gives a name a value, as `name = value` in a program does. `value(_:)` reads it back.
  ///
  ///     try fdsl.set("data", to: [1.0, 4.0, 9.0])
  ///     let sum: Double = try fdsl.value("sum(data)")
  public func set(_ name: String, to value: some ProgramConvertible) throws(ProgramError) {
    let tokens = Lexer.tokens(of: SourceText(text: name)).tokens
    guard tokens.first?.name == name, tokens.dropFirst().allSatisfy(\.isEnd) else {
      throw ProgramError(Diagnostic("name", "\"\(name)\" is not a name that programs can use"))
    }
    guard let value = value.programValue.value else {
      throw ProgramError(Diagnostic("type", "`\(name)` got a value that only programs can make"))
    }
    session.runtime.globals[name] = value
  }

  /// The names that programs and `set` have given values, in the order of their first mention.
  ///
  ///     try fdsl.run("a = 1\nf(x) = x + a")
  ///     fdsl.names                                     // ["a", "f"]
  public var names: [String] {
    session.runtime.globals.names.filter { session.runtime.globals[$0] != nil && $0 != "ans" }
  }

  private func apply() {
    session.runtime.limits.depth = limits.depth
    session.runtime.limits.seconds = limits.seconds
    session.runtime.limits.output = limits.output
    if let memory = limits.memory { Memory.budget = memory }
  }

  private func run(
    _ source: SourceText, onStatement: (StatementResult) -> Void
  ) throws(ProgramError) {
    runs += 1
    session.interruption.clear()
    session.runtime.restartClock()
    // The session keeps its last closures; they must not outlive the call.
    defer {
      session.runtime.print = { _ in }
      session.runtime.progress = { _ in }
    }
    let outcome: Outcome
    do {
      outcome = try session.run(
        source, cell: "run\(runs)", onPrint: { [onPrint] in onPrint($0) },
        onProgress: { [onProgress] in
          onProgress(Progress(title: $0.title, fraction: $0.fraction, detail: $0.detail))
        }, onStatement: onStatement)
    } catch {
      throw ProgramError(Diagnostic("bug", "\(error)", source: source))
    }
    switch outcome {
    case .finished: return
    case .failed(let diagnostic): throw ProgramError(diagnostic)
    case .interrupted:
      throw ProgramError(Diagnostic("interrupted", "the program was interrupted", source: source))
    }
  }
}
