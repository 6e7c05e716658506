import Foundation

/// A path without symbolic links in it, and the ways to use it that keep it so.
///
/// Whoever may put links into a folder could do so between a check of the path and its use. So
/// files are opened step by step from the root, and a link on the way, or at its end, is refused.
struct DirectPath: Equatable, Sendable {
  /// Linux's O_PATH, which needs no right to read: a place, not its content.
  static let pathOnly: Int32 = 0o1000_0000

  /// Names from the root down.
  let parts: [String]

  /// The path that `path` means, which begins at the root: links followed, `.` and `..` resolved.
  /// Its last parts need not exist. Links that point at nothing count as what they point at.
  init(resolving path: String) throws {
    var open = Array(path.split(separator: "/").map(String.init).reversed())
    var parts: [String] = []
    var links = 0
    while let part = open.popLast() {
      if part == "." { continue }
      if part == ".." {
        _ = parts.popLast()
        continue
      }
      let place = "/" + (parts + [part]).joined(separator: "/")
      guard let target = Self.target(ofLink: place) else {
        parts.append(part)
        continue
      }
      links += 1
      if links > 40 { throw Problem("file", "\"\(path)\" leads through too many links") }
      if target.hasPrefix("/") { parts = [] }
      open += target.split(separator: "/").map(String.init).reversed()
    }
    self.parts = parts
  }

  private init(parts: [String]) { self.parts = parts }

  /// A path that nothing stands at or below.
  static let nowhere = DirectPath(parts: ["dev", "null", "nowhere"])

  /// The entry of that name in the folder at the path.
  func child(_ name: String) -> DirectPath { DirectPath(parts: parts + [name]) }

  /// As the system writes it.
  var path: String { "/" + parts.joined(separator: "/") }

  /// The folder it stands in.
  var folder: DirectPath { DirectPath(parts: parts.dropLast()) }

  /// Whether it is `folder` or stands below it.
  func isInside(_ folder: DirectPath) -> Bool { parts.starts(with: folder.parts) }

  /// Opens the file or folder; the error number when that fails.
  func open(_ flags: Int32) throws -> FileHandle {
    guard let name = parts.last else { return try Self.root(flags) }
    let parent = try folder.opened(makesMissing: false)
    let descriptor = openat(parent.fileDescriptor, name, flags | O_NOFOLLOW | O_CLOEXEC)
    if descriptor < 0 { throw SystemError() }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Opens the folder at the path.
  func opened(makesMissing: Bool) throws -> FileHandle {
    var handle = try Self.root()
    for part in parts {
      let flags = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
      var descriptor = openat(handle.fileDescriptor, part, Self.pathOnly | flags)
      if descriptor < 0, errno == ENOENT, makesMissing {
        if mkdirat(handle.fileDescriptor, part, 0o777) != 0, errno != EEXIST { throw SystemError() }
        descriptor = openat(handle.fileDescriptor, part, Self.pathOnly | flags)
      }
      if descriptor < 0 { throw SystemError() }
      handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }
    return handle
  }

  /// Gives the file its content in one step: a temporary file beside it, a flush, a new name.
  func replace(with bytes: some Collection<UInt8>, isFlushed: Bool) throws {
    guard let name = parts.last else { throw SystemError(number: EISDIR) }
    let parent = try folder.opened(makesMissing: true)
    var facts = stat()
    let isThere = fstatat(parent.fileDescriptor, name, &facts, AT_SYMLINK_NOFOLLOW) == 0
    if isThere, facts.st_mode & S_IFMT == S_IFDIR { throw SystemError(number: EISDIR) }
    let temporary =
      ".\(name.utf8.count < 200 ? name : "part").\(UInt64.random(in: 0 ... .max)).part"
    let descriptor = openat(
      parent.fileDescriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw SystemError() }
    defer { close(descriptor) }
    do {
      if isThere, facts.st_mode & S_IFMT == S_IFREG {
        _ = fchmod(descriptor, facts.st_mode & 0o777)
      }
      try Self.write(bytes, to: descriptor)
      if isFlushed, fsync(descriptor) != 0 { throw SystemError() }
      if renameat(parent.fileDescriptor, temporary, parent.fileDescriptor, name) != 0 {
        throw SystemError()
      }
    } catch {
      unlinkat(parent.fileDescriptor, temporary, 0)
      throw error
    }
  }

  /// Removes the file, not what a link of that name points at; whether it is gone.
  func remove(isFolder: Bool = false) -> Bool {
    guard let name = parts.last, let parent = try? folder.opened(makesMissing: false) else {
      return false
    }
    return unlinkat(parent.fileDescriptor, name, isFolder ? Int32(AT_REMOVEDIR) : 0) == 0
  }

  private static func root(_ flags: Int32 = Self.pathOnly) throws -> FileHandle {
    let descriptor = Foundation.open("/", flags | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 { throw SystemError() }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  private static func write(_ bytes: some Collection<UInt8>, to descriptor: Int32) throws {
    try (bytes.withContiguousStorageIfAvailable { try write($0, to: descriptor) })
      ?? Array(bytes).withUnsafeBufferPointer { try write($0, to: descriptor) }
  }

  private static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) throws {
    var sent = 0
    while sent < bytes.count {
      let count = Foundation.write(descriptor, bytes.baseAddress! + sent, bytes.count - sent)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw SystemError() }
      sent += count
    }
  }

  private static func target(ofLink path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      readlink(path, bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }
}

/// What the system said when a call failed.
struct SystemError: Error {
  var number = errno

  /// In the system's words.
  var text: String { String(cString: strerror(number)) }
}
