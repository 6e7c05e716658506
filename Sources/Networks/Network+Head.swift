import Basics
import Tensors

extension Network {
  /// Position of the last linear layer, which makes classes of features.
  var headIndex: Int? { stages.lastIndex { $0.layer is Linear } }

  /// Names of the head's parameters; empty without a head.
  package var headParameters: [String] {
    entries.filter { $0.stage == headIndex && !$0.isBuffer }.map(\.name)
  }

  /// What the head gets: the results of everything before it, of shape [samples, features].
  package func features(of x: Tensor) throws -> Tensor {
    let end = headIndex ?? stages.count
    return try evaluated(x) { network, batch, context in
      try network.pass(batch, 0..<end, context)
    }
  }

  /// The network with a new last linear layer.
  package func replacingHead(classes: Int, key: UInt64) throws -> Network {
    var network = self
    try network.replaceHead(classes: classes, key: key)
    return network
  }

  /// Puts a new layer with so many outputs in the place of the last linear one.
  package mutating func replaceHead(classes: Int, key: UInt64) throws {
    let index = try requiredHead()
    guard classes > 0, var head = stages[index].layer as? Linear else {
      throw Problem("range", "a head for \(classes) classes", suggestions: ["at least 1"])
    }
    head.outputs = classes
    stages[index] = Stage(name: stages[index].name, layer: head, key: key)
    guard let shape = inputShape else { return }
    forgetShapes()
    self = try built(for: shape)
  }

  private func requiredHead() throws -> Int {
    if let headIndex { return headIndex }
    throw Problem(
      "head", "the network has no linear layer that could be its head",
      suggestions: ["net >> linear(features, classes)"])
  }
}
