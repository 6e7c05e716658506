import Basics
import Tensors

/// What a branch makes of the input, added to the input (He et al., 2016).
package struct Residual: Layer {
  package var branch = Network()
  /// What the input goes through before it is added; nothing by default.
  package var shortcut: Network?
  /// What the sum goes through.
  package var after: Activation?
  /// Probability that a sample skips the branch while training.
  package var drop = 0.0

  package init() {}

  package init(
    _ branch: Network, shortcut: Network? = nil, after: Activation? = nil, drop: Double = 0
  ) {
    self.branch = branch
    self.shortcut = shortcut
    self.after = after
    self.drop = drop
  }

  package static let name = "residual"
  package static let text = """
    What a network makes of its input, added to the input; both have the same shape.

    With `drop` a sample skips the network with that probability while training.
    """
  package static let examples = "block = residual(layernorm(64) >> attention(64, heads = 2))"
  package static let settings: [Setting<Residual>] = [
    Setting("drop", \.drop, in: 0...0.999, "probability that a sample skips the branch")
  ]

  package var written: String { "residual(\(branch.written))" }

  package func outputShape(for input: [Int]) throws -> [Int] {
    let direct = try shortcut?.outputShape(for: input) ?? input
    let made = try branch.outputShape(for: input)
    guard made == direct else {
      throw Problem(
        "shape", "`\(written)` adds \(made) to \(direct)",
        notes: ["the branch of a residual must keep the shape of its input"])
    }
    return made
  }

  package func parameters(for input: [Int]) throws -> [ParameterSpec] {
    try specs(for: input, buffers: false)
  }

  package func buffers(for input: [Int]) throws -> [ParameterSpec] {
    try specs(for: input, buffers: true)
  }

  private func specs(for input: [Int], buffers: Bool) throws -> [ParameterSpec] {
    let side = try shortcut?.partSpecs(for: input, buffers: buffers) ?? []
    return try branch.partSpecs(for: input, buffers: buffers)
      + side.map {
        var spec = $0
        spec.name = "downsample." + spec.name
        return spec
      }
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    var y = try branch.pass(x, &state, context.part(0))
    if drop > 0 { y = try DropPath(drop).forward(y, &state, context.part(1)) }
    let direct = try shortcut.map { shortcut in
      try state.within("downsample") { try shortcut.pass(x, &$0, context.part(2)) }
    }
    let sum = try y.adding(direct ?? x)
    return try after?.forward(sum, &state, context) ?? sum
  }
}
