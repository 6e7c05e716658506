/// `gauss(x, μ = 0) = … where …`.
package struct DefinitionForm: Form {
  /// One size in a parameter's shape.
  package enum Dimension: Sendable {
    /// A name that the call gives its number.
    case name(Identifier)
    case size(Int, Span)

    package var sexpr: String {
      switch self {
      case .name(let name): name.text
      case .size(let size, _): String(size)
      }
    }
  }

  /// `q: [n, d] = …`.
  package struct Parameter: Sendable {
    package let name: Identifier
    package let shape: [Dimension]?
    package let shapeSpan: Span?
    package let defaultValue: (any Form)?
    /// Where the default's `=` stands.
    package let equals: Span?

    package var sexpr: String {
      let shape = shape.map { "[" + $0.map(\.sexpr).joined(separator: " ") + "]" }
      let parts = [name.text] + [shape].compactMap { $0 }
      if let defaultValue { return "(= \(parts.joined(separator: " ")) \(defaultValue.sexpr))" }
      return parts.count > 1 ? "(\(parts.joined(separator: " ")))" : name.text
    }
  }

  package let name: Identifier
  package let parameters: [Parameter]
  /// The brackets with the parameters.
  package let parametersSpan: Span
  /// Where the `=` before the body stands.
  package let equals: Span
  package let body: any Form
  package let bindings: WhereClause?

  package var span: Span { name.span.joined(with: bindings?.span ?? body.span) }
  package var children: [any Form] {
    parameters.compactMap(\.defaultValue) + [body] + (bindings?.children ?? [])
  }

  package var sexpr: String {
    let head = ([name.text] + parameters.map(\.sexpr)).joined(separator: " ")
    return list("define", ["(\(head))", body.sexpr] + (bindings.map { [$0.sexpr] } ?? []))
  }

  /// Whether a definition begins here: `name( … ) =`.
  static func isNext(_ parser: Parser) -> Bool {
    guard parser.current.name != nil, parser.next.symbol == .openParenthesis,
      !parser.next.hasSpaceBefore, let end = parser.partner(at: parser.position + 1)
    else { return false }
    return parser.tokens[end + 1].symbol == .assign
  }

  static func parse(_ parser: Parser) throws(Diagnostic) -> DefinitionForm {
    let name = try parser.identifier("a name")
    let opening = try parser.open(.openParenthesis, newlines: .ignored)
    var parameters: [Parameter] = []
    while !parser.isAt(opening) {
      parameters.append(try parameter(parser))
      if parser.isAt(opening) { break }
      try parser.expect(.comma, in: "these parameters")
    }
    let end = parser.close(opening)
    try refuseTwice(parameters.map(\.name), parser)
    var sawDefault = false
    for parameter in parameters {
      if parameter.defaultValue != nil {
        sawDefault = true
      } else if sawDefault {
        throw parser.trouble(
          "unexpected", "`\(parameter.name.text)` needs a default too", at: parameter.name.span,
          notes: ["parameters without a default come first"])
      }
    }
    let equals = parser.advance().span
    let body = try parser.expression(after: "`=`")
    return DefinitionForm(
      name: name, parameters: parameters, parametersSpan: opening.span.joined(with: end),
      equals: equals, body: body, bindings: try WhereClause.parse(parser))
  }

  private static func parameter(_ parser: Parser) throws(Diagnostic) -> Parameter {
    if !parser.current.isEnd, parser.current.name == nil, parser.current.keyword == nil {
      throw parser.trouble(
        "unexpected", "a parameter is a name", at: parser.current.span,
        notes: ["`f(x) = …` defines a function; `==` compares"])
    }
    let name = try parser.identifier("the name of a parameter")
    var shape: [Dimension]?
    var shapeSpan: Span?
    if parser.current.symbol == .colon {
      parser.advance()
      if let type = parser.current.name {
        throw parser.trouble(
          "habit", "parameters have no types, only shapes", at: parser.current.span,
          suggestions: ["\(name.text)  instead of  \(name.text): \(type)", "\(name.text): [n, d]"])
      }
      guard parser.current.symbol == .openBracket else {
        throw parser.unexpected(expecting: "a shape such as `[n, d]`")
      }
      let opening = try parser.open(.openBracket, newlines: .ignored)
      var dimensions: [Dimension] = []
      while !parser.isAt(opening) {
        if case .integer(let size) = parser.current.kind {
          dimensions.append(.size(size, parser.advance().span))
        } else {
          dimensions.append(.name(try parser.identifier("a name or a number")))
        }
        if parser.isAt(opening) { break }
        try parser.expect(.comma, in: "this shape")
      }
      shape = dimensions
      shapeSpan = opening.span.joined(with: parser.close(opening))
    }
    guard parser.current.symbol == .assign else {
      return Parameter(
        name: name, shape: shape, shapeSpan: shapeSpan, defaultValue: nil, equals: nil)
    }
    let equals = parser.advance().span
    let value = try parser.expression(after: "`\(name.text) =`")
    return Parameter(
      name: name, shape: shape, shapeSpan: shapeSpan, defaultValue: value, equals: equals)
  }

  /// Two parameters of one name cannot both be meant.
  static func refuseTwice(_ names: [Identifier], _ parser: Parser) throws(Diagnostic) {
    var seen: [String: Span] = [:]
    for name in names {
      if let first = seen[name.text] {
        throw Diagnostic(
          "twice", "the name `\(name.text)` stands here twice",
          labels: [.init(first, isPrimary: false), .init(name.span)], source: parser.source)
      }
      seen[name.text] = name.span
    }
  }

  package func space(_ page: inout Page) {
    page.aligned(equals)
    for parameter in parameters {
      if let equals = parameter.equals { page.aligned(equals) }
    }
    bindings?.space(&page)
  }
}

