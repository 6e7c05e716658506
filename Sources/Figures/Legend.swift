import Basics

/// Where the names of a plot's layers stand.
package struct Legend: Equatable, Sendable {
  /// A place for the legend.
  package enum Position: String, CaseIterable, Sendable {
    /// Where it covers no data: in a corner, else outside; one for panels with the same names.
    case best
    case off
    case topRight = "top right"
    case topLeft = "top left"
    case bottomRight = "bottom right"
    case bottomLeft = "bottom left"
    /// Outside the box.
    case right, below, above
    /// At the end of each line.
    case direct
  }

  package var position: Position
  /// Entries beside each other; 0 to choose.
  package var columns: Int

  package init(_ position: Position = .best, columns: Int = 0) {
    self.position = position
    self.columns = columns
  }

  /// The position that a user writes as `text`.
  package init(named text: String, columns: Int = 0) throws {
    let words = text.lowercased()
    guard let position = Position(rawValue: words) else {
      let names = Position.allCases.map(\.rawValue)
      throw Problem(
        "choice", "a legend cannot stand at \"\(text)\"",
        notes: ["it is one of " + names.map { "\"\($0)\"" }.joined(separator: ", ")],
        suggestions: Spelling.nearest(to: words, in: names).map { ["legend(\"\($0)\")"] } ?? [])
    }
    self.init(position, columns: columns)
  }
}

/// One line of a legend.
package struct LegendEntry: Equatable, Sendable {
  package var label: RichText
  package var color: Colour
  package var swatches: [Swatch]
}
