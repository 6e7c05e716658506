import Basics
import Foundation
import Language
import Testing

@testable import Builtins

/// Every builtin's manual page is run: its examples answer what they say.
@Suite struct ExampleTests {
  @Test func `no two chapters share a name`() {
    let library = StandardLibrary.library
    #expect(library.chapters.flatMap(\.names).sorted() == library.names)
  }

  static let names = StandardLibrary.library.builtins.keys.sorted()

  /// Their examples read files that a user has.
  static let readingFiles: Set = ["cifar10", "cifar100", "folder", "idx", "mnist"]

  @Test(arguments: names.filter { !readingFiles.contains($0) })
  func `an example answers what its page says`(_ name: String) throws {
    let builtin = try #require(StandardLibrary.library.builtins[name])
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fdsl-examples-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for example in builtin.examples {
      let session = Session(
        library: StandardLibrary.library, options: SessionOptions(files: FileAccess(root: folder)))
      let source = SourceText(name: name, text: example)
      let outcome = try session.run(
        source, cell: "example",
        onStatement: { result in
          let line = source.text(in: source.span(ofLine: source.line(of: result.span.end)))
          guard let mark = line.range(of: "#> ") else { return }
          let expected = line[mark.upperBound...].trimmingCharacters(in: .whitespaces)
          let answer = (result.shown?.text ?? result.printed)
            .trimmingCharacters(in: .whitespacesAndNewlines)
          #expect(answer == expected, "\(name): \(line)")
        })
      if case .failed(let diagnostic) = outcome {
        Issue.record("\(name): \(DiagnosticText().text(of: diagnostic))\n\(example)")
      }
    }
  }

  @Test(arguments: names) func `a page has a sentence and two examples`(_ name: String) throws {
    let builtin = try #require(StandardLibrary.library.builtins[name])
    let first = builtin.text.components(separatedBy: "\n\n")[0]
    #expect(first.hasSuffix("."), "\(name): \(first)")
    let lines = builtin.examples.joined(separator: "\n").split(separator: "\n")
    #expect(lines.count >= 2, "\(name) has \(lines.count) examples")
  }
}
