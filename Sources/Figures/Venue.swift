import Basics

/// The measures of a conference's or journal's page.
package struct Venue: Equatable, Sendable {
  package let name: String
  /// Width of a column in inches; equals `page` where there is one column.
  package let column: Double
  /// Width of the text on the page in inches.
  package let page: Double
  /// Size of the running text in points.
  package let bodySize: Double

  /// Every venue known.
  package static let all = [
    Venue(name: "neurips", column: 5.5, page: 5.5, bodySize: 10),
    Venue(name: "iclr", column: 5.5, page: 5.5, bodySize: 10),
    Venue(name: "icml", column: 3.25, page: 6.75, bodySize: 10),
    Venue(name: "aistats", column: 3.25, page: 6.75, bodySize: 10),
    Venue(name: "uai", column: 3.25, page: 6.75, bodySize: 10),
    Venue(name: "cvpr", column: 3.25, page: 6.875, bodySize: 10),
    Venue(name: "iccv", column: 3.25, page: 6.875, bodySize: 10),
    Venue(name: "aaai", column: 3.3, page: 6.975, bodySize: 10),
    Venue(name: "eccv", column: 4.8, page: 4.8, bodySize: 10),
    Venue(name: "jmlr", column: 6.0, page: 6.0, bodySize: 11),
    Venue(name: "tmlr", column: 6.5, page: 6.5, bodySize: 10),
  ]

  /// The venue and width in points that a user means by `text`: "icml", "icml page", "cvpr column".
  package static func width(named text: String) throws -> (venue: Venue, points: Double) {
    let words = text.lowercased().split(whereSeparator: { " -_/".contains($0) }).map(String.init)
    guard let first = words.first, let venue = all.first(where: { $0.name == first }) else {
      let names = all.map(\.name)
      throw Problem(
        "choice", "no column width is known for \"\(text)\"",
        notes: ["there are: " + names.joined(separator: ", ") + "; or give a width, as 5.5inch"],
        suggestions: Spelling.nearest(to: words.first ?? "", in: names).map {
          ["column = \"\($0)\""]
        }
          ?? [])
    }
    switch words.dropFirst().first {
    case nil, "column": return (venue, venue.column * 72)
    case "page", "wide", "full", "text": return (venue, venue.page * 72)
    case let other?:
      throw Problem(
        "choice", "\"\(text)\" ends in \"\(other)\"",
        notes: ["after the venue stands \"column\" or \"page\""],
        suggestions: ["column = \"\(first) page\""])
    }
  }
}
