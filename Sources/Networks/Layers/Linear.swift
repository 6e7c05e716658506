import Basics
import Tensors

/// y = x Wᵀ + b along the last axis.
package struct Linear: Layer {
  package var inputs = 0
  package var outputs = 0
  package var hasBias = true
  package var initialisation = Initialisation.uniform

  package init() {}

  package init(
    _ inputs: Int, _ outputs: Int, bias: Bool = true, init initialisation: Initialisation = .uniform
  ) {
    self.inputs = inputs
    self.outputs = outputs
    hasBias = bias
    self.initialisation = initialisation
  }

  package static let name = "linear"
  package static let text = """
    A linear map of the last axis, y = x Wᵀ + b: [inputs] or [tokens, inputs] becomes [outputs] or \
    [tokens, outputs].

    Weights and bias start uniform within ±1/√inputs; with another `init` the bias starts at zero.
    """
  package static let examples = """
    linear(784, 10)(zeros(5, 784)).shape       #> (5, 10)
    net = flatten >> linear(784, 64) >> relu >> linear(64, 10);
    net(zeros(5, 28, 28)).shape                #> (5, 10)
    """
  package static let settings: [Setting<Linear>] = [
    Setting("in", \.inputs, in: 1...1e7, required: true, "numbers that go in"),
    Setting("out", \.outputs, in: 1...1e7, required: true, "numbers that come out"),
    Setting("bias", \.hasBias, "whether an offset is added"),
    Setting("init", \.initialisation, choices: Initialisation.choices, "initial weights"),
  ]

  package func outputShape(for input: [Int]) throws -> [Int] {
    guard let last = input.last, last == inputs else { throw wrong(input) }
    return input.dropLast() + [outputs]
  }

  private func wrong(_ input: [Int]) -> Problem {
    if input.count > 1, input.reduce(1, *) == inputs {
      return mismatch(takes: "\(inputs) numbers", got: input, "flatten >> \(written)")
    }
    let size = input.count == 3 ? input.reduce(1, *) : input.last ?? 1
    let fix = "linear(\(size), \(outputs))"
    return mismatch(
      takes: "\(inputs) numbers in the last axis", got: input,
      input.count == 3 ? "flatten >> " + fix : fix)
  }

  package func parameters(for input: [Int]) -> [ParameterSpec] {
    [ParameterSpec("weight", [outputs, inputs], initialisation)]
      + (hasBias ? [.bias(outputs, fanIn: inputs, like: initialisation)] : [])
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    try x.mapped(weights: state["weight"], bias: hasBias ? state["bias"] : nil)
  }
}
