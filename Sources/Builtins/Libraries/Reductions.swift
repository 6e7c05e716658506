import Basics
import Formulas
import Language
import Tensors

/// Functions that take many numbers together: sums, means, extremes.
enum Reductions: BuiltinLibrary {
  static let title = "Reductions"

  private static let axis = Parameter<Integers?>.optional(
    "axis", "axis to reduce, or several; all when left out")
  private static let keep = Parameter(
    "keep", "keep the axis with size 1, free to stretch", default: false, namedOnly: true)

  static let builtins: [Builtin] = sums + extremes + questions + others

  private static let sums: [Builtin] = [
    reduction(
      "sum", "The sum of all numbers, or along an axis.", "sum([1, 2; 3, 4])", "10",
      "sum([1, 2; 3, 4], axis = 0)", "[4, 6]"
    ) { x, axes, keep in try x.mapped { try $0.sum(axes: axes, keep: keep) } },
    reduction(
      "prod", "The product of all numbers, or along an axis.", "prod([1, 2; 3, 4])", "24",
      "prod([1, 2; 3, 4], axis = 1)", "[2, 12]"
    ) { x, axes, keep in
      switch x {
      case .real(let tensor): .real(try tensor.product(axes: axes, keep: keep))
      case .complex(let tensor): .complex(try tensor.product(axes: axes, keep: keep))
      }
    },
    reduction(
      "mean", "The arithmetic mean of all numbers, or along an axis.", "mean([1, 2, 6])", "3",
      "mean([1, 2; 3, 4], axis = 0)", "[2, 3]"
    ) { x, axes, keep in try x.mapped { try $0.mean(axes: axes, keep: keep) } },
    reduction(
      "var", "The variance around the mean, divided by n (not n-1).", "var([1, 3])", "1",
      "var([1, 2; 3, 4], axis = 1)", "[0.25, 0.25]"
    ) { .real(try variance($0, $1, $2)) },
    reduction(
      "std", "The standard deviation: the root of `var`.", "std([1, 3])", "1",
      "std([1, 2; 3, 4], axis = 0)", "[1, 1]"
    ) { .real(try variance($0, $1, $2).squareRoot()) },
  ]

  private static let extremes: [Builtin] = [
    extreme(
      "max", "The greatest number", "max([3, 1, 2])", "3", "max([1, 5], 3)", "[3, 5]", .greatest
    ) {
      try $0.max(axes: $1, keep: $2)
    },
    extreme("min", "The least number", "min([3, 1, 2])", "1", "min([1, 5], 3)", "[1, 3]", .least) {
      try $0.min(axes: $1, keep: $2)
    },
    position("argmax", "greatest", "1", "[1, 0]", { $0 > $1 }),
    position("argmin", "least", "2", "[0, 1]", { $0 < $1 }),
  ]

  private static let questions: [Builtin] = [
    question(
      "any", "Whether a mask is true anywhere, or anywhere along an axis; false for nothing.",
      "true", "any([1, 2; 3, 4] > 3, axis = 0)", "[false, true]"
    ) { try Tensors.Arithmetic("greater")($0.sum(axes: $1, keep: $2), Tensor(0)) },
    question(
      "all", "Whether a mask is true everywhere, or everywhere along an axis; true for nothing.",
      "false", "all([1, 2; 3, 4] > 1, axis = 1)", "[false, true]"
    ) { try Tensors.Arithmetic("greater")($0.product(axes: $1, keep: $2), Tensor(0)) },
  ]

