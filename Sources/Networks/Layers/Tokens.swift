import Basics
import Tensors

/// Pixels as a sequence.
package struct Tokens: Layer {
  package init() {}

  package static let name = "tokens"
  package static let text = """
    The pixels of a picture as tokens, row by row: [channels, height, width] becomes \
    [height · width, channels].
    """
  package static let examples = """
    tokens()(zeros(1, 8, 4, 4)).shape         #> (1, 16, 8)
    net = conv(3, 192, kernel = 4, stride = 4, pad = 0) >> tokens;
    net(zeros(1, 3, 32, 32)).shape            #> (1, 64, 192)
    """

  package func outputShape(for input: [Int]) throws -> [Int] {
    guard let picture = PictureShape(input) else {
      throw mismatch(takes: "a picture [channels, height, width]", got: input)
    }
    return [picture.height * picture.width, picture.channels]
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    let x = try x.withChannels()
    return try x.reshaped([x.shape[0], x.shape[1], x.shape[2] * x.shape[3]]).permuted([0, 2, 1])
  }
}
