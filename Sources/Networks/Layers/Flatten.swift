import Basics
import Tensors

/// All numbers of a sample in one row.
package struct Flatten: Layer {
  package init() {}

  package static let name = "flatten"
  package static let text = "All numbers of a sample in one row: [28, 28] becomes [784]."
  package static let examples = "net = flatten >> linear(784, 10)"

  package func outputShape(for input: [Int]) -> [Int] { [input.reduce(1, *)] }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    try x.reshaped([x.shape[0], x.shape.dropFirst().reduce(1, *)])
  }
}
