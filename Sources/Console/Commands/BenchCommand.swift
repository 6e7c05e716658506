import Basics
import Foundation

/// Times many runs of an expression.
struct BenchCommand: SessionCommand {
  static let name = "bench"
  static let usage = "EXPR"
  static let text = "many runs of EXPR: median and spread"
  static let argument = CommandArgument.code

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    guard !arguments.isEmpty else { throw Problem("command", ":bench needs an expression") }
    var times: [Double] = []
    var note: String?
    let end = Date().addingTimeInterval(2)
    let source = EntrySource(name: "bench", text: arguments, cell: "bench")
    // The first run may compile; it does not count.
    for turn in 0..<1001 {
      var seconds = 0.0
      let outcome = session.execute(source, isEchoed: false) {
        seconds += $0.elapsed
        note = $0.note ?? note
      }
      guard case .finished = outcome else {
        _ = session.settle(outcome)
        return
      }
      if turn > 0 { times.append(seconds) }
      if times.count >= 3, Date() > end { break }
    }
    let sorted = times.sorted()
    let median = sorted[sorted.count / 2]
    let (low, high) = (sorted[sorted.count / 4], sorted[sorted.count * 3 / 4])
    session.screen.write(
      "\(NumberText.duration(median))  median of \(sorted.count) runs, half of them within "
        + "\(NumberText.duration(low)) to \(NumberText.duration(high))"
        + (note.map { ", " + $0 } ?? "") + "\n")
  }
}
