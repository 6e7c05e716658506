import Basics
import Tensors

/// Whole samples left out at random while training: stochastic depth (Huang et al., 2016).
package struct DropPath: Layer {
  package var rate = 0.1

  package init() {}

  package init(_ rate: Double) { self.rate = rate }

  package static let name = "droppath"
  package static let text = """
    While training, a sample's numbers are all zero with probability `rate`, and otherwise divided \
    by 1 - rate. At the end of a residual branch it skips the branch.
    """
  package static let examples = """
    block = residual(linear(64, 64) >> gelu >> droppath(0.1))
    droppath(0.5)([1, 2, 3][new, :])       #> [1, 3]  1  2  3
    """
  package static let settings: [Setting<DropPath>] = [
    Setting("rate", \.rate, in: 0...0.999, "probability that a sample is left out")
  ]

  package func outputShape(for input: [Int]) -> [Int] { input }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    guard context.isTraining, rate > 0 else { return x }
    var mask = Tensor.keeping(
      [x.shape[0]] + x.shape.dropFirst().map { _ in 1 }, rate: rate, precision: x.precision,
      random: context.random)
    mask.stretchable = AxisSet(1..<x.rank)
    return try x.multiplying(mask)
  }
}
