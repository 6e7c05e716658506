import Basics
import Foundation
import Language
import Notebooks

/// What the commands share: the streams, the language, and how trouble is told.
struct Workplace {
  let output = Output()
  let interruption = Interruption()
  let language: any NotebookLanguage
  private let display: DisplayOptions

  init(_ display: DisplayOptions) {
    self.display = display
    language = FDSLLanguage(isColoured: display.colours(isatty(STDERR_FILENO) == 1))
  }

  /// Whether standard output gets colours.
  var isColoured: Bool { display.colours(output.isTerminal) }

  /// Tells of trouble on standard error.
  func report(_ trouble: Trouble) {
    let text = display.diagnostics == .json ? Self.json(of: trouble) : trouble.text
    output.writeError(text.hasSuffix("\n") ? text : text + "\n")
  }

  private static func json(of trouble: Trouble) -> String {
    if !trouble.json.isEmpty { return trouble.json }
    let labels = trouble.range.map {
      [Diagnostic.Label(Span(start: $0.lowerBound, end: $0.upperBound))]
    }
    return DiagnosticText.json(
      of: Diagnostic(trouble.slug, trouble.message, labels: labels ?? []))
  }

  /// Tells of an error and returns the exit code that belongs to it.
  func report(_ error: any Error) -> ExitStatus {
    switch error {
    case let trouble as Trouble:
      report(trouble)
      return ExitStatus(slug: trouble.slug)
    case let problem as Problem:
      report(FDSLLanguage.trouble(problem, isColoured: display.colours(output.errorIsTerminal)))
      return ExitStatus(slug: problem.slug)
    case let status as ExitStatus: return status
    case is Interrupted: return .interrupted
    default:
      return report(Problem("file", error.localizedDescription))
    }
  }

  /// Calls `body` for each file and throws the gravest of the codes, if any is not 0.
  func forEach(_ files: [String], _ body: (String) throws -> ExitStatus) throws {
    var worst = ExitStatus.done
    for file in files {
      let status: ExitStatus
      do { status = try body(file) } catch { status = report(error) }
      worst = max(worst, status)
      if status == .interrupted { break }
    }
    output.flush()
    if worst != .done { throw worst }
  }

  /// Reads a file strictly.
  func text(ofFile path: String) throws -> String {
    let url = URL(fileURLWithPath: path)
    let bytes = try FileAccess(root: url.deletingLastPathComponent(), reading: nil)
      .read(url.path)
    return try FDSLLanguage.text(of: bytes, named: path)
  }

  /// Reads a notebook.
  func notebook(_ path: String) throws -> Notebook {
    try Notebook(name: path, text: try text(ofFile: path))
  }

  /// The folder that a program's paths start from.
  func folder(of path: String) -> URL {
    URL(fileURLWithPath: path).deletingLastPathComponent()
  }

  /// A program that has run nothing yet.
  func engine(_ options: ProgramOptions, seed: UInt64?, folder: URL) throws -> SessionRun {
    if let threads = options.threads { Parallel.threads = threads }
    if let memory = options.memoryBudget { Memory.budget = memory }
    return SessionRun(
      SessionRun.Settings(
        files: options.files(root: folder), seed: options.seed ?? seed ?? 0,
        isSeedFixed: options.seed != nil, parameters: try options.parameters,
        limits: options.limits, isColoured: display.colours(output.errorIsTerminal)),
      interruption: interruption)
  }

  /// Refuses parameters that the notebook does not declare, and reports what does not resolve.
  /// Returns nothing when the notebook can run.
  func rejected(_ notebook: Notebook, _ graph: CellGraph, _ options: ProgramOptions) throws
    -> ExitStatus?
  {
    let declared = graph.parameters.map(\.name)
    for name in try options.parameters.keys.sorted()
    where !declared.contains(name) && !graph.takesLibrary {
      let nearest = Spelling.nearest(to: name, in: declared)
      throw Problem(
        "parameter", "\(notebook.name) has no parameter `\(name)`",
        notes: [
          declared.isEmpty ? "it declares none" : "it has " + declared.joined(separator: ", ")
        ], suggestions: nearest.map { ["-D \($0)=…"] } ?? [])
    }
    let troubles = notebook.troubles(language, parameters: try options.parameters)
    for trouble in troubles { report(trouble) }
    let errors = troubles.filter(\.isError)
    if errors.contains(where: { $0.slug == "parameter" || $0.slug == "range" }) { return .usage }
    return errors.isEmpty ? nil : .rejected
  }
}
