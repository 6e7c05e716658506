import Basics
import Language
import Tensors

/// Random numbers. Every draw has its own stream, keyed by the seed, the cell and its number
/// within the cell; `seed =` gives a stream of one's own.
enum Randomness: BuiltinLibrary {
  static let title = "Random numbers"

  private static let seedParameter = Parameter<Int?>.optional(
    "seed", "a stream of one's own", namedOnly: true)

  static let builtins: [Builtin] = [
    Builtin(
      "rand",
      """
      Numbers uniform in [0, 1): a tensor of the given shape, or one number.

          rand(2, 3, seed = 7).shape             #> (2, 3)
          0 <= rand(seed = 1) < 1                #> true
      """, Parameter<[Int]>.rest("shape", "sizes of the axes"), seedParameter
    ) { (call: Call, shape: [Int], seed: Int?) in
      try filled(call, shape, seed) { $0.uniform() }
    }.shaped(.sizes),
    Builtin(
      "randn",
      """
      Numbers from the standard normal distribution: a tensor of the given shape, or one number.

          randn(4, seed = 7).shape               #> (4,)
          |mean(randn(10_000, seed = 1))| < 0.05 #> true
      """, Parameter<[Int]>.rest("shape", "sizes of the axes"), seedParameter
    ) { (call: Call, shape: [Int], seed: Int?) in
      try filled(call, shape, seed) { $0.normal() }
    }.shaped(.sizes),
    Builtin(
      "uniform",
      """
      Numbers uniform in [low, high).

          uniform(-1, 1, size = 6, seed = 3).shape       #> (6,)
          2 <= uniform(2, 3, seed = 1) < 3               #> true
      """, Parameter("low", "least value"), Parameter("high", "bound that is not reached"),
      Parameter("size", "shape of the result", default: Integers([]), namedOnly: true),
      seedParameter
    ) { (call: Call, low: Double, high: Double, size: Integers, seed: Int?) in
      try filled(call, size.values, seed) { $0.uniform(low, high) }
    },
    Builtin(
      "randint",
      """
      Integers, every one of a range equally likely: `randint(2..=8)` or `randint(2, 9)`.

          2 <= randint(2..=8, seed = 1) <= 8             #> true
          randint(0, 10, size = 5, seed = 3).shape       #> (5,)
      """, Parameter("range", "range, or least value"),
      Parameter<Int?>.optional("end", "bound that is not reached"),
      Parameter("size", "shape of the result", default: Integers([]), namedOnly: true),
      seedParameter
    ) { (call: Call, range: Value, end: Int?, size: Integers, seed: Int?) in
      let low: Int
      let count: Int
      if case .range(let range) = range, let (start, step, length) = range.integers, step == 1 {
        (low, count) = (start, length)
      } else if let start = range.integer {
        (low, count) = end.map { (start, $0 - start) } ?? (0, start)
      } else {
        throw Problem(
          "type", "`range` takes a range of integers", suggestions: ["randint(0..10)"], argument: 0)
      }
      guard count > 0 else { throw Problem("range", "the range is empty", argument: 0) }
      if size.values.isEmpty {
        var random = call.random(seed: seed)
        return Value.int(low + random.below(count))
      }
      return Value(
        try filled(call, size.values, seed) { Double(low + $0.below(count)) }.tensor ?? Tensor(0))
    },
    Builtin(
      "permutation",
      """
      The numbers 0 to n-1 in random order.

          sum(permutation(10, seed = 3))         #> 45
          permutation(1)                         #> [0]
      """, Parameter("n", "how many"), seedParameter
    ) { (call: Call, count: Int, seed: Int?) in
      guard (0...1 << 28).contains(count) else {
        throw Problem("range", "`n` is \(count)", notes: ["it is 0 to 2^28"], argument: 0)
      }
      var random = call.random(seed: seed)
      return Tensor(random.permutation(count).map(Double.init), shape: [count])
    },
    Builtin(
      "choice",
      """
      One element of a list, every one equally likely; with `size`, several of them.

      With `replace = false` no element is taken twice.

          choice((4, 4, 4))                      #> 4
          choice(0..10, seed = 3) < 10           #> true
          sum(choice(0..4, size = 4, replace = false))   #> 6
      """, Parameter("items", "tuple, range or tensor"),
      Parameter<Int?>.optional("size", "how many; one element when left out"),
      Parameter("replace", "whether an element may be taken twice", default: true, namedOnly: true),
      seedParameter
    ) { (call: Call, items: Value, size: Int?, isReplaced: Bool, seed: Int?) in
      let count = try Elements.count(items)
      guard count > 0 else {
        throw Problem("empty", "there is nothing to choose from", argument: 0)
      }
      var random = call.random(seed: seed)
      guard let size else { return try Elements.element(items, random.below(count), call) }
      guard (0...(isReplaced ? 1 << 28 : count)).contains(size) else {
        throw Problem(
          "range", "\(size) elements cannot be chosen from \(count)",
          notes: isReplaced ? ["it is 0 to 2^28"] : ["without `replace` there are \(count)"],
          argument: 1)
      }
      let places =
        isReplaced
        ? (0..<size).map { _ in random.below(count) }
        : Array(random.permutation(count).prefix(size))
      return Elements.listed(try places.map { try Elements.element(items, $0, call) })
    },
  ]

  private static func filled(
    _ call: Call, _ shape: [Int], _ seed: Int?, _ draw: (inout RandomSource) -> Double
  ) throws -> Value {
    try Making.check(shape)
    var random = call.random(seed: seed)
    if shape.isEmpty { return .real(draw(&random)) }
    let count = shape.reduce(1, *)
    return Value(Tensor((0..<count).map { _ in draw(&random) }, shape: shape))
  }
}
