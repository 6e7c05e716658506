import Basics
import Foundation

/// Runs a file in this session.
struct LoadCommand: SessionCommand {
  static let name = "load"
  static let usage = "FILE"
  static let text = "run FILE in this session and keep its names"
  static let argument = CommandArgument.path

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    guard !arguments.isEmpty else { throw Problem("command", ":load needs a file") }
    let path = arguments.hasPrefix("~/") ? NSHomeDirectory() + arguments.dropFirst() : arguments
    let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let bytes = try FileAccess(root: folder, reading: nil, writing: nil).read(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Problem("file", "\"\(arguments)\" is not UTF-8 text")
    }
    session.run(Self.withoutMarks(text), name: arguments)
  }

  /// The text without recorded answers and marks of cells, which belong to the file: here it is one
  /// entry. Lines keep their numbers.
  static func withoutMarks(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let bare = line.drop { $0 == " " || $0 == "\t" }
      return ["#>", "#:", "#%%"].contains { bare.hasPrefix($0) } ? "" : line
    }.joined(separator: "\n")
  }
}
