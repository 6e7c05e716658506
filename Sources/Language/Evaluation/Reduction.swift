import Basics
import Tensors

/// The reductions that take binders: `sum[k in 0..n] f(k)`.
struct Reduction: Sendable {
  let name: String
  /// Takes one value into the two registers at the pointer.
  let take: @Sendable (Value, UnsafeMutablePointer<Value>, Call) throws -> Void
  /// The result when every value was taken.
  let result: @Sendable (UnsafeMutablePointer<Value>, Call) throws -> Value

  /// In the order in which code refers to them.
  static let kinds: [Reduction] = [
    folding("sum", .add, empty: .int(0)),
    folding("prod", .multiply, empty: .int(1)),
    extreme("max", .greater),
    extreme("min", .less),
    Reduction(name: "mean") { value, state, call in
      state[0] = state[0].isNone ? value : try Operators.binary(.add, state[0], value, call)
      state[1] = .int((state[1].integer ?? 0) + 1)
    } result: { state, call in
      guard !state[0].isNone else { throw empty("mean") }
      return try Operators.binary(.divide, state[0], state[1], call)
    },
    folding("any", .or, empty: .bool(false)),
    folding("all", .and, empty: .bool(true)),
  ]

  /// The position of a reduction among `kinds`.
  static func index(_ name: String) -> Int? { kinds.firstIndex { $0.name == name } }

  private static func folding(_ name: String, _ op: ValueOperator, empty: Value) -> Reduction {
    Reduction(name: name) { value, state, call in
      if case .bool = empty, value.number != nil {
        throw Problem(
          "type", "`\(name)` takes conditions, not numbers",
          notes: ["its formula ends before a comparison"],
          suggestions: ["\(name)[…] (a < b)"])
      }
      state[0] = state[0].isNone ? value : try Operators.binary(op, state[0], value, call)
    } result: { state, _ in
      state[0].isNone ? empty : state[0]
    }
  }

  private static func extreme(_ name: String, _ op: ValueOperator) -> Reduction {
    Reduction(name: name) { value, state, call in
      guard value.number != nil else {
        throw Problem("type", "`\(name)` compares numbers, not \(Operators.described(value))")
      }
      if state[0].isNone {
        state[0] = value
      } else if try Operators.condition(Operators.binary(op, value, state[0], call)) {
        state[0] = value
      }
    } result: { state, _ in
      if state[0].isNone { throw empty(name) }
      return state[0]
    }
  }

  private static func empty(_ name: String) -> Problem {
    Problem("empty", "the \(name) of nothing has no value")
  }
}
