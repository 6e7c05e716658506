import Foundation

/// The files a program may touch: those below its own folder, and what the user allowed besides.
///
/// Symbolic links are resolved before the check and refused after it (see `DirectPath`), so they
/// do not lead out. Writes go to a temporary file in the same folder, are flushed, and take the
/// name in one step. Only regular files are read: no device, no pipe that would never end.
package final class FileAccess: Sendable {
  /// Folder that relative paths start from.
  package let root: URL
  private let own: DirectPath
  private let readable: [DirectPath]?
  private let writable: [DirectPath]?
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
    let own = Self.resolved(root)
    self.own = own
    self.root = URL(fileURLWithPath: own.path, isDirectory: true)
    self.hasCommandLine = hasCommandLine
    writable = isReadOnly ? [] : writing.map { [own] + $0.map(Self.resolved) }
    readable = reading.map { [own] + ($0 + (writing ?? [])).map(Self.resolved) }
  }

  /// No file at all.
  package static let nothing = FileAccess(
    own: resolved(URL(fileURLWithPath: "/")), readable: [], writable: [], hasCommandLine: false)

  /// The same files, to be read only.
  package var readOnly: FileAccess {
    FileAccess(own: own, readable: readable, writable: [], hasCommandLine: false)
  }

  private init(
    own: DirectPath, readable: [DirectPath]?, writable: [DirectPath]?, hasCommandLine: Bool
  ) {
    self.own = own
    root = URL(fileURLWithPath: own.path, isDirectory: true)
    self.readable = readable
    self.writable = writable
    self.hasCommandLine = hasCommandLine
  }

  /// What stands at a path.
  package enum Kind: Sendable, Equatable { case file, folder, other }

  /// What stands at a path that may be read; `nil` when nothing does.
  package func kind(_ path: String) throws -> Kind? {
    let place = try readablePath(path)
    guard let handle = try? place.open(DirectPath.pathOnly) else { return nil }
    return Self.facts(handle).kind
  }

  /// Whether there is a file that may be read.
  package func hasFile(_ path: String) -> Bool { (try? kind(path)) == .file }

  /// Bytes of a file that may be read; `nil` when there is none.
  package func size(_ path: String) throws -> Int? {
    let place = try readablePath(path)
    guard let handle = try? place.open(DirectPath.pathOnly) else { return nil }
    let facts = Self.facts(handle)
    return facts.kind == .file ? facts.size : nil
  }

  /// Every byte of a file, or its first ones.
  package func read(_ path: String, first limit: Int = .max) throws -> [UInt8] {
    try read(path) { 0..<min($0, limit) }
  }

  /// The last bytes of a file.
  package func read(_ path: String, last limit: Int) throws -> [UInt8] {
    try read(path) { max(0, $0 - limit)..<$0 }
  }

  private func read(_ path: String, part: (Int) -> Range<Int>) throws -> [UInt8] {
    let place = try readablePath(path)
    do {
      // Opening a pipe would wait for somebody to write into it.
      let handle = try place.open(O_RDONLY | O_NONBLOCK)
      let facts = Self.facts(handle)
      if facts.kind == .folder { throw Problem("file", "\"\(path)\" is a folder, not a file") }
      guard facts.kind == .file else {
        throw Problem("file", "\"\(path)\" is not a regular file", notes: ["devices are not read"])
      }
      let part = part(facts.size)
      try Memory.check([part.count], bytesEach: 1, "the file \"\(path)\" of bytes")
      return try Self.bytes(handle, part)
    } catch let error as SystemError {
      throw missing(path, place, error)
    }
  }

  /// The visible entries of a folder, in the order of their names' UTF-8 bytes: the same on every
  /// machine.
  package func entries(_ path: String) throws -> [(name: String, isFolder: Bool)] {
    let place = try readablePath(path)
    do {
      let handle = try place.open(O_RDONLY | O_DIRECTORY)
      let descriptor = dup(handle.fileDescriptor)
      guard descriptor >= 0, let stream = fdopendir(descriptor) else { throw SystemError() }
      defer { closedir(stream) }
      var names: [String] = []
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
      }
      return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        .map { (name: $0, isFolder: (try? kind(path + "/" + $0)) == .folder) }
    } catch let error as SystemError {
      if error.number == ENOTDIR, (try? kind(path)) != nil {
        throw Problem("file", "\"\(path)\" is a file, not a folder")
      }
      throw Problem(
        "file", "there is no folder \"\(path)\"", notes: ["looked for \(place.path)", error.text])
    }
  }

  /// Writes a whole file or leaves what was there. Makes missing folders.
  ///
  /// - Parameter isFlushed: whether it must outlive a loss of power that follows at once.
  package func write(
    _ bytes: some Collection<UInt8>, to path: String, isFlushed: Bool = true
  ) throws {
    try Self.replace(try writablePath(path), with: bytes, named: path, isFlushed: isFlushed)
  }

  /// Makes a folder and those above it.
  package func makeFolder(_ path: String) throws {
    do { _ = try writablePath(path).opened(makesMissing: true) } catch let error as SystemError {
      throw Problem("file", "the folder \"\(path)\" cannot be made", notes: [error.text])
    }
  }

  /// Removes a file, or an empty folder; whether it is gone.
  @discardableResult
  package func remove(_ path: String, isFolder: Bool = false) throws -> Bool {
    // A link is removed itself: only the way to it is resolved.
    let name = PathName.last(path)
    let folder = PathName.folder(path)
    let place = try writablePath(folder.isEmpty ? "." : folder)
    return try DirectPath(resolving: place.path).child(name).remove(isFolder: isFolder)
  }

  /// The path as seen from `root`; `nil` when it may not be read or lies elsewhere.
  package func pathBelowRoot(_ path: String) -> String? {
    guard let place = try? readablePath(path), place.isInside(own), place != own else { return nil }
    return place.parts.dropFirst(own.parts.count).joined(separator: "/")
  }

  /// Gives a file of the user's own choice the content in one step.
  package static func replace(_ url: URL, with data: Data) throws {
    let place: DirectPath
    do { place = try DirectPath(resolving: url.absoluteURL.path) } catch let error as SystemError {
      throw Problem("file", "\"\(url.path)\" cannot be written", notes: [error.text])
    }
    try replace(place, with: data, named: url.path, isFlushed: true)
  }
}

