import Basics
import Foundation
import Testing

/// A folder `inside` that a program owns, and a secret beside it.
private struct Grounds {
  let url: URL
  let files: FileAccess

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("grounds-\(UUID())")
    let inside = url.appendingPathComponent("inside")
    try FileManager.default.createDirectory(
      at: inside.appendingPathComponent("sub"), withIntermediateDirectories: true)
    files = FileAccess(root: inside)
    try put("secret", "secret.txt")
    try put("own", "inside/own.txt")
    try put("deep", "inside/sub/deep.txt")
  }

  func put(_ text: String, _ path: String) throws {
    try text.write(
      to: url.appendingPathComponent(path), atomically: false, encoding: .utf8)
  }

  func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: url.appendingPathComponent(path).path, withDestinationPath: target)
  }

  func text(_ path: String) -> String? {
    try? String(contentsOf: url.appendingPathComponent(path), encoding: .utf8)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }
}

private func slug(_ body: () throws -> Void) -> String? {
  do { try body() } catch { return (error as? Problem)?.slug ?? "\(error)" }
  return nil
}

@Suite struct `files of a program` {
  /// Links to make (path, target), and a path that must not be reached through them.
  static let escapes: [(links: [(String, String)], path: String)] = [
    ([], "../secret.txt"),
    ([], "sub/../../secret.txt"),
    ([], "./../inside/../secret.txt"),
    ([], "missing/../../secret.txt"),
    ([("inside/out.txt", "../secret.txt")], "out.txt"),
    ([("inside/out", "..")], "out/secret.txt"),
    ([("inside/out", "..")], "sub/../out/secret.txt"),
    ([("inside/sub/out", "../..")], "sub/out/secret.txt"),
    ([("inside/a", "b"), ("inside/b", "c"), ("inside/c", "../secret.txt")], "a"),
    ([("inside/a", "sub/../../secret.txt")], "a"),
    ([("inside/new.txt", "../made.txt")], "new.txt"),
    ([("inside/new", "../made")], "new/file.txt"),
    ([("inside/proc", "/proc/self/root")], "proc/etc/passwd"),
  ]

  @Test(arguments: escapes.indices)
  func `cannot be reached outside its folder`(_ index: Int) throws {
    let (links, path) = Self.escapes[index]
    let grounds = try Grounds()
    defer { grounds.remove() }
    for (place, target) in links { try grounds.link(place, to: target) }
    #expect(slug { _ = try grounds.files.read(path) } == "denied")
    #expect(slug { try grounds.files.write(Array("x".utf8), to: path) } == "denied")
    #expect(slug { _ = try grounds.files.entries(path) } == "denied")
    #expect(slug { _ = try grounds.files.kind(path) } == "denied")
    #expect(slug { _ = try grounds.files.size(path) } == "denied")
    #expect(slug { try grounds.files.makeFolder(path) } == "denied")
    #expect(!grounds.files.hasFile(path))
    #expect(grounds.text("secret.txt") == "secret")
    #expect(grounds.text("made.txt") == nil && grounds.text("made/file.txt") == nil)
  }

  @Test func `absolute paths count as where they lead`() throws {
    let grounds = try Grounds()
    defer { grounds.remove() }
    let secret = grounds.url.appendingPathComponent("secret.txt").path
    #expect(slug { _ = try grounds.files.read(secret) } == "denied")
    let own = grounds.url.appendingPathComponent("inside/own.txt").path
    #expect(try grounds.files.read(own) == Array("own".utf8))
    try grounds.link("inside/there", to: secret)
    #expect(slug { _ = try grounds.files.read("there") } == "denied")
    // A folder whose name merely begins alike is another folder.
    try FileManager.default.createDirectory(
      at: grounds.url.appendingPathComponent("inside2"), withIntermediateDirectories: true)
    try grounds.put("other", "inside2/x.txt")
    #expect(slug { _ = try grounds.files.read("../inside2/x.txt") } == "denied")
  }

  @Test func `links inside the folder work`() throws {
    let grounds = try Grounds()
    defer { grounds.remove() }
    try grounds.link("inside/near.txt", to: "sub/deep.txt")
    try grounds.link("inside/folder", to: "sub")
    #expect(try grounds.files.read("near.txt") == Array("deep".utf8))
    #expect(try grounds.files.read("folder/deep.txt") == Array("deep".utf8))
    #expect(try grounds.files.read("sub/../own.txt") == Array("own".utf8))
    try grounds.files.write(Array("new".utf8), to: "near.txt")
    #expect(grounds.text("inside/sub/deep.txt") == "new")
    #expect(try grounds.files.entries(".").map(\.name) == ["folder", "near.txt", "own.txt", "sub"])
  }

