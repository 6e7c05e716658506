import Basics
import Tensors

/// The shape of a picture, [channels, height, width], or [height, width] with one channel.
struct PictureShape {
  var channels: Int
  var height: Int
  var width: Int

  init?(_ shape: [Int]) {
    switch shape.count {
    case 2: (channels, height, width) = (1, shape[0], shape[1])
    case 3: (channels, height, width) = (shape[0], shape[1], shape[2])
    default: return nil
    }
  }

  /// Size of one axis after a window went over it.
  static func steps(_ size: Int, window: Int, stride: Int, pad: Int) -> Int {
    size + 2 * pad < window ? 0 : (size + 2 * pad - window) / stride + 1
  }
}

extension Tensor {
  /// A batch of pictures with a channel axis; one channel where there was none.
  func withChannels() throws -> Tensor {
    rank == 3 ? try reshaped([shape[0], 1, shape[1], shape[2]]) : self
  }

  /// A batch of pictures with so many channels: a single channel is repeated.
  func withChannels(_ count: Int) throws -> Tensor {
    let x = try withChannels()
    if x.shape[1] == count { return x }
    return try Tensor.concatenated([Tensor](repeating: x, count: count), axis: 1)
  }
}