  private static let others: [Builtin] = [
    Builtin(
      "cumsum",
      """
      Running sums along an axis; a tensor of rank 1 needs none.

          cumsum([1, 2, 3])              #> [1, 3, 6]
          cumsum(1..=4)                  #> [1, 3, 6, 10]
          cumsum([1, 2; 3, 4], axis = 0) #> [1, 2; 4, 6]
      """, Parameter<AnyTensor>("x", "tensor"),
      Parameter<Int?>.optional("axis", "axis along which the sums run")
    ) { (x: AnyTensor, axis: Int?) in
      guard let axis = axis ?? (x.shape.count == 1 ? 0 : nil) else {
        throw Problem(
          "shape", "`cumsum` of a tensor of shape \(x.shape) needs an axis",
          suggestions: x.shape.isEmpty ? [] : ["cumsum(x, axis = 0)", "cumsum(flatten(x))"],
          argument: 0)
      }
      return try x.mapped { try $0.cumulativeSum(axis: axis) }
    },
    Builtin(
      "softmax",
      """
      exp(x) divided by its sum along the last axis, or another; never overflows.

          softmax([0, 0])        #> [0.5, 0.5]
          sum(softmax([1, 2, 3]))    #> 1
      """, Parameter("x", "tensor"), Parameter("axis", "axis that sums to 1", default: -1)
    ) { (x: Tensor, axis: Int) in try x.softmax(axis: axis) },
    Builtin(
      "logsumexp",
      """
      log(sum(exp(x))) of all numbers, or along an axis; never overflows.

          logsumexp([1000, 1000]) - 1000         #> 0.69315
          logsumexp([0, 0; 1, 1], axis = 1)      #> [0.69315, 1.6931]
      """, Parameter("x", "tensor"), axis, keep
    ) { (x: Tensor, axis: Integers?, keep: Bool) in
      try x.logSumExp(axes: axis?.values, keep: keep)
    },
  ]

  private static func variance(_ x: AnyTensor, _ axes: [Int]?, _ keep: Bool) throws -> Tensor {
    switch x {
    case .real(let tensor): return try tensor.variance(axes: axes, keep: keep)
    case .complex(let tensor):
      let centre = try tensor.mapped { try $0.mean(axes: axes, keep: true) }
      return try tensor.subtracting(centre).squaredModulus().mean(axes: axes, keep: keep)
    }
  }

  private static func reduction(
    _ name: String, _ text: String, _ example: String, _ answer: String, _ second: String,
    _ secondAnswer: String,
    _ body: @escaping @Sendable (AnyTensor, [Int]?, Bool) throws -> AnyTensor
  ) -> Builtin {
    Builtin(
      name,
      """
      \(text)

          \(example)         #> \(answer)
          \(second)          #> \(secondAnswer)
      """, Parameter("x", "tensor, tuple or range of numbers"), axis, keep
    ) { (x: Value, axis: Integers?, keep: Bool) in
      guard let tensor = AnyTensor.converted(from: x) else {
        throw Problem(
          "type", "`x` takes a tensor, not \(Spelling.article(x.typeName))", argument: 0)
      }
      return try body(tensor, axis?.values, keep)
    }
  }

  /// `max` and `min`: of a tensor, or elementwise of several.
  private static func extreme(
    _ name: String, _ text: String, _ example: String, _ answer: String, _ second: String,
    _ secondAnswer: String, _ shortcut: Shortcut,
    _ body: @escaping @Sendable (Tensor, [Int]?, Bool) throws -> Tensor
  ) -> Builtin {
    let operation = Tensors.Arithmetic(name)
    return Builtin(
      name,
      """
      \(text) of a tensor, or along an axis of it; of several numbers or tensors, elementwise.

      nan wins: what it is compared with is nan.

          \(example)         #> \(answer)
          \(second)          #> \(secondAnswer)
      """, Parameter<[Value]>.rest("values", "a tensor, or two or more numbers or tensors"),
      Parameter<Integers?>.optional(
        "axis", "axis to reduce, or several; all when left out", namedOnly: true), keep,
      shortcut: shortcut
    ) { (values: [Value], axis: Integers?, keep: Bool) in
      guard let first = values.first else {
        throw Problem("arguments", "`\(name)` needs a tensor or some numbers")
      }
      if let index = values.firstIndex(where: \.isComplex) {
        throw Problem(
          "type", "complex numbers have no \(name)", suggestions: ["\(name)(|z|)"], argument: index)
      }
      if values.count == 1 {
        guard let tensor = first.tensor else {
          throw Problem(
            "type", "`\(name)` takes a tensor, not \(Spelling.article(first.typeName))", argument: 0
          )
        }
        guard tensor.count > 0 else {
          throw Problem("empty", "the \(name) of nothing has no value", argument: 0)
        }
        return Value(try body(tensor, axis?.values, keep))
      }
      return try values.enumerated().dropFirst().reduce(first) { best, next in
        try better(best, next.element, operation, index: next.offset)
      }
    }
  }

