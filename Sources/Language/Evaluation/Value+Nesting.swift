import Basics

extension Value {
  /// How deep lists and functions hold one another in the value; 0 when it holds none.
  package var nesting: Int {
    switch self {
    case .tuple(let tuple): tuple.nesting
    case .function(let function): function.nesting
    case .none, .int, .real, .bool, .complex, .string, .range, .tensor, .host: 0
    }
  }

  /// Deepest nesting. Whoever follows a value to its end (who shows, compares or releases it)
  /// takes native stack for each level.
  static let deepestNesting = 1_000

  /// The value, unless it is nested too deeply.
  func nested() throws -> Value {
    guard nesting > Self.deepestNesting else { return self }
    throw Problem(
      "depth",
      "\(Spelling.article(typeName)) holds others \(nesting) deep, the limit is "
        + "\(Self.deepestNesting)",
      suggestions: ["collect side by side: (…, …, …), or a tensor"])
  }
}
