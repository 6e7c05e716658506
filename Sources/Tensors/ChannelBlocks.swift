import Basics
import COneDNN

/// Convolutions are fastest on pictures whose channels stand in blocks of one vector. Tensors that
/// come from a convolution keep that order until something needs row-major numbers.
extension Tensor {
  /// The block that suits pictures of so many channels on this machine; 1 when none divides them.
  static func suitableBlock(channels: Int) -> Int {
    let block = Int(dn_channel_block())
    return channels % block == 0 ? block : 1
  }

  /// The same tensor with its numbers in row-major order.
  var rowMajor: Tensor { channelBlock == 1 ? self : blocked(by: 1) }

  /// The same tensor with its channels in blocks; a change of storage, not of meaning, so the past
  /// is kept.
  func blocked(by block: Int) -> Tensor {
    if block == channelBlock { return self }
    precondition(rank == 4 && precision == .f32 && shape[1] % block == 0, "not a picture in blocks")
    var result = Tensor(uninitialised: shape, .f32, channelBlock: block)
    let status = dn_reorder(
      Int64(shape[0]), Int64(shape[1]), Int64(shape[2]), Int64(shape[3]), Int64(channelBlock),
      floatsPointer, Int64(block), result.floatsPointer, Int32(Parallel.threads))
    if status != 0 { copyBlocks(into: result) }
    result.node = node
    result.stretchable = stretchable
    result.isMask = isMask
    return result
  }

  /// The same in plain loops.
  private func copyBlocks(into other: Tensor) {
    let (images, channels, space) = (shape[0], shape[1], shape[2] * shape[3])
    func place(_ block: Int, _ b: Int, _ c: Int, _ s: Int) -> Int {
      ((b * (channels / block) + c / block) * space + s) * block + c % block
    }
    for b in 0..<images {
      for c in 0..<channels {
        for s in 0..<space {
          other.floatsPointer[place(other.channelBlock, b, c, s)] =
            floatsPointer[place(channelBlock, b, c, s)]
        }
      }
    }
  }
}
