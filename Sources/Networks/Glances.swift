import Tensors

/// What the attention layers of one pass look at.
///
/// `@unchecked Sendable`: lives for one pass, whose layers follow each other on one thread.
final class Glances: @unchecked Sendable {
  private(set) var shares: [Tensor] = []

  func add(_ tensor: Tensor) { shares.append(tensor.detached) }
}

extension Network {
  /// For each attention layer, how much every token takes of every other: tensors of shape
  /// [samples, heads, tokens, tokens] whose rows add to 1.
  package func attentionMaps(of x: Tensor) throws -> [Tensor] {
    let glances = Glances()
    _ = try evaluated(x) { network, batch, context in
      var context = context
      context.glances = glances
      return try network.pass(batch, 0..<network.count, context)
    }
    return glances.shares
  }
}
