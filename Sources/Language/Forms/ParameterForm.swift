/// `param depth = 6 in 1..=24 "transformer blocks"`: a number that the caller of a program may set.
package struct ParameterForm: Form {
  package let name: Identifier
  /// Where `=` stands.
  package let equals: Span
  package let defaultValue: any Form
  /// What it may be: a range or a list.
  package let domain: (any Form)?
  /// Where `in` stands.
  package let domainKeyword: Span?
  package let caption: TextForm?
  /// Where `param` stands.
  package let keyword: Span

  package var span: Span {
    keyword.joined(with: caption?.span ?? domain?.span ?? defaultValue.span)
  }
  package var children: [any Form] {
    [defaultValue, domain, caption].compactMap { $0 }
  }
  package var sexpr: String {
    list(
      "param",
      [name.text, defaultValue.sexpr] + (domain.map { [list("in", [$0.sexpr])] } ?? [])
        + (caption.map { [$0.sexpr] } ?? []))
  }

  /// Whether one begins here: `param` is an ordinary name unless another name follows.
  static func isNext(_ parser: Parser) -> Bool {
    parser.current.name == "param" && parser.next.name != nil && !parser.next.startsLine
  }

  static func parse(_ parser: Parser) throws(Diagnostic) -> ParameterForm {
    let keyword = parser.advance().span
    let name = try parser.identifier("the name of the parameter")
    let equals = parser.current.span
    guard parser.current.symbol == .assign else {
      throw parser.unexpected(expecting: "`=` and a default")
    }
    parser.advance()
    let value = try parser.expression(after: "`=`")
    var domain: (any Form)?
    var domainKeyword: Span?
    if parser.current.keyword == .in {
      domainKeyword = parser.advance().span
      domain = try parser.expression(after: "`in`")
    }
    let caption = parser.isAtLineEnd ? nil : try TextForm.parse(parser)
    return ParameterForm(
      name: name, equals: equals, defaultValue: value, domain: domain,
      domainKeyword: domainKeyword, caption: caption, keyword: keyword)
  }

  package func space(_ page: inout Page) {
    page.spaceAfter(keyword)
    page.aligned(equals)
    if let domainKeyword { page.aligned(domainKeyword) }
    if let caption { page.alignedBefore(caption.span) }
  }
}

extension ParameterForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    if !code.function.isTopLevel {
      code.report("param", "`param` stands at the top level of a file", at: keyword)
    }
    code.refuseConstant(name)
    let value = code.function.register()
    code.emit(defaultValue, into: value)
    var range: Int32?
    if let domain {
      let register = code.function.register()
      code.emit(domain, into: register)
      range = register
    }
    code.function.parameterSites.append(
      ParameterSite(name: name.text, range: range, caption: caption?.constant ?? ""))
    code.add(
      .parameter, value, Int32(code.function.parameterSites.count - 1), at: name.span)
    code.bind(name.text, to: value, at: name.span)
    if let range { code.release(range) }
    code.release(value)
    return code.place(code.function.constant(.none), in: target, at: span)
  }

  package func collectAssigned(_ names: inout Set<String>) { names.insert(name.text) }

  package var echoes: Bool { false }
}
