/// What a bracket's other half is.
enum Partner {
  case none
  case at(Int)
  /// The text ends before the bracket closes.
  case missing
  /// A closing bracket of another kind comes first, at this position.
  case displaced(by: Int)

  static func all(of tokens: [Token]) -> [Partner] {
    var partners = [Partner](repeating: .none, count: tokens.count)
    var open: [(position: Int, closer: Symbol)] = []
    var misfits: [Int: Int] = [:]
    for (position, token) in tokens.enumerated() {
      guard let symbol = token.symbol else { continue }
      if let closer = symbol.closer { open.append((position, closer)) }
      guard symbol.isCloser else { continue }
      if let match = open.lastIndex(where: { $0.closer == symbol }) {
        for passed in open[(match + 1)...] { partners[passed.position] = .displaced(by: position) }
        partners[open[match].position] = .at(position)
        partners[position] = .at(open[match].position)
        open.removeSubrange(match...)
      } else if let innermost = open.last {
        misfits[innermost.position] = misfits[innermost.position] ?? position
      }
    }
    for bracket in open {
      partners[bracket.position] = misfits[bracket.position].map { .displaced(by: $0) } ?? .missing
    }
    return partners
  }
}
