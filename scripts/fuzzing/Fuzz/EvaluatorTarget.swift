import Basics
import Builtins
import Dispatch
import Foundation
import Language

/// Programs run with tight budgets and no files: they end in time, and say the same when they are
/// run again.
enum EvaluatorTarget: FuzzTarget {
  static let grafts = 85

  /// Seconds that a program has.
  private static let seconds = 0.5
  /// Bytes of tensors that it may hold.
  private static let memory = 1 << 28

  static func feed(_ bytes: [UInt8]) {
    guard let source = try? SourceText(name: "", bytes: bytes) else { return }
    let first = run(source)
    if first.isCut { return }
    let second = run(source)
    require(
      second.isCut || first.text == second.text,
      "a program says the same twice, not\n\(first.text)\nand then\n\(second.text)")
  }

  /// What a program says, and whether a budget ended it, so that where it stopped is chance.
  private static func run(_ source: SourceText) -> (text: String, isCut: Bool) {
    Parallel.threads = 1
    Memory.budget = memory
    var options = SessionOptions(files: .nothing, seed: 1)
    options.limits.seconds = seconds
    options.limits.depth = 200
    options.limits.output = 100_000
    let session = Session(library: StandardLibrary.library, options: options)
    let clock = Stopwatch()
    var text = ""
    var isCut = false
    let mistakes = session.check(source)
    for diagnostic in mistakes.prefix(20) { Rules.check(diagnostic, in: source) }
    if mistakes.isEmpty {
      do {
        let outcome = try session.run(
          source, cell: "fuzz", onPrint: { text += $0 },
          onStatement: { if let shown = $0.shown { text += shown.text + "\n" } })
        switch outcome {
        case .finished: break
        case .failed(let diagnostic):
          Rules.check(diagnostic, in: source)
          isCut = ["time", "memory", "output"].contains(diagnostic.slug)
          text += DiagnosticText().text(of: diagnostic)
        case .interrupted: isCut = true
        }
      } catch {
        require(false, "\(error) is not told as a diagnostic")
      }
    }
    let used = clock.seconds
    require(used < seconds + 1, "a program of \(seconds) s ended after \(used) s")
    return (text, isCut)
  }

  /// Time that this process has computed: less than has passed where others compute too.
  private struct Stopwatch {
    private let start = (clock(), DispatchTime.now().uptimeNanoseconds)

    var seconds: Double {
      let computed = Double(clock() - start.0) / Double(CLOCKS_PER_SEC)
      let passed = Double(DispatchTime.now().uptimeNanoseconds - start.1) * 1e-9
      return min(computed, passed)
    }
  }
}
