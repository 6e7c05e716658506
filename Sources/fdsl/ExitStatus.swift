import Notebooks

/// The exit codes of the program; a command throws one to end with it.
enum ExitStatus: Int32, Error, Comparable, CaseIterable {
  case done = 0
  /// The program raised an error, or an assertion failed.
  case failed = 1
  /// Unknown option, parameter out of its range, missing argument.
  case usage = 2
  /// The file does not parse or resolve; nothing was run.
  case rejected = 3
  /// `check` or `fmt --check` found differences; `status` found something stale; `lint` warned.
  case different = 4
  /// A budget was exceeded or access was denied.
  case refused = 5
  /// Input or output failed: unreadable, disk full, gnuplot failed.
  case inputOutput = 6
  /// A bug in fdsl.
  case bug = 70
  case interrupted = 130

  static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.rawValue < right.rawValue }

  /// The code for an error that a running program met.
  init(slug: String) {
    switch slug {
    case "denied", "memory", "time", "depth", "output": self = .refused
    case "file", "encoding", "plot", "gnuplot", "disk": self = .inputOutput
    case "parameter", "usage": self = .usage
    case "bug": self = .bug
    default: self = .failed
    }
  }

  /// What the manual says of the code.
  var text: String {
    switch self {
    case .done: "done; for check: all outputs agree"
    case .failed: "the program raised an error, or an assertion failed"
    case .usage: "wrong usage: unknown option, parameter out of its range, missing argument"
    case .rejected: "the file does not parse or resolve; nothing was run"
    case .different:
      "check or fmt --check found differences; status found something stale; lint warned"
    case .refused: "a budget was exceeded or access was denied"
    case .inputOutput: "input or output failed: unreadable, disk full, gnuplot failed"
    case .bug: "a bug in fdsl: please report it"
    case .interrupted: "interrupted"
    }
  }
}
