import Basics
import Tensors

/// Several networks on one input, their results side by side.
package struct Branches: Layer {
  package var networks: [Network] = []

  package init() {}

  package init(_ networks: [Network]) { self.networks = networks }

  package static let name = "parallel"
  package static let text = """
    Several networks on one input, their results side by side: along the channels of pictures, and \
    along the last axis of everything else.
    """
  package static let examples = "net = parallel(linear(8, 4), linear(8, 4) >> relu) >> linear(8, 2)"

  package var written: String {
    "parallel(\(networks.map(\.written).joined(separator: ", ")))"
  }

  package func outputShape(for input: [Int]) throws -> [Int] {
    let shapes = try networks.map { try $0.outputShape(for: input) }
    guard var joined = shapes.first else {
      throw Problem("arguments", "`parallel` needs at least one network")
    }
    let axis = joined.count == 3 ? 0 : joined.count - 1
    for shape in shapes.dropFirst() {
      guard shape.count == joined.count, axis >= 0,
        shape.indices.allSatisfy({ $0 == axis || shape[$0] == joined[$0] })
      else {
        throw Problem(
          "shape", "`parallel` cannot put \(shapes[0]) and \(shape) side by side",
          notes: ["its networks' results may differ in the \(axis == 0 ? "channels" : "last axis")"]
        )
      }
      joined[axis] += shape[axis]
    }
    return joined
  }

  package func parameters(for input: [Int]) throws -> [ParameterSpec] {
    try specs(for: input, buffers: false)
  }

  package func buffers(for input: [Int]) throws -> [ParameterSpec] {
    try specs(for: input, buffers: true)
  }

  private func specs(for input: [Int], buffers: Bool) throws -> [ParameterSpec] {
    try networks.enumerated().flatMap { index, network in
      try network.partSpecs(for: input, buffers: buffers).map {
        var spec = $0
        spec.name = "\(index).\(spec.name)"
        return spec
      }
    }
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    var results: [Tensor] = []
    for (index, network) in networks.enumerated() {
      results.append(
        try state.within(String(index)) { try network.pass(x, &$0, context.part(index)) })
    }
    return try Tensor.concatenated(results, axis: results[0].rank == 4 ? 1 : results[0].rank - 1)
  }
}
