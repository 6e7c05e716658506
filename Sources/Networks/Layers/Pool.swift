import Basics
import Tensors

/// One row of features from a picture or a sequence.
package struct Pool: Layer {
  package var kind = "mean"

  package init() {}

  package init(_ kind: String) { self.kind = kind }

  package static let name = "pool"
  package static let text = """
    The mean over all pixels or tokens: [channels, height, width] becomes [channels], \
    [tokens, size] becomes [size].

    `pool("first")` takes the first token alone, where a class token stands.
    """
  package static let examples = """
    pool()([1, 2; 3, 6][new, new, :, :])      #> [1, 1]  3
    net = conv(1, 16) >> relu >> pool >> linear(16, 10);
    net(zeros(1, 1, 28, 28)).shape            #> (1, 10)
    """
  package static let settings: [Setting<Pool>] = [
    Setting("kind", \.kind, choices: ["mean", "max", "first"], "mean, max or first")
  ]

  package func outputShape(for input: [Int]) throws -> [Int] {
    switch input.count {
    case 3 where kind != "first": return [input[0]]
    case 2: return [input[1]]
    default: throw mismatch(takes: "[channels, height, width] or [tokens, size]", got: input)
    }
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    if kind == "first" {
      return try x.sliced(axis: 1, 0..<1).reshaped([x.shape[0], x.shape[2]])
    }
    if x.rank == 3 { return try kind == "max" ? x.max(axes: [1]) : x.mean(axes: [1]) }
    return try kind == "max" ? x.max(axes: [2, 3]) : PictureMean()(x)
  }
}
