import Basics
import Language
import Tensors

/// Functions of tensors: shapes, reductions, sorting, products.
enum TensorFunctions: BuiltinLibrary {
  static let title = "Tensors"

  private static let axis = Parameter<Int?>.optional(
    "axis", "axis to reduce; all when left out")
  private static let keep = Parameter(
    "keep", "keep the axis with size 1, free to stretch", default: false, namedOnly: true)

  static let builtins: [Builtin] = shapes + reductions + order + products

  private static let shapes: [Builtin] = [
    Builtin(
      "reshape",
      """
      The same numbers, row by row, under another shape; one size may be -1 and is worked out.

          reshape(0..6, 2, 3)            #> [0, 1, 2; 3, 4, 5]
          reshape(linspace(0, 1, 12), 3, -1).shape   #> (3, 4)
      """, Parameter("x", "tensor"), Parameter<[Int]>.rest("shape", "sizes of the axes")
    ) { (x: Tensor, sizes: [Int]) in
      var shape = sizes
      let known = shape.filter { $0 != -1 }.reduce(1.0) { $0 * Double($1) }
      if let open = shape.firstIndex(of: -1), known > 0, known <= Double(x.count) {
        shape[open] = x.count / Int(known)
      }
      guard !shape.contains(where: { $0 < 0 }),
        shape.reduce(1.0, { $0 * Double($1) }) == Double(x.count)
      else {
        let wanted = sizes.map(String.init).joined(separator: ", ")
        let count = x.count == 1 ? "1 number" : "\(x.count) numbers"
        throw Problem(
          "shape", "\(Value(x).facts) holds \(count), [\(wanted)] does not", argument: 1)
      }
      return try x.reshaped(shape)
    },
    Builtin(
      "flatten",
      """
      All numbers in one row.

          flatten([1, 2; 3, 4])          #> [1, 2, 3, 4]
          flatten(zeros(2, 3)).shape     #> (6,)
      """, Parameter<Tensor?>.optional("x", "tensor; without it, the layer that flattens samples")
    ) { (call: Call, x: Tensor?) in
      guard let x else { return try NetworkBuilding.layer("flatten", call) }
      return Value(try x.reshaped([x.count]))
    },
    Builtin(
      "transpose",
      """
      The tensor with its axes in reverse order, as `x.T`, or the axes in the order given.

          transpose([1, 2; 3, 4])                #> [1, 3; 2, 4]
          transpose(zeros(2, 3, 4), 2, 0, 1).shape       #> (4, 2, 3)
      """, Parameter("x", "tensor"), Parameter<[Int]>.rest("axes", "new order of the axes")
    ) { (x: Tensor, axes: [Int]) in
      axes.isEmpty ? try x.permuted(Array((0..<x.rank).reversed())) : try x.permuted(axes)
    },
    Builtin(
      "concat",
      """
      Tensors one after the other along an axis.

          concat([1, 2], [3])                    #> [1, 2, 3]
          concat([1, 2; 3, 4], [5; 6], axis = 1) #> [1, 2, 5; 3, 4, 6]
      """, Parameter<[Value]>.rest("tensors", "tensors"),
      Parameter("axis", "axis along which they follow", default: 0, namedOnly: true)
    ) { (values: [Value], axis: Int) in
      try Tensor.concatenated(try tensors(values, "concat"), axis: axis)
    },
    Builtin(
      "stack",
      """
      Tensors of one shape along a new first axis.

          stack([1, 2], [3, 4])          #> [1, 2; 3, 4]
          stack(zeros(2), ones(2)).shape #> (2, 2)
      """, Parameter<[Value]>.rest("tensors", "tensors of one shape")
    ) { (values: [Value]) in try Tensor.stacked(try tensors(values, "stack")) },
  ]

