import Foundation

/// Files for completion inside quotes and after commands that take a path.
enum FileNames {
  /// Paths that begin with `typed`; folders end with a slash. Hidden files only when asked for.
  static func candidates(_ typed: String) -> [Candidate] {
    let slash = typed.lastIndex(of: "/")
    let folder = slash.map { String(typed[...$0]) } ?? ""
    let start = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
    let place =
      folder.isEmpty
      ? "." : folder.hasPrefix("~/") ? NSHomeDirectory() + folder.dropFirst() : folder
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    return names.sorted().filter {
      $0.hasPrefix(start) && (start.hasPrefix(".") || !$0.hasPrefix("."))
    }
    .prefix(500).map { name in
      var isFolder: ObjCBool = false
      let path = (place as NSString).appendingPathComponent(name)
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      return Candidate(folder + name + (isFolder.boolValue ? "/" : ""))
    }
  }
}
