import Basics
import Tensors

/// Windows of a picture, each times the same weights.
package struct Convolution: Layer {
  package var inputs = 0
  package var outputs = 0
  package var kernel = 3
  package var stride = 1
  /// Zeros around the picture; -1 for as many as keep its size at stride 1.
  package var pad = -1
  package var groups = 1
  package var hasBias = true
  package var initialisation = Initialisation.uniform
  /// Whether a picture with one channel counts as one with equal channels.
  var spreadsGrey = false

  package init() {}

  package init(
    _ inputs: Int, _ outputs: Int, kernel: Int = 3, stride: Int = 1, pad: Int = -1,
    bias: Bool = true, init initialisation: Initialisation = .uniform
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.pad = pad
    hasBias = bias
    self.initialisation = initialisation
  }

  package static let name = "conv"
  package static let text = """
    A two-dimensional convolution: [in, height, width] becomes [out, height', width'], where a \
    size n becomes (n + 2 pad - kernel) / stride + 1, rounded down.

    A picture [height, width] has one channel. `pad = -1` is half the kernel, which keeps the size \
    at stride 1. Weights start uniform within ±1/√(in · kernel²); with another `init` the bias \
    starts at zero.
    """
  package static let examples = """
    net = conv(1, 16) >> relu >> conv(16, 32, stride = 2) >> relu >> pool >> linear(32, 10)
    conv(1, 16, stride = 2)(zeros(4, 1, 28, 28)).shape    #> (4, 16, 14, 14)
    """
  package static let settings: [Setting<Convolution>] = [
    Setting("in", \.inputs, in: 1...1e6, required: true, "channels that go in"),
    Setting("out", \.outputs, in: 1...1e6, required: true, "channels that come out"),
    Setting("kernel", \.kernel, in: 1...255, "height and width of the window"),
    Setting("stride", \.stride, in: 1...255, "pixels from window to window"),
    Setting("pad", \.pad, in: -1...255, "zeros around the picture, -1 for half the kernel"),
    Setting("groups", \.groups, in: 1...1e6, "parts that channels are divided into"),
    Setting("bias", \.hasBias, "whether an offset is added"),
    Setting("init", \.initialisation, choices: Initialisation.choices, "initial weights"),
  ]

  var padding: Int { pad < 0 ? kernel / 2 : pad }

  package func outputShape(for input: [Int]) throws -> [Int] {
    guard let picture = PictureShape(input) else {
      throw mismatch(takes: "a picture [\(inputs), height, width]", got: input)
    }
    guard picture.channels == inputs || (spreadsGrey && picture.channels == 1) else {
      var fixed = self
      fixed.inputs = picture.channels
      throw mismatch(
        takes: "pictures with \(inputs) channel\(inputs == 1 ? "" : "s")", got: input,
        fixed.written)
    }
    guard inputs % groups == 0, outputs % groups == 0 else {
      throw Problem(
        "range", "`\(written)`: \(groups) groups divide neither \(inputs) nor \(outputs) evenly")
    }
    let height = PictureShape.steps(picture.height, window: kernel, stride: stride, pad: padding)
    let width = PictureShape.steps(picture.width, window: kernel, stride: stride, pad: padding)
    guard height > 0, width > 0 else {
      throw mismatch(takes: "pictures of at least \(kernel - 2 * padding) pixels", got: input)
    }
    return [outputs, height, width]
  }

  package func parameters(for input: [Int]) -> [ParameterSpec] {
    let fanIn = inputs / groups * kernel * kernel
    return [ParameterSpec("weight", [outputs, inputs / groups, kernel, kernel], initialisation)]
      + (hasBias ? [.bias(outputs, fanIn: fanIn, like: initialisation)] : [])
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    let x = spreadsGrey ? try x.withChannels(inputs) : try x.withChannels()
    let bias = hasBias ? state["bias"] : nil
    return try x.convolved(
      weights: state["weight"], bias: bias, stride: stride, pad: padding, groups: groups)
  }
}
