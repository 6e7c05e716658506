import Foundation
import Testing

@testable import Language

/// The tree of a text without mistakes, as S-expressions.
func tree(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
  let program = Parser.program(in: SourceText(text: text))
  for diagnostic in program.diagnostics {
    Issue.record("\(DiagnosticText().text(of: diagnostic))", sourceLocation: sourceLocation)
  }
  return program.sexpr
}

/// What is wrong with a text.
func mistakes(_ text: String) -> [Diagnostic] {
  Parser.program(in: SourceText(text: text)).diagnostics
}

/// The only thing that is wrong with a text, as it is shown.
func mistake(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
  let found = mistakes(text)
  #expect(found.count == 1, sourceLocation: sourceLocation)
  return found.first.map { DiagnosticText().text(of: $0) } ?? ""
}

/// Slug of each mistake with the text it marks: "ambiguous 2x".
func marks(_ text: String) -> [String] {
  let source = SourceText(text: text)
  return Parser.program(in: source).diagnostics.map {
    "\($0.slug) \($0.span.map { source.text(in: $0) } ?? "-")"
  }
}

/// The programs of a folder in Tests/Programs.
func programs(in folder: String) throws -> [(name: String, text: String)] {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Programs/\(folder)")
  return try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
    .filter { $0.hasSuffix(".fdsl") }
    .map { ($0, try String(contentsOf: root.appending(path: $0), encoding: .utf8)) }
}