  private static let reductions: [Builtin] = [
    reduction(
      "sum", "The sum of all numbers, or along an axis.", "sum([1, 2; 3, 4])", "10",
      "sum([1, 2; 3, 4], axis = 0)", "[4, 6]"
    ) { try $0.sum(axes: $1, keep: $2) },
    reduction(
      "prod", "The product of all numbers, or along an axis.", "prod([1, 2; 3, 4])", "24",
      "prod([1, 2; 3, 4], axis = 1)", "[2, 12]"
    ) { try $0.product(axes: $1, keep: $2) },
    reduction(
      "mean", "The arithmetic mean of all numbers, or along an axis.", "mean([1, 2, 6])", "3",
      "mean([1, 2; 3, 4], axis = 0)", "[2, 3]"
    ) { try $0.mean(axes: $1, keep: $2) },
    reduction(
      "var", "The variance around the mean, divided by n (not n-1).", "var([1, 3])", "1",
      "var([1, 2; 3, 4], axis = 1)", "[0.25, 0.25]"
    ) { try $0.variance(axes: $1, keep: $2) },
    reduction(
      "std", "The standard deviation: the root of `var`.", "std([1, 3])", "1",
      "std([1, 2; 3, 4], axis = 0)", "[1, 1]"
    ) { try $0.variance(axes: $1, keep: $2).squareRoot() },
    extreme("max", "The greatest number", "max([3, 1, 2])", "3", "max(2, 5)", "5", { $0 > $1 }) {
      try $0.max(axes: $1, keep: $2)
    },
    extreme("min", "The least number", "min([3, 1, 2])", "1", "min(2, 5)", "2", { $0 < $1 }) {
      try $0.min(axes: $1, keep: $2)
    },
    position("argmax", "greatest", "1", "[1, 0]", { $0 > $1 }),
    position("argmin", "least", "2", "[0, 1]", { $0 < $1 }),
    Builtin(
      "any",
      """
      Whether a mask is true anywhere.

          any([1, 2, 3] > 2)     #> true
          any([1, 2, 3] > 5)     #> false
      """, Parameter("mask", "mask")
    ) { (mask: Tensor) in mask.doubles.contains { $0 != 0 } },
    Builtin(
      "all",
      """
      Whether a mask is true everywhere.

          all([1, 2, 3] > 0)     #> true
          all([1, 2, 3] > 2)     #> false
      """, Parameter("mask", "mask")
    ) { (mask: Tensor) in mask.doubles.allSatisfy { $0 != 0 } },
    Builtin(
      "cumsum",
      """
      Running sums of a tensor of rank 1.

          cumsum([1, 2, 3])      #> [1, 3, 6]
          cumsum(1..=4)          #> [1, 3, 6, 10]
      """, Parameter("x", "tensor of rank 1")
    ) { (x: Tensor) in
      guard x.rank == 1 else {
        throw Problem("shape", "`cumsum` takes rank 1, this is \(Value(x).facts)", argument: 0)
      }
      var total = 0.0
      return Tensor(
        x.doubles.map {
          total += $0
          return total
        }, shape: x.shape)
    },
    Builtin(
      "softmax",
      """
      exp(x) divided by its sum along the last axis, or another; never overflows.

          softmax([0, 0])        #> [0.5, 0.5]
          sum(softmax([1, 2, 3]))    #> 1
      """, Parameter("x", "tensor"), Parameter("axis", "axis that sums to 1", default: -1)
    ) { (x: Tensor, axis: Int) in try x.softmax(axis: axis) },
  ]

  private static let order: [Builtin] = [
    Builtin(
      "sort",
      """
      The numbers of a tensor of rank 1 in rising order; nan last.

          sort([3, 1, 2])                #> [1, 2, 3]
          sort([3, 1, 2], descending = true)     #> [3, 2, 1]
      """, Parameter("x", "tensor of rank 1"),
      Parameter("descending", "greatest first", default: false, namedOnly: true)
    ) { (x: Tensor, descending: Bool) in
      let values = x.doubles
      return Tensor(order(of: values, descending).map { values[$0] }, shape: x.shape)
    },
    Builtin(
      "argsort",
      """
      The positions that would sort a tensor of rank 1; equal numbers keep their order.

          argsort([3, 1, 2])             #> [1, 2, 0]
          argsort([3, 1, 2], descending = true)  #> [0, 2, 1]
      """, Parameter("x", "tensor of rank 1"),
      Parameter("descending", "greatest first", default: false, namedOnly: true)
    ) { (x: Tensor, descending: Bool) in
      Tensor(order(of: x.doubles, descending).map(Double.init), shape: [x.count])
    },
    Builtin(
      "unique",
      """
      The different numbers, in rising order.

          unique([3, 1, 3, 2])           #> [1, 2, 3]
          unique([5, 5]).size            #> 1
      """, Parameter("x", "tensor")
    ) { (x: Tensor) in
      let values = Set(x.doubles).sorted()
      return Tensor(values, shape: [values.count])
    },
  ]

  private static let products: [Builtin] = [
    Builtin(
      "dot",
      """
      The sum of the products of two tensors of one shape.

          dot([1, 2, 3], [4, 5, 6])      #> 32
          dot([1, 0], [0, 1])            #> 0
      """, Parameter("a", "tensor"), Parameter("b", "tensor of the same shape")
    ) { (a: Tensor, b: Tensor) in try a.multiplying(b).sum() },
    Builtin(
      "outer",
      """
      All products of two tensors of rank 1.

          outer([1, 2], [3, 4])          #> [3, 4; 6, 8]
          outer([1], [2, 3]).shape       #> (1, 2)
      """, Parameter("a", "tensor of rank 1"), Parameter("b", "tensor of rank 1")
    ) { (a: Tensor, b: Tensor) in
      try a.reshaped([a.count, 1]).matmul(try b.reshaped([1, b.count]))
    },
  ]

