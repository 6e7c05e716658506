import Tensors

/// The largest number of each window.
package struct MaxPool: WindowLayer {
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
  package static let examples = """
    net = conv(1, 16) >> relu >> maxpool(2)
    maxpool(2)([1, 2; 3, 6][new, new, :, :])[0, 0, 0, 0]   #> 6
    """
  package static let borderText = "border that no number wins in, at most half the window"

  package func pooled(_ x: Tensor, stride: Int) throws -> Tensor {
    try x.maxPooled(kernel: window, stride: stride, pad: pad)
  }
}
