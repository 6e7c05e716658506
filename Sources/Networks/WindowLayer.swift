import Basics
import Tensors

/// A layer that makes one number of each window of a picture.
package protocol WindowLayer: Layer {
  /// Height and width of the window.
  var window: Int { get set }
  /// Pixels from window to window; 0 for the window's size.
  var stride: Int { get set }
  /// Width of the border around the picture.
  var pad: Int { get set }
  /// What the border is made of, for help.
  static var borderText: String { get }
  /// The pictures [batch, channels, height, width] with one number for each window.
  func pooled(_ x: Tensor, stride: Int) throws -> Tensor
}

extension WindowLayer {
  package static var settings: [Setting<Self>] {
    [
      Setting("window", \Self.window, in: 1...15, "height and width of the window"),
      Setting("stride", \Self.stride, in: 0...255, "pixels from window to window, 0 for its size"),
      Setting("pad", \Self.pad, in: 0...7, borderText),
    ]
  }

  private var usedStride: Int { stride == 0 ? window : stride }

  package func outputShape(for input: [Int]) throws -> [Int] {
    guard let picture = PictureShape(input) else {
      throw mismatch(takes: "a picture [channels, height, width]", got: input)
    }
    guard 2 * pad <= window else {
      throw Problem("range", "`\(written)`: the border is wider than half the window")
    }
    let height = PictureShape.steps(picture.height, window: window, stride: usedStride, pad: pad)
    let width = PictureShape.steps(picture.width, window: window, stride: usedStride, pad: pad)
    guard height > 0, width > 0 else {
      throw mismatch(takes: "pictures of at least \(window) × \(window) pixels", got: input)
    }
    return [picture.channels, height, width]
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    try pooled(x.withChannels(), stride: usedStride)
  }
}
