import Basics
import Foundation
import Language
import Testing

@testable import Builtins

/// Short programs in `Tests/Programs`, one behaviour each: what they print, answer and complain of
/// is what their lines that begin with `#> ` say.
@Suite struct ProgramTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Programs")

  static let programs: [String] = ["answers", "mistakes"].flatMap { folder in
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: folder).path)
    return (names ?? []).filter { $0.hasSuffix(".fdsl") }.sorted().map { "\(folder)/\($0)" }
  }

  @Test func `there are programs of both sorts`() {
    #expect(Self.programs.contains { $0.hasPrefix("answers") })
    #expect(Self.programs.contains { $0.hasPrefix("mistakes") })
  }

  @Test(arguments: programs)
  func `a program says what its file says`(_ name: String) throws {
    let text = try String(contentsOf: Self.root.appending(path: name), encoding: .utf8)
    let marked = text.split(separator: "\n").filter { $0.hasPrefix("#> ") }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fdsl-program-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let session = Session(
      library: StandardLibrary.library, options: SessionOptions(files: FileAccess(root: folder)))
    var said = ""
    let outcome = try session.run(
      SourceText(text: text), cell: "program", onPrint: { said += $0 },
      onStatement: { if let shown = $0.shown { said += shown.text + "\n" } })
    if case .failed(let diagnostic) = outcome {
      said += DiagnosticText().text(of: diagnostic) + "\n"
    }
    // Lines end where the eye sees them end.
    let lines = said.split(separator: "\n").map { $0.replacing(#/ +$/#, with: "") }
    #expect(lines == marked.map { $0.dropFirst(3).replacing(#/ +$/#, with: "") })
  }
}
