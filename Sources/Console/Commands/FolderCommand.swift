import Basics
import Foundation

/// Changes the folder.
struct FolderCommand: SessionCommand {
  static let name = "cd"
  static let usage = "[DIR]"
  static let text = "change the folder, or print it"
  static let argument = CommandArgument.path

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    let manager = FileManager.default
    if arguments.isEmpty {
      return session.screen.write(manager.currentDirectoryPath + "\n")
    }
    var path = arguments
    if path == "~" || path.hasPrefix("~/") { path = NSHomeDirectory() + path.dropFirst() }
    guard manager.changeCurrentDirectoryPath(path) else {
      throw Problem("file", "\"\(arguments)\" is no folder that can be entered")
    }
    try session.engine.changeFolder(to: manager.currentDirectoryPath)
    session.screen.write(manager.currentDirectoryPath + "\n")
  }
}