  /// The better of two values: integers stay integers.
  private static func better(
    _ best: Value, _ next: Value, _ operation: Tensors.Arithmetic, index: Int
  ) throws -> Value {
    let name = operation.primitive.name
    switch (best, next) {
    case (.int, .int), (.int, .real), (.real, .int), (.real, .real):
      guard let a = best.number, let b = next.number else { return .none }
      if a.isNaN || b.isNaN { return a.isNaN ? best : next }
      return (name == "max" ? b > a : b < a) ? next : best
    default:
      guard let a = best.tensor, let b = next.tensor else {
        throw Problem(
          "type", "`\(name)` of several values compares numbers and tensors", argument: index)
      }
      return Value(try operation(a, b))
    }
  }

  private static func question(
    _ name: String, _ text: String, _ answer: String, _ second: String, _ secondAnswer: String,
    _ body: @escaping @Sendable (Tensor, [Int]?, Bool) throws -> Tensor
  ) -> Builtin {
    Builtin(
      name,
      """
      \(text)

          \(name)([1, 2, 3] > 2)     #> \(answer)
          \(second)      #> \(secondAnswer)
      """, Parameter("mask", "mask"), axis, keep
    ) { (mask: Tensor, axis: Integers?, keep: Bool) in
      let holds = try Tensors.Arithmetic("notequal")(mask.detached, Tensor(0))
      var result = try body(holds, axis?.values, keep)
      result.isMask = true
      return result
    }
  }

  /// `argmax` and `argmin`.
  private static func position(
    _ name: String, _ what: String, _ answer: String, _ secondAnswer: String,
    _ isBetter: @escaping @Sendable (Double, Double) -> Bool
  ) -> Builtin {
    Builtin(
      name,
      """
      The position of the \(what) number: in the flattened tensor, or along an axis. The first of
      several; nan wins.

          \(name)([3, 9, 2])                      #> \(answer)
          \(name)([1, 2; 4, 3], axis = 1)         #> \(secondAnswer)
      """, Parameter("x", "tensor"),
      Parameter<Int?>.optional("axis", "axis to reduce; all when left out")
    ) { (x: Tensor, axis: Int?) in try positions(x, axis, isBetter) }
  }

  private static func positions(
    _ x: Tensor, _ axis: Int?, _ isBetter: (Double, Double) -> Bool
  ) throws -> Value {
    guard x.count > 0 else { throw Problem("empty", "the tensor is empty", argument: 0) }
    func best(_ values: ArraySlice<Double>) -> Int {
      var found = values.startIndex
      for index in values.indices where !values[found].isNaN {
        if values[index].isNaN || isBetter(values[index], values[found]) { found = index }
      }
      return found - values.startIndex
    }
    guard let axis else { return .int(best(x.doubles[...])) }
    let chosen = try x.normalised(axis: axis)
    let last = try x.detached.permuted(x.shape.indices.filter { $0 != chosen } + [chosen])
    let size = x.shape[chosen]
    let values = last.doubles
    let result = stride(from: 0, to: values.count, by: size).map {
      Double(best(values[$0..<$0 + size]))
    }
    return Value(Tensor(result, shape: Array(last.shape.dropLast())))
  }
}
