import Basics
import Tensors

/// A network as one layer of another.
package struct Chain: Layer {
  package var network = Network()

  package init() {}

  package init(_ network: Network) { self.network = network }

  package static let name = "sequence"
  package static let text = "Layers one after the other, taken as one."
  package static let examples = "net = sequence(linear(4, 8) >> relu) >> linear(8, 2)"

  package var written: String { network.written }

  package func outputShape(for input: [Int]) throws -> [Int] { try network.outputShape(for: input) }

  package func parameters(for input: [Int]) throws -> [ParameterSpec] {
    try network.partSpecs(for: input, buffers: false)
  }

  package func buffers(for input: [Int]) throws -> [ParameterSpec] {
    try network.partSpecs(for: input, buffers: true)
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor { try network.pass(x, &state, context) }
}

extension Network {
  /// The network as a user writes it; long ones are cut.
  package var written: String {
    let parts = stages.prefix(4).map(\.layer.written)
    return (parts + (count > 4 ? ["…"] : [])).joined(separator: " >> ")
  }

  /// Networks one after the other as one layer, each a part named by its position.
  package static func repeating(_ parts: [Network], name: String? = nil) -> Network {
    var chain = Network()
    for part in parts { chain = chain.then(Network(Chain(part), key: 0)) }
    return Network(Chain(chain), key: 0, name: name)
  }
}