  private static func reduction(
    _ name: String, _ text: String, _ example: String, _ answer: String, _ second: String,
    _ secondAnswer: String,
    _ body: @escaping @Sendable (Tensor, [Int]?, Bool) throws -> Tensor
  ) -> Builtin {
    Builtin(
      name,
      """
      \(text)

          \(example)         #> \(answer)
          \(second)          #> \(secondAnswer)
      """, Parameter("x", "tensor, tuple or range of numbers"), axis, keep
    ) { (x: Value, axis: Int?, keep: Bool) in
      guard let tensor = x.tensor else {
        throw Problem(
          "type", "`x` takes a tensor, not \(Spelling.article(x.typeName))", argument: 0)
      }
      return try body(tensor, axis.map { [$0] }, keep)
    }
  }

  /// `max` and `min`: of a tensor, or of several numbers.
  private static func extreme(
    _ name: String, _ text: String, _ example: String, _ answer: String, _ second: String,
    _ secondAnswer: String, _ isBetter: @escaping @Sendable (Double, Double) -> Bool,
    _ body: @escaping @Sendable (Tensor, [Int]?, Bool) throws -> Tensor
  ) -> Builtin {
    Builtin(
      name,
      """
      \(text) of a tensor, along an axis of it, or among several numbers.

          \(example)         #> \(answer)
          \(second)          #> \(secondAnswer)
      """, Parameter<[Value]>.rest("values", "a tensor, or two or more numbers"),
      Parameter<Int?>.optional("axis", "axis to reduce; all when left out", namedOnly: true), keep
    ) { (values: [Value], axis: Int?, keep: Bool) in
      guard let first = values.first else {
        throw Problem("arguments", "`\(name)` needs a tensor or some numbers")
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
        return Value(try body(tensor, axis.map { [$0] }, keep))
      }
      var best = first
      for (index, value) in values.enumerated() {
        guard let number = value.number, let old = best.number else {
          throw Problem(
            "type", "`\(name)` of several values compares numbers", argument: index)
        }
        if isBetter(number, old) { best = value }
      }
      return best
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
      The position of the \(what) number: in the flattened tensor, or along an axis.

          \(name)([3, 9, 2])                      #> \(answer)
          \(name)([1, 2; 4, 3], axis = 1)         #> \(secondAnswer)
      """, Parameter("x", "tensor"), axis
    ) { (x: Tensor, axis: Int?) in try positions(x, axis, isBetter) }
  }

  private static func positions(
    _ x: Tensor, _ axis: Int?, _ isBetter: (Double, Double) -> Bool
  ) throws -> Value {
    guard x.count > 0 else { throw Problem("empty", "the tensor is empty", argument: 0) }
    func best(_ values: some Collection<Double>) -> Int {
      var found = 0
      var value = Double.nan
      for (index, candidate) in values.enumerated()
      where index == 0 || isBetter(candidate, value) {
        (found, value) = (index, candidate)
      }
      return found
    }
    guard let axis else { return .int(best(x.doubles)) }
    let axisIndex = axis < 0 ? axis + x.rank : axis
    guard (0..<x.rank).contains(axisIndex) else {
      throw Problem("axis", "\(Value(x).facts) has no axis \(axis)", argument: 1)
    }
    let order = (0..<x.rank).filter { $0 != axisIndex } + [axisIndex]
    let last = try x.permuted(order)
    let size = x.shape[axisIndex]
    let values = last.doubles
    let result = stride(from: 0, to: values.count, by: size).map {
      Double(best(values[$0..<$0 + size]))
    }
    return Value(Tensor(result, shape: Array(last.shape.dropLast())))
  }

  private static func order(of values: [Double], _ descending: Bool) -> [Int] {
    values.indices.sorted { a, b in
      let (x, y) = (values[a], values[b])
      if x.isNaN || y.isNaN { return x.isNaN ? (y.isNaN && a < b) : true }
      if x == y { return a < b }
      return descending ? x > y : x < y
    }
  }

  private static func tensors(_ values: [Value], _ name: String) throws -> [Tensor] {
    var parts = values
    if values.count == 1, case .tuple(let tuple) = values[0] { parts = tuple.items }
    return try parts.enumerated().map { index, value in
      guard let tensor = value.tensor else {
        throw Problem(
          "type", "`\(name)` joins tensors, not \(Spelling.article(value.typeName))",
          argument: values.count == 1 ? 0 : index)
      }
      return tensor
    }
  }
}
