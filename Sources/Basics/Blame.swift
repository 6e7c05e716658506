/// A place in a program, as the language hands it to libraries: they keep it beside what was made
/// there, and name it when trouble shows later, somewhere else.
package final class Place: Sendable {
  /// What the language knows the place by.
  package let origin: any Sendable

  package init(_ origin: any Sendable) { self.origin = origin }
}

/// The place that is to blame, when it is not where the trouble showed.
package struct Blame: Equatable, Sendable {
  package let place: Place
  /// How many of the entries there are to blame, from the first on.
  package let count: Int
  /// What is wrong with them, in a few words.
  package let text: String

  package init(_ place: Place, first count: Int, _ text: String) {
    self.place = place
    self.count = count
    self.text = text
  }

  package static func == (left: Blame, right: Blame) -> Bool {
    left.place === right.place && left.count == right.count && left.text == right.text
  }
}
