import Foundation
import Language

/// Rules that hold for every target.
enum Rules {
  /// What is shown of a diagnostic is some text, and its places lie in the source.
  static func check(_ diagnostic: Diagnostic, in source: SourceText) {
    require(!diagnostic.message.isEmpty, "a diagnostic says something")
    require(!diagnostic.slug.isEmpty, "a diagnostic has a slug")
    let own = diagnostic.source ?? source
    for label in diagnostic.labels {
      require(label.span.end <= own.bytes.count, "a label lies in the text")
    }
    for frame in diagnostic.frames {
      guard let source = frame.source, let span = frame.span else { continue }
      require(span.end <= source.bytes.count, "a call lies in its text")
    }
    require(!DiagnosticText().text(of: diagnostic).isEmpty, "a diagnostic is shown")
    let line = DiagnosticText.json(of: diagnostic)
    require(!line.contains("\n"), "the form for tools is one line")
    require(
      (try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil,
      "the form for tools is JSON")
  }
}
