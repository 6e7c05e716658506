import Basics
import Tensors

/// The last axis brought to mean 0 and variance 1 (Ba, Kiros and Hinton, 2016).
package struct LayerNorm: Layer {
  package var size = 0
  package var epsilon = 1e-6

  package init() {}

  package init(_ size: Int) { self.size = size }

  package static let name = "layernorm"
  package static let text = """
    The last axis brought to mean 0 and variance 1 in each row, then scaled and shifted by learnt \
    numbers: the normalisation of transformers.
    """
  package static let examples = """
    block = residual(layernorm(192) >> attention(192, heads = 3))
    layernorm(2)([1, 3][new, :])           #> [1, 2]  -1  1
    """
  package static let settings: [Setting<LayerNorm>] = [
    Setting("size", \.size, in: 1...1e6, required: true, "length of the last axis"),
    Setting("eps", \.epsilon, in: 0...1, "added to the variance"),
  ]

  package func outputShape(for input: [Int]) throws -> [Int] {
    guard input.last == size else {
      throw mismatch(
        takes: "\(size) numbers in the last axis", got: input, "layernorm(\(input.last ?? 1))")
    }
    return input
  }

  package func parameters(for input: [Int]) -> [ParameterSpec] {
    [ParameterSpec("weight", [size], .ones), ParameterSpec("bias", [size], .zeros)]
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    try x.normalised(scale: state["weight"], shift: state["bias"], epsilon: epsilon)
  }
}
