import Basics
import Foundation

/// The user's own editor, started on a copy of an entry.
struct OutsideEditor {
  /// The command, as the shell reads it.
  let command: String

  init(environment: [String: String]) {
    let named = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }
    command = named.first { !$0.isEmpty } ?? "vi"
  }

  /// The text after the user has left the editor, without newlines at its end.
  func edit(_ text: String) throws -> String {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("entry-\(UUID().uuidString).fdsl")
    guard
      FileManager.default.createFile(
        atPath: file.path, contents: Data((text + "\n").utf8),
        attributes: [.posixPermissions: 0o600])
    else {
      throw Problem("file", "cannot create a file in \(file.deletingLastPathComponent().path)")
    }
    defer { try? FileManager.default.removeItem(at: file) }
    // `system` waits with SIGINT ignored and keeps the child in the terminal's process group.
    let status = system("\(command) '\(file.path)'")
    guard status == 0 else {
      throw Problem(
        "editor", "`\(command)` ended with status \(status >> 8 & 0xFF)",
        suggestions: ["EDITOR=nano fdsl"])
    }
    var lines = try String(contentsOf: file, encoding: .utf8)[...]
    while lines.last == "\n" { lines.removeLast() }
    return String(lines)
  }
}
