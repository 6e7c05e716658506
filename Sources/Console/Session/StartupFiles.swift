import Basics
import Foundation

/// Programs that run when a session starts: the user's own, and a folder's if it was trusted.
package struct StartupFiles {
  private let environment: [String: String]
  private let folder: URL

  package init(
    environment: [String: String],
    folder: URL = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
  ) {
    self.environment = environment
    self.folder = folder
  }

  /// Files to run, in order; and the folder's file when it exists and is not trusted.
  package var files: (trusted: [URL], untrusted: URL?) {
    var trusted: [URL] = []
    if let own = base("XDG_CONFIG_HOME", ".config")?.appendingPathComponent("fdsl/init.fdsl"),
      FileManager.default.fileExists(atPath: own.path)
    {
      trusted.append(own)
    }
    guard let mark = mark else { return (trusted, nil) }
    let known = (try? String(contentsOf: list ?? folderFile, encoding: .utf8)) ?? ""
    if list != nil, known.split(separator: "\n").contains(Substring(mark)) {
      return (trusted + [folderFile], nil)
    }
    return (trusted, folderFile)
  }

  /// Trusts the folder's file as it is now; a changed file must be trusted again.
  package func trust() throws {
    guard let mark else {
      throw Problem("file", "there is no \(folderFile.path)")
    }
    guard let list else { throw Problem("file", "there is no home folder to remember it in") }
    let known = (try? String(contentsOf: list, encoding: .utf8)) ?? ""
    let lines = known.split(separator: "\n").filter { !$0.hasSuffix(" \(folderFile.path)") }
    try FileAccess.replace(list, with: Data((lines.map { $0 + "\n" }.joined() + mark + "\n").utf8))
  }

  private var folderFile: URL { folder.appendingPathComponent(".fdsl/init.fdsl") }

  private var list: URL? {
    base("XDG_STATE_HOME", ".local/state")?.appendingPathComponent("fdsl/trusted")
  }

  /// The line that trusts the folder's file: hash of its content, and its path.
  private var mark: String? {
    guard let data = try? Data(contentsOf: folderFile) else { return nil }
    return "\(ContentHash(data).hex) \(folderFile.path)"
  }

  private func base(_ variable: String, _ inHome: String) -> URL? {
    if let path = environment[variable], path.hasPrefix("/") { return URL(fileURLWithPath: path) }
    guard let home = environment["HOME"], !home.isEmpty else { return nil }
    return URL(fileURLWithPath: home).appendingPathComponent(inHome)
  }
}
