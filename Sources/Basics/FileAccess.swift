import Foundation

/// The files a program may touch: those below its own folder, and what the user allowed besides.
///
/// Symbolic links are resolved before the check, so they do not lead out. Writes go to a
/// temporary file in the same folder, are flushed, and take the name in one step.
package final class FileAccess: Sendable {
  /// Folder that relative paths start from.
  package let root: URL
  private let readable: [String]?
  private let writable: [String]?
  private let hasCommandLine: Bool

  /// - Parameters:
  ///   - reading: further folders that may be read; `nil` allows all.
  ///   - writing: further folders that may be written; `nil` allows all.
  ///   - isReadOnly: whether nothing may be written at all.
  ///   - hasCommandLine: whether advice may name options of the command line.
  package init(
    root: URL, reading: [URL]? = [], writing: [URL]? = [], isReadOnly: Bool = false,
    hasCommandLine: Bool = true
  ) {
    self.root = Self.resolved(root)
    self.hasCommandLine = hasCommandLine
    let own = Self.resolved(root).path
    writable = isReadOnly ? [] : writing.map { [own] + $0.map { Self.resolved($0).path } }
    readable = reading.map { [own] + ($0 + (writing ?? [])).map { Self.resolved($0).path } }
  }

  private init() {
    root = URL(fileURLWithPath: "/")
    readable = []
    writable = []
    hasCommandLine = false
  }

  /// No file at all.
  package static let nothing = FileAccess()

  /// The place a user's path means, if it may be read.
  package func readableURL(_ path: String) throws -> URL {
    try allowed(path, in: readable, verb: "read", option: "--read")
  }

  /// The place a user's path means, if it may be written.
  package func writableURL(_ path: String) throws -> URL {
    try allowed(path, in: writable, verb: "write", option: "--write")
  }

  /// Every byte of a file.
  package func read(_ path: String) throws -> [UInt8] {
    let url = try readableURL(path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw Problem(
        "file", "there is no file \"\(path)\"",
        notes: ["looked in \(url.deletingLastPathComponent().path)"],
        suggestions: nearestFile(to: url).map { ["\"\($0)\""] } ?? [])
    }
    if isFolder.boolValue { throw Problem("file", "\"\(path)\" is a folder, not a file") }
    do { return Array(try Data(contentsOf: url)) } catch {
      throw Problem("file", "\"\(path)\" cannot be read", notes: [Self.reason(error)])
    }
  }

  /// Writes a whole file or leaves what was there. Makes missing folders.
  package func write(_ bytes: some Collection<UInt8>, to path: String) throws {
    try Self.replace(try writableURL(path), with: Data(bytes))
  }

  /// Gives `url` the content in one step: temporary file beside it, flush, rename.
  package static func replace(_ url: URL, with data: Data) throws {
    let folder = url.deletingLastPathComponent()
    let temporary = folder.appendingPathComponent(
      ".\(url.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).part")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let mode = (try? FileManager.default.attributesOfItem(atPath: url.path))?[.posixPermissions]
      guard FileManager.default.createFile(atPath: temporary.path, contents: nil) else {
        throw Problem("file", "cannot create a file in \(folder.path)")
      }
      let handle = try FileHandle(forWritingTo: temporary)
      try handle.write(contentsOf: data)
      try handle.synchronize()
      try handle.close()
      if let mode {
        try FileManager.default.setAttributes(
          [.posixPermissions: mode], ofItemAtPath: temporary.path)
      }
      guard rename(temporary.path, url.path) == 0 else {
        throw Problem("file", String(cString: strerror(errno)))
      }
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      throw Problem("file", "\"\(url.path)\" cannot be written", notes: [reason(error)])
    }
  }

  private func allowed(_ path: String, in folders: [String]?, verb: String, option: String) throws
    -> URL
  {
    if path.contains("\0") { throw Problem("file", "a path cannot contain a NUL byte") }
    if path.isEmpty { throw Problem("file", "the path is empty") }
    let expanded = path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst() : path
    let url = Self.resolved(URL(fileURLWithPath: expanded, relativeTo: root))
    guard let folders else { return url }
    if folders.contains(where: { url.path == $0 || url.path.hasPrefix($0 == "/" ? "/" : $0 + "/") })
    {
      return url
    }
    if folders.isEmpty {
      throw Problem(
        "denied", "this program may not \(verb) files",
        notes: hasCommandLine ? ["it runs with --safe"] : [])
    }
    let outside = (path as NSString).deletingLastPathComponent
    throw Problem(
      "denied", "this script may not \(verb) outside its directory",
      notes: ["\"\(path)\" is \(url.path), its directory is \(root.path)"],
      suggestions: hasCommandLine
        ? ["allow it once with  \(option) \(outside.isEmpty ? path : outside)"] : [])
  }

  /// `url` without symbolic links, even where its last parts do not exist yet.
  private static func resolved(_ url: URL) -> URL {
    var existing = url.absoluteURL.standardizedFileURL
    var missing: [String] = []
    while existing.path != "/", !FileManager.default.fileExists(atPath: existing.path) {
      // A link that points nowhere still counts as its target.
      if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: existing.path) {
        existing =
          URL(fileURLWithPath: target, relativeTo: existing.deletingLastPathComponent())
          .absoluteURL.standardizedFileURL
        continue
      }
      missing.append(existing.lastPathComponent)
      existing.deleteLastPathComponent()
    }
    var result = existing.path
    if let real = realpath(existing.path, nil) {
      result = String(cString: real)
      free(real)
    }
    for part in missing.reversed() { result = (result as NSString).appendingPathComponent(part) }
    return URL(fileURLWithPath: result)
  }

  private func nearestFile(to url: URL) -> String? {
    let folder = url.deletingLastPathComponent().path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return Spelling.nearest(to: url.lastPathComponent, in: names.sorted())
  }

  private static func reason(_ error: any Error) -> String {
    if let problem = error as? Problem { return problem.message }
    return (error as NSError).localizedDescription
  }
}
