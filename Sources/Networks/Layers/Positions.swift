import Basics
import Tensors

/// What tells tokens where they stand: a learnt row for each place, and a class token before them.
package struct Positions: Layer {
  package var count = 0
  package var hasClassToken = false

  package init() {}

  package init(_ count: Int, token: Bool = false) {
    self.count = count
    hasClassToken = token
  }

  package static let name = "positions"
  package static let text = """
    Adds a learnt row to each of `count` tokens: [count, size] stays [count, size].

    With `token = true` a learnt class token goes first, for `pool("first")` to take at the end: \
    [count, size] becomes [count + 1, size]. Both start normal with deviation 0.02.
    """
  package static let examples = """
    net = patches(4) >> linear(48, 192) >> positions(64)
    positions(64)(zeros(1, 64, 192)).shape #> (1, 64, 192)
    """
  package static let settings: [Setting<Positions>] = [
    Setting("count", \.count, in: 1...1e6, required: true, "tokens that go in"),
    Setting("token", \.hasClassToken, "whether a class token goes first"),
  ]

  package func outputShape(for input: [Int]) throws -> [Int] {
    guard input.count == 2, input[0] == count else {
      throw mismatch(
        takes: "\(count) tokens, [\(count), size]", got: input,
        "positions(\(input.first ?? 1))")
    }
    return [rows, input[1]]
  }

  private var rows: Int { count + (hasClassToken ? 1 : 0) }

  package func parameters(for input: [Int]) -> [ParameterSpec] {
    (hasClassToken ? [ParameterSpec("cls_token", [1, 1, input[1]], .normal)] : [])
      + [ParameterSpec("pos_embed", [1, rows, input[1]], .normal)]
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    let (batch, size) = (x.shape[0], x.shape[2])
    var x = x
    if hasClassToken {
      let token = try state["cls_token"].stretched(to: [batch, 1, size])
      x = try Tensor.concatenated([token, x], axis: 1)
    }
    return try x.adding(state["pos_embed"].reshaped([rows, size]))
  }
}
