/// What the forms say about the gaps between the tokens of a program, for the formatter.
package struct Page: Sendable {
  /// What a gap between two tokens of one line should be.
  enum Gap: Sendable {
    /// Nothing.
    case tight
    /// One space.
    case wide
    /// At least one space; more stay, they line things up.
    case aligned
    /// One space when either side of the sign has any, else nothing.
    case even(Span)
  }

  /// Gap before the token that starts at an offset.
  private(set) var before: [Int: Gap] = [:]
  /// Gap after the token that ends at an offset.
  private(set) var after: [Int: Gap] = [:]
  /// Tensors, in which what the user lined up stays.
  private(set) var tables: [Span] = []
  /// Brackets of indices, whose colons are tight.
  private(set) var slices: [Span] = []
  /// Where statements start.
  private(set) var statementStarts: Set<Int> = []

  /// The page of a whole program.
  init(_ program: Program) {
    statements(program.statements)
    var waiting = program.statements.map(\.form)
    while let form = waiting.popLast() {
      form.space(&self)
      waiting += form.children
    }
  }

  /// One space on both sides of a sign.
  mutating func spaced(_ sign: Span) {
    before[sign.start] = .wide
    after[sign.end] = .wide
  }

  /// Spaces before a sign may line it up with its neighbours; one space behind it.
  mutating func aligned(_ sign: Span) {
    before[sign.start] = .aligned
    after[sign.end] = .wide
  }

  /// No space on either side of a sign.
  mutating func tight(_ sign: Span) {
    before[sign.start] = .tight
    after[sign.end] = .tight
  }

  /// The same on both sides of a sign: the user shows by it what belongs together.
  mutating func even(_ sign: Span) {
    before[sign.start] = .even(sign)
    after[sign.end] = .even(sign)
  }

  mutating func spaceAfter(_ sign: Span) { after[sign.end] = .wide }
  mutating func tightAfter(_ sign: Span) { after[sign.end] = .tight }
  mutating func tightBefore(_ sign: Span) { before[sign.start] = .tight }
  mutating func alignedBefore(_ sign: Span) { before[sign.start] = .aligned }
  mutating func table(_ span: Span) { tables.append(span) }
  mutating func slice(_ span: Span) { slices.append(span) }
  mutating func statements(_ statements: [Statement]) {
    statementStarts.formUnion(statements.map(\.span.start))
  }
}
