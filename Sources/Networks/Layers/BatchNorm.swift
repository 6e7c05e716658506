import Basics
import Tensors

/// Channels brought to mean 0 and variance 1 over the batch (Ioffe and Szegedy, 2015).
package struct BatchNorm: Layer {
  package var channels = 0
  package var momentum = 0.1
  package var epsilon = 1e-5
  /// Whether results below 0 become 0 in the same pass, for a ReLU that follows.
  var rectifies = false

  package init() {}

  package init(_ channels: Int) { self.channels = channels }

  package static let name = "batchnorm"
  package static let text = """
    Each channel of [channels, height, width], or each number of [channels], brought to mean 0 and \
    variance 1, then scaled and shifted by learnt numbers.

    In training mean and variance are those of the batch, and running ones move towards them by \
    `momentum`; otherwise the running ones are used. A frozen layer uses the running ones, too.
    """
  package static let examples = """
    net = conv(1, 16, bias = false) >> batchnorm(16) >> relu
    batchnorm(4)(zeros(2, 4, 8, 8)).shape      #> (2, 4, 8, 8)
    """
  package static let settings: [Setting<BatchNorm>] = [
    Setting("channels", \.channels, in: 1...1e6, required: true, "channels of the input"),
    Setting("momentum", \.momentum, in: 0...1, "how far running statistics move in a step"),
    Setting("eps", \.epsilon, in: 0...1, "added to the variance"),
  ]

  package func outputShape(for input: [Int]) throws -> [Int] {
    let found = input.count == 1 ? input[0] : PictureShape(input)?.channels
    guard found == channels else {
      throw mismatch(
        takes: "[\(channels), height, width] or [\(channels)]", got: input,
        "batchnorm(\(found ?? 1))")
    }
    return input
  }

  package func parameters(for input: [Int]) -> [ParameterSpec] {
    [ParameterSpec("weight", [channels], .ones), ParameterSpec("bias", [channels], .zeros)]
  }

  package func buffers(for input: [Int]) -> [ParameterSpec] {
    [
      ParameterSpec("running_mean", [channels], .zeros),
      ParameterSpec("running_var", [channels], .ones),
    ]
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    let picture = x.rank == 2 ? try x.reshaped(x.shape + [1, 1]) : try x.withChannels()
    let y = try normalised(picture, &state, context.isTraining && !state.isFrozen("weight"))
    return y.shape == x.shape ? y : try y.reshaped(x.shape)
  }

  private func normalised(
    _ x: Tensor, _ state: inout LayerState, _ usesBatch: Bool
  ) throws -> Tensor {
    let (scale, shift) = (state["weight"], state["bias"])
    guard usesBatch else {
      let fixed = (mean: state["running_mean"].doubles, variance: state["running_var"].doubles)
      return try BatchNormalisation(epsilon: epsilon, fixed: fixed, rectifies: rectifies)(
        x, scale, shift)
    }
    let n = x.shape[0] * x.shape[2] * x.shape[3]
    guard n > 1 else {
      throw Problem(
        "batch", "`\(written)` cannot take the variance of one number per channel",
        suggestions: ["train with batch = 2 or more"])
    }
    let operation = BatchNormalisation(epsilon: epsilon, rectifies: rectifies)
    let y = try operation(x, scale, shift)
    guard let used = operation.used.value else { return y }
    move(&state, "running_mean", towards: used.mean)
    // The running variance is that of a larger set than the batch: divided by n - 1.
    move(&state, "running_var", towards: used.variance, scale: Double(n) / Double(n - 1))
    return y
  }

  private func move(
    _ state: inout LayerState, _ name: String, towards new: [Double], scale: Double = 1
  ) {
    var running = state[name]
    for i in 0..<channels {
      running[flat: i] += momentum * (scale * new[i] - running[flat: i])
    }
    state[name] = running
  }
}
