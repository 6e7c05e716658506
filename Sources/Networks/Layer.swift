import Basics
import Tensors

/// One step of a network: which shape it makes, which weights it needs, what it computes.
///
/// A layer is a description and holds no weights. Shapes are those of one sample; tensors have a
/// batch axis before it.
package protocol Layer: Configurable {
  /// The shape made of an input shape, or a `Problem` that says what the layer takes.
  func outputShape(for input: [Int]) throws -> [Int]
  /// The tensors that learning changes.
  func parameters(for input: [Int]) throws -> [ParameterSpec]
  /// The tensors that the layer itself keeps: running statistics.
  func buffers(for input: [Int]) throws -> [ParameterSpec]
  /// The layer as a user writes it: `conv(3, 16, stride = 2)`.
  var written: String { get }
  /// The result for a batch.
  func forward(_ x: Tensor, _ state: inout LayerState, _ context: ForwardContext) throws -> Tensor
}

extension Layer {
  package func parameters(for input: [Int]) throws -> [ParameterSpec] { [] }
  package func buffers(for input: [Int]) throws -> [ParameterSpec] { [] }

  /// Required settings by position, others where they differ from the default.
  package var written: String {
    let plain = Self()
    var parts: [String] = []
    var isPositional = true
    for setting in Self.settings {
      let value = setting.value(in: self)
      if setting.isRequired, isPositional {
        parts.append(value.text)
      } else {
        isPositional = false
        if value != setting.value(in: plain) { parts.append("\(setting.name) = \(value.text)") }
      }
    }
    return parts.isEmpty ? Self.name : "\(Self.name)(\(parts.joined(separator: ", ")))"
  }

  /// The complaint about an input shape.
  func mismatch(takes wanted: String, got input: [Int], _ suggestions: String...) -> Problem {
    Problem(
      "shape", "`\(written)` takes \(wanted), not \(input)", suggestions: suggestions)
  }
}
