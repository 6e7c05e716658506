import Foundation
import Language
import Testing

@testable import Notebooks

/// The formatter over every program of the repository.
@Suite struct FormattingTests {
  /// A program and where it stands.
  struct Text: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String

    var testDescription: String { name }
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Programs that can be read: those of the tests, cell by cell, the notebooks, and the blocks of
  /// the README.
  static let texts: [Text] = {
    var texts: [Text] = []
    for folder in ["Tests/Programs", "notebooks", "scripts"] {
      let walker = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
      for case let path as String in walker! where path.hasSuffix(".fdsl") {
        let name = "\(folder)/\(path)"
        guard let text = try? String(contentsOf: root.appending(path: name), encoding: .utf8) else {
          continue
        }
        for (index, part) in text.components(separatedBy: "\n#%% ").enumerated() {
          texts.append(Text(name: "\(name), part \(index)", text: index > 0 ? "#%% " + part : part))
        }
      }
    }
    if let readme = try? String(contentsOf: root.appending(path: "README.md"), encoding: .utf8) {
      for (index, block) in readme.components(separatedBy: "```fdsl").dropFirst().enumerated() {
        let body = block.components(separatedBy: "\n").dropFirst().joined(separator: "\n")
        let text = body.components(separatedBy: "\n```")[0]
        texts.append(Text(name: "README.md, block \(index)", text: text + "\n"))
      }
    }
    return texts.filter { Parser.program(in: SourceText(text: $0.text)).diagnostics.isEmpty }
  }()

  private func read(_ text: String) -> (tree: String, comments: [String]) {
    let program = Parser.program(in: SourceText(text: text))
    return (program.sexpr, program.comments.map { program.source.text(in: $0.span) })
  }

  @Test func `there are programs of every sort`() {
    for folder in ["Tests/Programs/answers", "notebooks", "README.md"] {
      #expect(Self.texts.contains { $0.name.hasPrefix(folder) })
    }
  }

  @Test(arguments: texts)
  func `formatting keeps the tree and the comments, and is done after once`(_ program: Text) throws
  {
    let once = try Formatter().formatted(SourceText(text: program.text))
    #expect(try Formatter().formatted(SourceText(text: once)) == once)
    #expect(read(once) == read(program.text))
  }

  @Test(arguments: texts)
  func `a program without its author's blanks is laid out all the same`(_ program: Text) throws {
    let squeezed = program.text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        // Blanks inside texts and comments are part of them.
        line.contains("\"") || line.contains("#")
          ? String(line) : String(line.drop { $0 == " " }).replacing(#/ +/#, with: " ")
      }
      .joined(separator: "\n")
    guard read(squeezed).tree == read(program.text).tree else { return }
    let once = try Formatter().formatted(SourceText(text: squeezed))
    #expect(try Formatter().formatted(SourceText(text: once)) == once)
    #expect(read(once).tree == read(program.text).tree)
  }
}
