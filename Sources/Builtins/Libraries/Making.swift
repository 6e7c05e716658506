import Basics
import Formulas
import Language
import Tensors

/// Making tensors.
enum Making: BuiltinLibrary {
  static let title = "Making tensors"
  static let isEveryday = true

  static let builtins: [Builtin] = [
    Builtin(
      "zeros",
      """
      A tensor of zeros.

          zeros(3)               #> [0, 0, 0]
          zeros(2, 5).shape      #> (2, 5)
      """, Parameter<[Int]>.rest("shape", "sizes of the axes")
    ) { (shape: [Int]) in try full(shape, 0, "zeros") }.shaped(.sizes),
    Builtin(
      "ones",
      """
      A tensor of ones.

          ones(3)                #> [1, 1, 1]
          sum(ones(2, 5))        #> 10
      """, Parameter<[Int]>.rest("shape", "sizes of the axes")
    ) { (shape: [Int]) in try full(shape, 1, "ones") }.shaped(.sizes),
    Builtin(
      "full",
      """
      A tensor of one number everywhere.

          full(3, 7)             #> [7, 7, 7]
          full((2, 2), 0.5)      #> [0.5, 0.5; 0.5, 0.5]
      """, Parameter("shape", "sizes of the axes"), Parameter("value", "the number")
    ) { (shape: Integers, value: Double) in try full(shape.values, value, "full") },
    Builtin(
      "eye",
      """
      The identity matrix.

          eye(2)                 #> [1, 0; 0, 1]
          sum(eye(5))            #> 5
      """, Parameter("n", "number of rows")
    ) { (size: Int) in
      var tensor = try full([size, size], 0, "eye")
      for index in 0..<size { tensor[flat: index * size + index] = 1 }
      return tensor
    }.shaped(.square),
    Builtin(
      "linspace",
      """
      `n` numbers from `a` to `b`, both included, equally far apart.

          linspace(0, 1, 5)      #> [0, 0.25, 0.5, 0.75, 1]
          linspace(2, 3, 2)      #> [2, 3]
      """, Parameter("a", "first number"), Parameter("b", "last number"),
      Parameter("n", "how many", default: 50)
    ) { (a: Double, b: Double, count: Int) in
      try check([count])
      guard count > 1 else { return Tensor(count == 1 ? [a] : [], shape: [count]) }
      let values = (0..<count).map { index in
        index == count - 1 ? b : a + (b - a) * Double(index) / Double(count - 1)
      }
      return Tensor(values, shape: [count])
    }.shaped(.count(argument: 2)),
    Builtin(
      "logspace",
      """
      `n` numbers from 10^a to 10^b whose logarithms are equally far apart.

          logspace(0, 3, 4)      #> [1, 10, 100, 1000]
          logspace(-1, 0, 2)     #> [0.1, 1]
      """, Parameter("a", "exponent of the first"), Parameter("b", "exponent of the last"),
      Parameter("n", "how many", default: 50)
    ) { (a: Double, b: Double, count: Int) in
      try check([count])
      return Tensor(
        (0..<count).map { index in
          let exponent = count > 1 ? a + (b - a) * Double(index) / Double(count - 1) : a
          return Reals.pow(10, exponent)
        }, shape: [count])
    },
    Builtin(
      "arange",
      """
      The numbers of a range as a tensor: `arange(end)`, `arange(start, end)` or with a step.

          arange(4)              #> [0, 1, 2, 3]
          arange(1, 2, 0.25)     #> [1, 1.25, 1.5, 1.75]
      """, Parameter("start", "first number, or the end"),
      Parameter<Double?>.optional("end", "bound that is not reached"),
      Parameter("step", "distance", default: 1)
    ) { (start: Double, end: Double?, step: Double) in
      let range = RangeValue(
        start: .real(end == nil ? 0 : start), end: .real(end ?? start), step: .real(step),
        isClosed: false)
      return try range.tensor()
    },
    Builtin(
      "grid",
      """
      The coordinates of all points of a grid, one tensor for each axis.

      The first coordinate varies along the first axis, as in `[f(x, y) for x in xs, y in ys]`.

          X, Y = grid([1, 2], [10, 20, 30])
          X                                      #> [1, 1, 1; 2, 2, 2]
          X + Y                                  #> [11, 21, 31; 12, 22, 32]
      """, Parameter<[Value]>.rest("axes", "the places along each axis, tensors of rank 1")
    ) { (values: [Value]) in
      let axes = try values.enumerated().map { index, value in
        guard let axis = value.tensor, axis.rank == 1 else {
          throw Problem(
            "shape", "axis \(index) of a grid is \(value.facts), not a tensor of rank 1",
            argument: index)
        }
        return axis
      }
      let shape = axes.map(\.count)
      try check(shape, "the grid")
      return Value(
        try axes.enumerated().map { index, axis in
          let behind = [Int](repeating: 1, count: axes.count - index - 1)
          return Value(try axis.reshaped([axis.count] + behind).stretched(to: shape))
        })
    },
    Builtin(
      "tensor",
      """
      A list of numbers, or of tensors of one shape, as a tensor; ranges are laid out.

          tensor((1, 2, 3))      #> [1, 2, 3]
          tensor(0..4)           #> [0, 1, 2, 3]
      """, Parameter("items", "tuple, range, number or tensor")
    ) { (items: Tensor) in items },
    Builtin(
      "f32",
      """
      The tensor in single precision, as images, data and weights are kept.

          f32([1, 2]).shape      #> (2,)
          f32([0.5])             #> [0.5]
      """, Parameter("x", "tensor")
    ) { (x: Tensor) in Value.tensor(TensorBox(x.converted(to: .f32))) },
    Builtin(
      "f64",
      """
      The tensor in double precision, as numbers of the language are kept.

          f64(f32([1, 2]))       #> [1, 2]
          f64(f32([0.5]))        #> [0.5]
      """, Parameter("x", "tensor")
    ) { (x: Tensor) in Value.tensor(TensorBox(x.converted(to: .f64))) },
  ]

  /// Refuses shapes that are negative or too large for the machine.
  static func check(_ shape: [Int], _ name: String = "the tensor") throws {
    try Memory.check(shape, name)
  }

  private static func full(_ shape: [Int], _ value: Double, _ name: String) throws -> Tensor {
    try check(shape, name)
    return Tensor(repeating: value, shape: shape)
  }
}