  @Test func `links in circles are trouble and no hang`() throws {
    let grounds = try Grounds()
    defer { grounds.remove() }
    try grounds.link("inside/a", to: "b")
    try grounds.link("inside/b", to: "a")
    #expect(slug { _ = try grounds.files.read("a") } == "file")
    #expect(slug { try grounds.files.write([1], to: "a/x") } == "file")
  }

  @Test func `removing a link leaves what it points at`() throws {
    let grounds = try Grounds()
    defer { grounds.remove() }
    try grounds.link("inside/out.txt", to: "../secret.txt")
    #expect(try grounds.files.remove("out.txt"))
    #expect(grounds.text("secret.txt") == "secret")
    try grounds.link("inside/out", to: "..")
    #expect(slug { try grounds.files.remove("out/secret.txt") } == "denied")
    #expect(grounds.text("secret.txt") == "secret")
  }

  @Test func `a link that takes a folder's place between check and use leads nowhere`() throws {
    let grounds = try Grounds()
    defer { grounds.remove() }
    // One thread swaps a folder with a link out, the other reads and writes through its name.
    let (door, real, link) = (
      grounds.url.appendingPathComponent("inside/door").path,
      grounds.url.appendingPathComponent("inside/sub").path,
      grounds.url.appendingPathComponent("link").path
    )
    try grounds.put("secret", "deep.txt")
    try grounds.link("link", to: "..")
    try FileManager.default.moveItem(atPath: real, toPath: door)
    let over = Interruption()
    let swapper = Thread {
      while !over.isRequested {
        rename(door, real)
        rename(link, door)
        rename(door, link)
        rename(real, door)
      }
    }
    swapper.start()
    var reads = 0
    for _ in 0..<3000 {
      if let bytes = try? grounds.files.read("door/deep.txt") {
        #expect(bytes != Array("secret".utf8))
        reads += 1
      }
      try? grounds.files.write(Array("deep".utf8), to: "door/deep.txt", isFlushed: false)
    }
    over.request()
    #expect(grounds.text("deep.txt") == "secret")
    #expect(reads > 0)
  }

  @Test func `devices and pipes are not read`() throws {
    let grounds = try Grounds()
    defer { grounds.remove() }
    mkfifo(grounds.url.appendingPathComponent("inside/pipe").path, 0o600)
    #expect(slug { _ = try grounds.files.read("pipe") } == "file")
    let all = FileAccess(root: grounds.url, reading: nil)
    #expect(slug { _ = try all.read("/dev/zero") } == "file")
    #expect(slug { _ = try grounds.files.read("sub") } == "file")
    #expect(slug { _ = try grounds.files.read("own.txt/x") } == "file")
    #expect(slug { _ = try grounds.files.read("") } == "file")
    #expect(slug { _ = try grounds.files.read("a\0b") } == "file")
    #expect(slug { try grounds.files.write([1], to: "sub") } == "file")
    #expect(slug { try grounds.files.write([1], to: "own.txt/x") } == "file")
  }

  @Test func `further folders may be allowed`() throws {
    let grounds = try Grounds()
    defer { grounds.remove() }
    let inside = grounds.files.root
    let reader = FileAccess(root: inside, reading: [grounds.url])
    #expect(try reader.read("../secret.txt") == Array("secret".utf8))
    #expect(slug { try reader.write([1], to: "../made.txt") } == "denied")
    let writer = FileAccess(root: inside, writing: [grounds.url.appendingPathComponent("results")])
    try writer.write(Array("made".utf8), to: "../results/deep/made.txt")
    #expect(grounds.text("results/deep/made.txt") == "made")
    #expect(try writer.read("../results/deep/made.txt") == Array("made".utf8))
    #expect(slug { try writer.write([1], to: "../secret.txt") } == "denied")
    let safe = FileAccess(root: inside, isReadOnly: true)
    #expect(slug { try safe.write([1], to: "own.txt") } == "denied")
    #expect(slug { _ = try FileAccess.nothing.read("/etc/passwd") } == "denied")
  }

  @Test func `a write keeps the mode and leaves no part behind`() throws {
    let grounds = try Grounds()
    defer { grounds.remove() }
    let path = grounds.url.appendingPathComponent("inside/own.txt").path
    chmod(path, 0o640)
    try grounds.files.write(Array("changed".utf8), to: "own.txt")
    #expect(grounds.text("inside/own.txt") == "changed")
    var facts = stat()
    stat(path, &facts)
    #expect(facts.st_mode & 0o777 == 0o640)
    let names = try FileManager.default.contentsOfDirectory(atPath: grounds.files.root.path)
    #expect(names.sorted() == ["own.txt", "sub"])
  }
}
