import Tensors

/// The mean of each window.
package struct AvgPool: WindowLayer {
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
  package static let examples = """
    net = conv(1, 16) >> relu >> avgpool(2)
    avgpool(2)([1, 2; 3, 6][new, new, :, :])[0, 0, 0, 0]   #> 3
    """
  package static let borderText = "border of zeros, at most half the window"

  package func pooled(_ x: Tensor, stride: Int) throws -> Tensor {
    try x.meanPooled(kernel: window, stride: stride, pad: pad)
  }
}
