/// `first >> second`, in which either may be a composition again.
///
/// A program can compose in a loop, so whatever goes through the parts goes without recursion, also
/// when they are released.
///
/// `@unchecked Sendable`: the parts change only when the last reference goes.
package final class Composition: @unchecked Sendable {
  private var parts: [FunctionValue]
  /// How deep functions and lists hold one another in the parts.
  let nesting: Int

  init(_ first: FunctionValue, _ second: FunctionValue) {
    parts = [first, second]
    nesting = max(first.nesting, second.nesting)
  }

  /// The functions in the order in which they are called; none of them is a composition.
  package var functions: [FunctionValue] {
    var result: [FunctionValue] = []
    var waiting = Array(parts.reversed())
    while let next = waiting.popLast() {
      if case .composed(let inner) = next.kind {
        waiting += inner.parts.reversed()
      } else {
        result.append(next)
      }
    }
    return result
  }

  /// The function that is called first.
  var first: FunctionValue {
    var function = parts[0]
    while case .composed(let inner) = function.kind { function = inner.parts[0] }
    return function
  }

  /// How it is written; a long one is cut.
  var text: String {
    let functions = self.functions
    let most = 12
    var texts = functions.prefix(most).map { $0.name.isEmpty ? $0.text : $0.name }
    if functions.count > most { texts.append("… \(functions.count - most) more") }
    return texts.joined(separator: " >> ")
  }

  deinit {
    var waiting = parts
    parts = []
    while var next = waiting.popLast() {
      if case .composed(let inner) = next.kind, isKnownUniquelyReferenced(&next) {
        waiting += inner.parts
        inner.parts = []
      }
    }
  }
}
