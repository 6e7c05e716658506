/// `(lr = 3e-4, depth = 6)`.
package struct RecordForm: Form {
  /// Every one has a name, no two the same.
  package let fields: [Argument]
  package let span: Span

  package var children: [any Form] { fields.map(\.value) }
  package var sexpr: String { list("record", fields.map(\.sexpr)) }

  static func make(
    _ items: [Argument], span: Span, _ parser: Parser
  ) throws(Diagnostic) -> RecordForm {
    var seen: [String: Span] = [:]
    for item in items {
      guard let name = item.name else {
        throw parser.trouble(
          "unexpected", "a record names all its fields", at: item.span,
          suggestions: ["name = \(parser.source.text(in: item.span))"])
      }
      if let first = seen[name.text] {
        throw Diagnostic(
          "twice", "the field `\(name.text)` is given twice",
          labels: [.init(first, isPrimary: false), .init(name.span)], source: parser.source)
      }
      seen[name.text] = name.span
    }
    return RecordForm(fields: items, span: span)
  }

  package func space(_ page: inout Page) {
    for field in fields { field.space(&page) }
  }
}

extension RecordForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    let first = code.emitAll(fields.map(\.value))
    code.function.release(first, count: fields.count)
    let result = target ?? code.function.register()
    code.function.nameLists.append(fields.map { $0.name?.text ?? "" })
    code.add(.record, result, first, Int32(code.function.nameLists.count - 1), at: span)
    return result
  }
}
