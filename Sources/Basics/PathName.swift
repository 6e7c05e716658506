/// The parts of a path as a user wrote it. Foundation's own splitting traps on some short names.
package enum PathName {
  /// What stands behind the last slash: `c.pdf` of `a/b/c.pdf`.
  package static func last(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// What stands before the last slash: `a/b` of `a/b/c.pdf`; empty without a slash.
  package static func folder(_ path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ""
  }

  /// What stands behind the last point of the name, in small letters: `pdf` of `a/b/c.PDF`.
  package static func ending(_ path: String) -> String {
    point(in: path).map { path[path.index(after: $0)...].lowercased() } ?? ""
  }

  /// The path without its ending: `a/b/c` of `a/b/c.pdf`.
  package static func withoutEnding(_ path: String) -> String {
    point(in: path).map { String(path[..<$0]) } ?? path
  }

  /// A name that begins with its only point has no ending.
  private static func point(in path: String) -> String.Index? {
    let name = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    guard let point = path[name...].lastIndex(of: "."), point > name else { return nil }
    return point
  }
}
