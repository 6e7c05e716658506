/// The signs of comparisons.
package enum Comparator: String, CaseIterable, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessEqual = "<="
  case greater = ">"
  case greaterEqual = ">="
  case approximately = "~="

  init?(_ token: Token) {
    guard let symbol = token.symbol else { return nil }
    self.init(rawValue: symbol.rawValue)
  }
}

/// A chain of comparisons: `0 <= x < 1` asks for all of them, and `x` is worked out once.
package struct ComparisonForm: Form {
  /// One sign and what stands on its right.
  package struct Link: Sendable {
    package let sign: Comparator
    package let signSpan: Span
    package let right: any Form
  }

  package let first: any Form
  /// At least one.
  package let links: [Link]

  package var span: Span { first.span.joined(with: links[links.count - 1].right.span) }
  package var children: [any Form] { [first] + links.map(\.right) }

  package var sexpr: String {
    if links.count == 1 { return list(links[0].sign.rawValue, children.map(\.sexpr)) }
    return list(
      "chain", [first.sexpr] + links.flatMap { [$0.sign.rawValue, $0.right.sexpr] })
  }

  package func space(_ page: inout Page) {
    for link in links { page.spaced(link.signSpan) }
  }
}
