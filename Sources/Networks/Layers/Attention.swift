import Basics
import Tensors

/// Self-attention with several heads (Vaswani et al., "Attention is all you need", 2017).
package struct Attention: Layer {
  package var size = 0
  package var heads = 1
  package var hasBias = true
  package var initialisation = Initialisation.normal

  package init() {}

  package init(_ size: Int, heads: Int) {
    self.size = size
    self.heads = heads
  }

  package static let name = "attention"
  package static let text = """
    Each token becomes a mean of all tokens, weighted by how well they fit: [tokens, size] stays \
    [tokens, size].

    Queries, keys and values are linear maps of the tokens, split among `heads`, which must divide \
    `size`; softmax(q kᵀ / √(size / heads)) v of every head, side by side, goes through one more \
    linear map.
    """
  package static let examples = """
    block = residual(layernorm(192) >> attention(192, heads = 3))
    attention(8, heads = 2)(zeros(1, 5, 8)).shape  #> (1, 5, 8)
    """
  package static let settings: [Setting<Attention>] = [
    Setting("size", \.size, in: 1...1e6, required: true, "numbers of a token"),
    Setting("heads", \.heads, in: 1...1024, "how many parts attend separately"),
    Setting("bias", \.hasBias, "whether queries, keys and values have an offset"),
    Setting("init", \.initialisation, choices: Initialisation.choices, "initial weights"),
  ]

  package func outputShape(for input: [Int]) throws -> [Int] {
    guard input.count == 2, input[1] == size else {
      throw mismatch(takes: "tokens of \(size) numbers, [tokens, \(size)]", got: input)
    }
    guard size % heads == 0 else {
      let fitting = (1...min(size, heads)).last { size % $0 == 0 } ?? 1
      throw Problem(
        "range", "\(heads) heads do not divide \(size)",
        suggestions: ["attention(\(size), heads = \(fitting))"])
    }
    return input
  }

  package func parameters(for input: [Int]) -> [ParameterSpec] {
    [ParameterSpec("qkv.weight", [3 * size, size], initialisation)]
      + (hasBias ? [.bias(3 * size, name: "qkv.bias", fanIn: size, like: initialisation)] : [])
      + [
        ParameterSpec("proj.weight", [size, size], initialisation),
        .bias(size, name: "proj.bias", fanIn: size, like: initialisation),
      ]
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    let qkv = try x.mapped(
      weights: state["qkv.weight"], bias: hasBias ? state["qkv.bias"] : nil)
    let attention = SelfAttention(heads: heads)
    let mixed = try attention(qkv)
    if let glances = context.glances, let shares = attention.shares.value { glances.add(shares) }
    return try mixed.mapped(weights: state["proj.weight"], bias: state["proj.bias"])
  }
}