extension DefinitionForm {
  /// Its parameters, for checks of its calls.
  var described: [ParameterCode] {
    parameters.map { ParameterCode(name: $0.name.text, hasDefault: $0.defaultValue != nil) }
  }

  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    checkNames(code)
    code.refuseConstant(name)
    var assigned: Set<String> = []
    body.collectAssigned(&assigned)
    let text = code.source.text(in: span)
    let index = code.function(named: name.text, text: text, assigned: assigned) { function in
      code.declare(parameters.map { ($0.name.text, $0.defaultValue != nil) }, assigned)
      if let block = body as? BlockForm {
        function.definitions = Emitter.onlyDefinitions(block.statements)
        for parameter in parameters { function.definitions[parameter.name.text] = nil }
      }
      for (index, parameter) in parameters.enumerated() {
        guard let fallback = parameter.defaultValue else { continue }
        let given = code.add(.jumpIfSet, Int32(index), at: fallback.span)
        code.emit(fallback, into: Int32(index))
        code.land(given)
      }
      emitShapes(code)
      let operand = code.emitWhere(bindings) { code.emit(body) }
      code.add(.result, 0, operand, at: body.span)
    }
    let closure = code.function.register()
    code.add(.closure, closure, index, at: name.span)
    code.bind(name.text, to: closure, at: name.span)
    if code.function.isTopLevel { code.define(name.text, described) }
    code.release(closure)
    return code.place(code.function.constant(.none), in: target, at: span)
  }

  package func collectAssigned(_ names: inout Set<String>) { names.insert(name.text) }

  package var echoes: Bool { false }

  /// Binds the names of shapes in the signature to sizes and checks them against each other.
  private func emitShapes(_ code: Emitter) {
    for (index, parameter) in parameters.enumerated() {
      guard let shape = parameter.shape else { continue }
      var names: [String] = []
      var registers: [Int32] = []
      for dimension in shape {
        switch dimension {
        case .name(let name):
          names.append(name.text)
          if let known = code.function.locals[name.text] {
            registers.append(known)
          } else {
            let register = code.function.register()
            code.function.locals[name.text] = register
            registers.append(register)
          }
        case .size(let size, let span):
          names.append(String(size))
          let register = code.function.register()
          code.add(.move, register, code.function.constant(.int(size)), at: span)
          registers.append(register)
        }
      }
      code.function.shapeSites.append(
        ShapeSite(parameter: parameter.name.text, names: names, registers: registers))
      code.add(
        .bindShape, Int32(index), Int32(code.function.shapeSites.count - 1),
        at: parameter.shapeSpan ?? parameter.name.span)
    }
  }

  private func checkNames(_ code: Emitter) {
    var seen: Set<String> = []
    var lastDefault: Identifier?
    for parameter in parameters {
      if !seen.insert(parameter.name.text).inserted {
        code.report(
          "name", "`\(name.text)` has two parameters `\(parameter.name.text)`",
          at: parameter.name.span)
      }
      if parameter.defaultValue != nil {
        lastDefault = parameter.name
      } else if let lastDefault {
        code.report(
          "name",
          "`\(parameter.name.text)` without a default follows `\(lastDefault.text)` with one",
          at: parameter.name.span, suggestions: ["move `\(parameter.name.text)` to the front"])
      }
    }
  }
}
