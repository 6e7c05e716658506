import Basics

extension Network {
  /// A multilayer perceptron: the sample in one row, then linear layers of these sizes with an
  /// activation between them.
  package static func mlp(
    _ sizes: [Int], activation: String = "relu", key: UInt64
  ) throws -> Network {
    guard sizes.count >= 2, sizes.allSatisfy({ $0 > 0 }) else {
      throw Problem(
        "range", "`mlp` needs at least two sizes above 0, not \(sizes)",
        suggestions: ["mlp(784, 128, 10)"])
    }
    var builder = NetworkBuilder(Keys(key))
    builder.add(nil, Flatten())
    for index in sizes.indices.dropLast() {
      if index > 0 { builder.add(nil, Activation(activation)) }
      builder.add(nil, Linear(sizes[index], sizes[index + 1]))
    }
    return builder.network
  }
}
