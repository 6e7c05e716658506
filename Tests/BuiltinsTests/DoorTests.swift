import Basics
import Foundation
import Language
import Testing

@testable import Builtins

/// Damaged and hostile files end in a diagnostic or do no harm, whatever is read.
@Suite struct DoorTests {
  private struct Room {
    let folder: URL
    let files: FileAccess

    init() throws {
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("fdsl-doors-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      files = FileAccess(root: folder)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Runs a program of at most two seconds; the slug it ended with.
    @discardableResult
    func run(_ program: String) throws -> String? {
      var options = SessionOptions(files: files)
      options.limits.seconds = 2
      let session = Session(library: StandardLibrary.library, options: options)
      guard case .failed(let diagnostic) = try session.run(SourceText(text: program), cell: "door")
      else { return nil }
      return diagnostic.slug
    }
  }

  /// A file that a program makes, and a program that reads it.
  static let doors: [(make: String, file: String, read: String)] = [
    ("save(image(rand(6, 5)), \"a.png\")", "a.png", "load(\"a.png\")"),
    (
      "save(mlp(2, 3, 2, seed = 1), \"a.safetensors\")", "a.safetensors",
      "load(\"a.safetensors\")([1, 2; 3, 4])"
    ),
    (
      "save(mlp(2, 3, 2, seed = 1), \"a.safetensors\")", "a.safetensors",
      "load(mlp(2, 3, 2), \"a.safetensors\")([1, 2; 3, 4])"
    ),
    (
      "save(conv(1, 2, 3) >> batchnorm(2) >> relu >> flatten, \"a.safetensors\")", "a.safetensors",
      "load(\"a.safetensors\")"
    ),
    (
      "train(mlp(2, 3, 2, seed = 1), points(count = 8), epochs = 1, checkpoint = \"run\")",
      "run/state.json", "resume(\"run\", epochs = 1)"
    ),
    (
      "train(mlp(2, 3, 2, seed = 1), points(count = 8), epochs = 1, checkpoint = \"run\")",
      "run/weights-1.safetensors", "resume(\"run\", epochs = 1)"
    ),
    (
      "train(mlp(2, 3, 2, seed = 1), points(count = 8), epochs = 1, checkpoint = \"run\")",
      "run/memory-1.safetensors", "resume(\"run\", epochs = 1)"
    ),
    (
      "save(image(rand(6, 5)), \"pictures/a/1.png\"); save(image(rand(6, 5)), \"pictures/b/1.png\")",
      "pictures/b/1.png", "d = folder(\"pictures\"); d[1]"
    ),
  ]

  /// What a program may be told of a file that is damaged.
  static let told: Set<String?> = [
    nil, "png", "data", "checkpoint", "weights", "file", "shape", "range", "type", "memory", "time",
    "choice", "name", "arguments", "depth", "encoding", "diverged", "label", "index",
    // The data's expression may be damaged anywhere, and no longer be one.
    "missing", "unexpected", "open", "closer", "habit", "call", "ambiguous", "text", "overflow",
    "reserved", "target", "division", "field", "empty", "axis", "twice", "deep", "denied",
  ]

  @Test(arguments: doors.indices, 0..<4)
  func `a damaged file is told or harmless`(_ index: Int, _ seed: UInt64) throws {
    let (make, file, read) = Self.doors[index]
    let room = try Room()
    defer { room.remove() }
    let place = room.folder.appendingPathComponent(file)
    var random = RandomSource(seed: seed).stream("doors", index)
    for turn in 0..<12 {
      // A training that goes on writes other files.
      #expect(try room.run(make) == nil)
      let whole = [UInt8](try Data(contentsOf: place))
      var bytes = whole
      switch turn % 3 {
      case 0: bytes.removeLast(random.below(whole.count) + 1)
      case 1:
        for _ in 0...random.below(4) {
          bytes[random.below(bytes.count)] = UInt8(random.below(256))
        }
      default:
        // Digits and signs of headers turn into others, as an attacker would have them.
        let signs = Array("0123456789-e.\"[]{},:".utf8)
        let places = bytes.indices.filter { signs.contains(bytes[$0]) }
        for _ in 0...random.below(3) where !places.isEmpty {
          bytes[places[random.below(places.count)]] =
            signs[random.below(signs.count)]
        }
      }
      try Data(bytes).write(to: place)
      let slug = try room.run(read)
      #expect(Self.told.contains(slug), "\(slug ?? "") for \(file), seed \(seed), turn \(turn)")
    }
  }

  /// Texts in a checkpoint's state that somebody put there on purpose.
  @Test(arguments: [
    (#""epochs":1"#, #""epochs":9223372036854775807"#),
    (#""epochs":1"#, #""epochs":-1"#),
    (#""batch":32"#, #""batch":0"#),
    (#""batch":32"#, #""batch":1e30"#),
    (#""stepsPerEpoch":1"#, #""stepsPerEpoch":9223372036854775807"#),
    (#"weights-1.safetensors"#, #"../../../etc/passwd"#),
    (#"weights-1.safetensors"#, #"state.json"#),
    (#"count = 8"#, #"count = 1000000000000000000"#),
    (#"points("#, #"save(image(zeros(2, 2)), \"owned.png\"); points("#),
    (#"points("#, #"load(\"../../etc/passwd.png\"); points("#),
    (#"points("#, #"(() -> { while true { } })(); points("#),
    (#"points("#, #"use \"../lib.fdsl\"\npoints("#),
    (#"points("#, #"zeros(10^9, 10^9); points("#),
    (#"points("#, #"((((((((((((((((((((((((((((((("#),
  ])
  func `a hostile checkpoint gets nowhere`(_ text: String, _ other: String) throws {
    let room = try Room()
    defer { room.remove() }
    try room.run(
      "train(mlp(2, 3, 2, seed = 1), points(count = 8), epochs = 1, checkpoint = \"run\")")
    let state = room.folder.appendingPathComponent("run/state.json")
    let told = try String(contentsOf: state, encoding: .utf8)
    let changed = told.replacingOccurrences(of: text, with: other)
    try changed.write(to: state, atomically: true, encoding: .utf8)
    let slug = try room.run("resume(\"run\", epochs = 1)")
    #expect(changed == told || slug != nil, "\(text) → \(other)")
    #expect(Self.told.contains(slug), "\(slug ?? "")")
    #expect(!FileManager.default.fileExists(atPath: room.folder.path + "/owned.png"))
  }

  @Test func `counts beyond all files are refused`() throws {
    let room = try Room()
    defer { room.remove() }
    func idx(_ counts: [UInt32]) -> [UInt8] {
      [0, 0, 8, UInt8(counts.count)]
        + counts.flatMap { n in (0..<4).map { UInt8(truncatingIfNeeded: n >> (24 - 8 * $0)) } }
    }
    for counts: [UInt32] in [
      [.max, .max, .max], [1, .max, 1], [0, 0, 0], [2, 2, 2], [1 << 31, 2, 2],
    ] {
      try Data(idx(counts) + [1, 2, 3]).write(to: room.folder.appendingPathComponent("x"))
      try Data(idx([counts[0]]) + [0]).write(to: room.folder.appendingPathComponent("y"))
      let slug = try room.run("idx(\"x\", \"y\")")
      #expect(slug == "data" || slug == "memory" || slug == "empty", "\(counts): \(slug ?? "none")")
    }
  }

  @Test func `a small archive cannot fill the memory`() throws {
    let room = try Room()
    defer { room.remove() }
    // A gzip member that says it holds nothing but keeps going, cut at its header and damaged.
    for bytes: [UInt8] in [[0x1f, 0x8b], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], [0x1f, 0x8b, 9]] {
      try Data(bytes + [UInt8](repeating: 0xff, count: 40))
        .write(to: room.folder.appendingPathComponent("x.gz"))
      #expect(try room.run("idx(\"x.gz\", \"x.gz\")") == "data")
    }
  }
}