extension FileAccess {
  private static func replace(
    _ place: DirectPath, with bytes: some Collection<UInt8>, named path: String, isFlushed: Bool
  ) throws {
    do { try place.replace(with: bytes, isFlushed: isFlushed) } catch let error as SystemError {
      throw Problem("file", "\"\(path)\" cannot be written", notes: [error.text])
    }
  }

  private func readablePath(_ path: String) throws -> DirectPath {
    try allowed(path, in: readable, verb: "read", option: "--read")
  }

  private func writablePath(_ path: String) throws -> DirectPath {
    try allowed(path, in: writable, verb: "write", option: "--write")
  }

  /// The place a user's path means, if it stands in one of the folders.
  private func allowed(
    _ path: String, in folders: [DirectPath]?, verb: String, option: String
  ) throws -> DirectPath {
    if path.contains("\0") { throw Problem("file", "a path cannot contain a NUL byte") }
    if path.isEmpty { throw Problem("file", "the path is empty") }
    if folders?.isEmpty == true {
      throw Problem(
        "denied", "this program may not \(verb) files",
        notes: hasCommandLine ? ["it runs with --safe"] : [])
    }
    let expanded = path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst() : path
    let place = try DirectPath(
      resolving: expanded.hasPrefix("/") ? expanded : own.path + "/" + expanded)
    guard let folders else { return place }
    if folders.contains(where: { place.isInside($0) }) { return place }
    let outside = PathName.folder(path)
    throw Problem(
      "denied", "this script may not \(verb) outside its directory",
      notes: ["\"\(path)\" is \(place.path), its directory is \(own.path)"],
      suggestions: hasCommandLine
        ? ["allow it once with  \(option) \(outside.isEmpty ? path : outside)"] : [])
  }

  private func missing(_ path: String, _ place: DirectPath, _ error: SystemError) -> Problem {
    guard error.number == ENOENT || error.number == ENOTDIR else {
      return Problem("file", "\"\(path)\" cannot be read", notes: [error.text])
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.folder.path)) ?? []
    let nearest = place.parts.last.flatMap { Spelling.nearest(to: $0, in: names.sorted()) }
    return Problem(
      "file", "there is no file \"\(path)\"", notes: ["looked in \(place.folder.path)"],
      suggestions: nearest.map { ["\"\($0)\""] } ?? [])
  }

  private static func resolved(_ url: URL) -> DirectPath {
    // A root that leads in circles holds nothing.
    (try? DirectPath(resolving: url.absoluteURL.path)) ?? DirectPath.nowhere
  }

  private static func facts(_ handle: FileHandle) -> (kind: Kind, size: Int) {
    var facts = stat()
    guard fstat(handle.fileDescriptor, &facts) == 0 else { return (.other, 0) }
    switch facts.st_mode & S_IFMT {
    case S_IFREG: return (.file, Int(facts.st_size))
    case S_IFDIR: return (.folder, 0)
    default: return (.other, 0)
    }
  }

  private static func bytes(_ handle: FileHandle, _ part: Range<Int>) throws -> [UInt8] {
    if part.lowerBound > 0 { lseek(handle.fileDescriptor, part.lowerBound, SEEK_SET) }
    var failure: SystemError?
    // Files of the system tell no size; the rest of a file that grows is left out.
    let room = part.isEmpty ? 1 << 16 : part.count
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
      filled = 0
      while filled < room {
        let got = Foundation.read(
          handle.fileDescriptor, buffer.baseAddress! + filled, room - filled)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = SystemError() }
        if got <= 0 { break }
        filled += got
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
