import Basics
import Language
import Tensors

/// The order of numbers.
enum Sorting: BuiltinLibrary {
  static let title = "Sorting"

  private static let descending = Parameter(
    "descending", "greatest first", default: false, namedOnly: true)
  private static let axis = Parameter("axis", "axis along which numbers are sorted", default: -1)

  static let builtins: [Builtin] = [
    Builtin(
      "sort",
      """
      The numbers in rising order, along the last axis or another; nan last. Gradients follow the
      numbers.

          sort([3, 1, 2])                #> [1, 2, 3]
          sort([3, 1, 2], descending = true)     #> [3, 2, 1]
          sort([2, 1; 4, 3])             #> [1, 2; 3, 4]
      """, Parameter("x", "tensor"), axis, descending
    ) { (x: Tensor, axis: Int, isDescending: Bool) in
      try x.taken(order(of: x, "sort", axis, isDescending), axis: axis)
    },
    Builtin(
      "argsort",
      """
      The positions that would sort a tensor along an axis; equal numbers keep their order.

          argsort([3, 1, 2])             #> [1, 2, 0]
          argsort([3, 1, 2], descending = true)  #> [0, 2, 1]
      """, Parameter("x", "tensor"), axis, descending
    ) { (x: Tensor, axis: Int, isDescending: Bool) in
      Tensor(try order(of: x, "argsort", axis, isDescending).map(Double.init), shape: x.shape)
    },
    Builtin(
      "topk",
      """
      The k greatest numbers along an axis, greatest first, and their positions.

      With `largest = false` the k least ones, least first. nan comes last.

          topk([3, 9, 2, 7], 2).values           #> [9, 7]
          topk([3, 9, 2, 7], 2).indices          #> [1, 3]
          topk([3, 9, 2, 7], 1, largest = false).values  #> [2]
      """, Parameter("x", "tensor"), Parameter("k", "how many"), axis,
      Parameter("largest", "whether the greatest are wanted", default: true, namedOnly: true)
    ) { (x: Tensor, k: Int, axis: Int, isLargest: Bool) in
      let positions = try order(of: x, "topk", axis, isLargest)
      let place = try x.normalised(axis: axis)
      guard (0...x.shape[place]).contains(k) else {
        throw Problem(
          "range", "axis \(place) of \(x.shape) has \(x.shape[place]) numbers, not \(k)",
          argument: 1)
      }
      let values = try x.taken(positions, axis: axis).sliced(axis: place, 0..<k)
      let indices = try Tensor(positions.map(Double.init), shape: x.shape)
        .sliced(axis: place, 0..<k)
      return TupleValue([Value(values), Value(indices)], names: ["values", "indices"])
    },
    Builtin(
      "unique",
      """
      The different numbers of a tensor, in rising order; nan once, at the end.

          unique([3, 1, 3, 2])           #> [1, 2, 3]
          unique([5, 5]).size            #> 1
      """, Parameter("x", "tensor")
    ) { (x: Tensor) in
      let all = x.doubles
      let missing = all.contains(where: \.isNaN) ? [Double.nan] : []
      let values = Set(all.filter { !$0.isNaN }).sorted() + missing
      return Tensor(values, shape: [values.count])
    },
  ]

  private static func order(of x: Tensor, _ name: String, _ axis: Int, _ isDescending: Bool) throws
    -> [Int]
  {
    guard x.rank > 0 else {
      throw Problem("shape", "`\(name)` takes a tensor with an axis, not a number", argument: 0)
    }
    return try x.sortingOrder(axis: axis, isDescending: isDescending)
  }
}
