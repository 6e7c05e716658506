import Basics
import Tensors

/// A picture cut into squares, each a row of numbers.
package struct Patches: Layer {
  package var size = 16
  package var channels = 3

  package init() {}

  package init(_ size: Int, channels: Int = 3) {
    self.size = size
    self.channels = channels
  }

  package static let name = "patches"
  package static let text = """
    A picture cut into squares of `size` pixels, row by row, each square a row of numbers: \
    [channels, height, width] becomes [squares, channels · size²].

    A picture with one channel counts as one with `channels` equal channels, so \
    `patches(4) >> linear(48, …)` takes grey and coloured pictures. Numbers of a square stand in \
    the order channel, row, column.
    """
  package static let examples = """
    net = patches(4) >> linear(48, 192) >> positions(64)
    patches(4)(zeros(1, 3, 32, 32)).shape  #> (1, 64, 48)
    """
  package static let settings: [Setting<Patches>] = [
    Setting("size", \.size, in: 1...4096, required: true, "side of a square in pixels"),
    Setting("channels", \.channels, in: 1...64, "channels of a square"),
  ]

  package func outputShape(for input: [Int]) throws -> [Int] {
    guard let picture = PictureShape(input) else {
      throw mismatch(takes: "a picture [channels, height, width]", got: input)
    }
    guard picture.channels == channels || picture.channels == 1 else {
      throw mismatch(
        takes: "pictures with \(channels) channel\(channels == 1 ? "" : "s")", got: input,
        "patches(\(size), channels = \(picture.channels))")
    }
    guard picture.height % size == 0, picture.width % size == 0, picture.height > 0 else {
      let fitting = (1...size).last { picture.height % $0 == 0 && picture.width % $0 == 0 } ?? 1
      throw mismatch(
        takes: "pictures that squares of \(size) pixels fill", got: input, "patches(\(fitting))")
    }
    return [picture.height / size * (picture.width / size), channels * size * size]
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    let x = try x.withChannels(channels)
    let (batch, rows, columns) = (x.shape[0], x.shape[2] / size, x.shape[3] / size)
    let split = try x.reshaped([batch, channels, rows, size, columns, size])
    return try split.permuted([0, 2, 4, 1, 3, 5])
      .reshaped([batch, rows * columns, channels * size * size])
  }
}
