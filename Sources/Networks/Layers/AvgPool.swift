import Basics
import Tensors

/// The mean of each window.
package struct AvgPool: Layer {
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

  package static let name = "avgpool"
  package static let text = """
    The mean of each window of a picture: [channels, height, width] becomes [channels, \
    height / stride, width / stride]. Rest rows and columns are left out.
    """
  package static let examples = "net = conv(1, 16) >> relu >> avgpool(2)"
  package static let settings: [Setting<AvgPool>] = [
    Setting("window", \.window, in: 1...15, "height and width of the window"),
    Setting("stride", \.stride, in: 0...255, "pixels from window to window, 0 for its size"),
    Setting("pad", \.pad, in: 0...7, "border of zeros, at most half the window"),
  ]

  package func outputShape(for input: [Int]) throws -> [Int] {
    try pooledShape(input, window, stride, pad)
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    try x.withChannels().meanPooled(
      kernel: window, stride: stride == 0 ? window : stride, pad: pad)
  }
}
