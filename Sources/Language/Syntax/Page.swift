/// What forms say about the gaps between tokens, for the formatter.
package struct Page: Sendable {
  /// What a gap on one line should be.
  enum Gap: Sendable {
    /// Nothing.
    case tight
    /// At least one space; more stay, they line things up.
    case wide
    /// As it was.
    case kept
    /// Wide when either side of the sign had a space, else tight.
    case even
  }

  /// Gap before the token that starts at an offset.
  private(set) var before: [Int: Gap] = [:]
  /// Gap after the token that ends at an offset.
  private(set) var after: [Int: Gap] = [:]
  /// Tensors, in which what the user lined up stays.
  private(set) var tables: [Span] = []
  /// Braces of blocks.
  private(set) var blocks: [Span] = []
  /// Colons of slices stand inside these and outside of the forms in `notSlices`.
  private(set) var slices: [(span: Span, except: [Span])] = []

  mutating func spaced(_ sign: Span) {
    before[sign.start] = .wide
    after[sign.end] = .wide
  }
  mutating func tight(_ sign: Span) {
    before[sign.start] = .tight
    after[sign.end] = .tight
  }
  mutating func even(_ sign: Span) {
    before[sign.start] = .even
    after[sign.end] = .even
  }
  mutating func spaceAfter(_ sign: Span) { after[sign.end] = .wide }
  mutating func spaceBefore(_ sign: Span) { before[sign.start] = .wide }
  mutating func tightAfter(_ sign: Span) { after[sign.end] = .tight }
  mutating func keepAfter(_ sign: Span) { after[sign.end] = .kept }
  mutating func keepsInside(_ span: Span) { tables.append(span) }
  mutating func block(_ span: Span) { blocks.append(span) }
  mutating func tightColons(in span: Span, except forms: [any Form]) {
    slices.append((span, forms.map(\.span)))
  }
}
