/// A node of the syntax tree: one struct and one file per construct of the language.
///
/// Every form knows its place, its parts, how to write itself down for tests, and how it likes to
/// be spaced. What a form means is told in extensions beside it.
package protocol Form: Sendable {
  /// From its first to its last byte.
  var span: Span { get }
  /// The forms right below it, in the order of the text.
  var children: [any Form] { get }
  /// The tree below it as an S-expression.
  var sexpr: String { get }
  /// Compiles the form: its value ends up in `target`, if given, else in the operand returned.
  func emit(_ code: Emitter, to target: Int32?) -> Int32
  /// Adds the names that the form assigns in the scope where it stands.
  func collectAssigned(_ names: inout Set<String>)
  /// Whether, as a statement, it shows its value.
  var echoes: Bool { get }
  /// Says which gaps between its own tokens are wide or tight; parts are visited separately.
  func space(_ page: inout Page)
}

extension Form {
  package func space(_ page: inout Page) {}

  /// Whether a name stands anywhere in the form.
  func mentions(_ name: String) -> Bool {
    (self as? NameForm)?.text == name || children.contains { $0.mentions(name) }
  }
}

/// A name at the place where it is written.
package struct Identifier: Sendable {
  /// In Unicode: `\alpha` has become `α`.
  package let text: String
  package let span: Span
}

/// A form that stands as a statement of its own.
package struct Statement: Sendable {
  package let form: any Form
  /// The statement without its `;`.
  package let span: Span
  /// Whether it ends in `;`, which keeps its value from being shown.
  package let isMuted: Bool

  package var sexpr: String { isMuted ? "(mute \(form.sexpr))" : form.sexpr }
}

/// A whole text: its statements and what is wrong with it.
package struct Program: Sendable {
  package let source: SourceText
  package let statements: [Statement]
  /// At most one per statement, in the order of the text.
  package let diagnostics: [Diagnostic]
  package let comments: [Comment]
  /// Whether all that is wrong is that the text ends too early; `nil` when it does not.
  package let missing: String?

  /// The statements' S-expressions, one a line.
  package var sexpr: String { statements.map(\.sexpr).joined(separator: "\n") }
}

/// What a statement that could not be read leaves in the tree. Its diagnostic is in the program.
package struct InvalidForm: Form {
  package let span: Span
  /// Names in it: it may have given them values, so that they are no mistakes elsewhere.
  package var names: Set<String> = []

  package var children: [any Form] { [] }
  package var sexpr: String { "(invalid)" }

  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    code.place(code.function.constant(.none), in: target, at: span)
  }
}

/// Writes `(head part part)`.
func list(_ head: String, _ parts: [String]) -> String {
  parts.isEmpty ? "(\(head))" : "(\(head) \(parts.joined(separator: " ")))"
}
