import Basics
import Foundation
import Language
import Testing

@testable import Builtins

/// Short programs in `Tests/Programs`, one behaviour each: what they print, answer and complain of
/// is what their `#> ` marks say, on lines of their own or behind a statement.
///
/// A file is one program, or several that begin with a line `#%% what this one shows`.
@Suite struct ProgramTests {
  /// One program and what it is called.
  struct Program: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String

    var testDescription: String { name }

    /// What is run: the text without the marks and empty lines at its end.
    var code: String {
      var lines = text.components(separatedBy: "\n")
      while let last = lines.last, last.isEmpty || last.hasPrefix("#> ") { lines.removeLast() }
      return lines.joined(separator: "\n") + "\n"
    }

    /// What the marks say, line by line.
    var marks: [String] {
      text.split(separator: "\n").compactMap { line in
        if line.hasPrefix("#> ") { return String(line.dropFirst(3)) }
        return line.range(of: " #> ").map { String(line[$0.upperBound...]) }
      }
    }
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Programs")

  static let programs: [Program] = ["answers", "mistakes"].flatMap { folder in
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: folder).path)
    return (names ?? []).filter { $0.hasSuffix(".fdsl") }.sorted().flatMap { file in
      programs(in: "\(folder)/\(file)")
    }
  }

  private static func programs(in file: String) -> [Program] {
    guard let text = try? String(contentsOf: root.appending(path: file), encoding: .utf8) else {
      return []
    }
    var programs: [Program] = []
    for part in ("\n" + text).components(separatedBy: "\n#%% ").dropFirst() {
      let title = part.prefix { $0 != "\n" }
      programs.append(
        Program(name: "\(file): \(title)", text: String(part.dropFirst(title.count + 1))))
    }
    return programs.isEmpty ? [Program(name: file, text: text)] : programs
  }

  @Test func `there are programs of both sorts`() {
    #expect(Self.programs.contains { $0.name.hasPrefix("answers") })
    #expect(Self.programs.contains { $0.name.hasPrefix("mistakes") })
  }

  @Test(arguments: programs, [true, false])
  func `a program says what its file says, with and without the core`(
    _ program: Program, usesCore: Bool
  ) throws {
    #expect(try said(by: program.code, usesCore: usesCore) == program.marks.map(trimmed))
  }

  /// Messages quote the program, so only programs without errors say the same letter for letter.
  @Test(arguments: programs.filter { !$0.text.contains("error[") })
  func `a program says the same when it is formatted`(_ program: Program) throws {
    let formatted = try Formatter().formatted(SourceText(text: program.code))
    #expect(try said(by: formatted) == program.marks.map(trimmed))
  }

  /// Lines end where the eye sees them end.
  private func trimmed(_ line: String) -> String { line.replacing(#/ +$/#, with: "") }

  /// What a program prints, answers and complains of, line by line.
  private func said(by code: String, usesCore: Bool = true) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fdsl-program-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    if code.contains("lib/blocks.fdsl") {
      let library = folder.appending(path: "lib/blocks.fdsl")
      try FileManager.default.createDirectory(
        at: library.deletingLastPathComponent(), withIntermediateDirectories: true)
      try "double(x) = 2x\n".write(to: library, atomically: true, encoding: .utf8)
    }
    let session = Session(
      library: StandardLibrary.library, options: SessionOptions(files: FileAccess(root: folder)))
    session.machine.usesCore = usesCore
    let source = SourceText(text: code)
    // What is wrong before anything runs is said as a whole.
    let unresolved = session.check(source)
    var said = unresolved.map { DiagnosticText().text(of: $0) + "\n" }.joined()
    if unresolved.isEmpty {
      let outcome = try session.run(
        source, cell: "program", onPrint: { said += $0 },
        onStatement: { if let shown = $0.shown { said += shown.text + "\n" } })
      if case .failed(let diagnostic) = outcome {
        said += DiagnosticText().text(of: diagnostic) + "\n"
      }
    }
    // What differs from machine to machine.
    said = said.replacingOccurrences(of: folder.path, with: "FOLDER")
      .replacing(#/the budget is [0-9.]+ [KMGT]iB/#, with: "the budget is BUDGET")
    return said.split(separator: "\n").map { trimmed(String($0)) }
  }
}
