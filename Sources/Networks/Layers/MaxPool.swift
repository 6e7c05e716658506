import Basics
import Tensors

/// The largest number of each window.
package struct MaxPool: Layer {
  package var window = 2
  /// 0 for the window's size.
  package var stride = 0
  package var pad = 0

  package init() {}

  package init(_ window: Int, stride: Int = 0, pad: Int = 0) {
    self.window = window
    self.stride = stride
    self.pad = pad
  }

  package static let name = "maxpool"
  package static let text = """
    The largest number of each window of a picture: [channels, height, width] becomes [channels, \
    height / stride, width / stride]. Rest rows and columns are left out.
    """
  package static let examples = "net = conv(1, 16) >> relu >> maxpool(2)"
  package static let settings: [Setting<MaxPool>] = [
    Setting("window", \.window, in: 1...15, "height and width of the window"),
    Setting("stride", \.stride, in: 0...255, "pixels from window to window, 0 for its size"),
    Setting("pad", \.pad, in: 0...7, "border that no number wins in, at most half the window"),
  ]

  package func outputShape(for input: [Int]) throws -> [Int] {
    try pooledShape(input, window, stride, pad)
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    try x.withChannels().maxPooled(
      kernel: window, stride: stride == 0 ? window : stride, pad: pad)
  }
}

extension Layer {
  /// What a window over a picture makes of its shape.
  func pooledShape(_ input: [Int], _ window: Int, _ stride: Int, _ pad: Int) throws -> [Int] {
    guard let picture = PictureShape(input) else {
      throw mismatch(takes: "a picture [channels, height, width]", got: input)
    }
    guard 2 * pad <= window else {
      throw Problem("range", "`\(written)`: the border is wider than half the window")
    }
    let stride = stride == 0 ? window : stride
    let height = PictureShape.steps(picture.height, window: window, stride: stride, pad: pad)
    let width = PictureShape.steps(picture.width, window: window, stride: stride, pad: pad)
    guard height > 0, width > 0 else {
      throw mismatch(takes: "pictures of at least \(window) × \(window) pixels", got: input)
    }
    return [picture.channels, height, width]
  }
}
