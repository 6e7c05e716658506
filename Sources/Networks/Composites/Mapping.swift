import Basics
import Tensors

/// A function of tensors without weights: whatever a program defines.
package struct Mapping: Layer {
  /// Takes a batch, gives a batch.
  package var function: @Sendable (Tensor) throws -> Tensor = { $0 }
  /// How messages and summaries call it.
  package var label = "function"

  package init() {}

  package init(_ label: String, _ function: @escaping @Sendable (Tensor) throws -> Tensor) {
    self.label = label
    self.function = function
  }

  package static let name = "function"
  package static let text = "A function of tensors as a layer; it gets a batch of samples."
  package static let examples = "net = linear(2, 16) >> (x -> x * sin(x)) >> linear(16, 2)"

  package var written: String { label }

  package func outputShape(for input: [Int]) throws -> [Int] {
    // A function says its shape only by being used.
    let result = try function(Tensor(repeating: 0, shape: [1] + input, precision: .f32))
    guard result.shape.first == 1 else {
      throw Problem(
        "shape", "`\(label)` makes \(result.shape) of a batch of one sample \([1] + input)",
        notes: ["a function in a network keeps the first axis, the samples"])
    }
    return Array(result.shape.dropFirst())
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor { try function(x) }
}
