import Basics
import Formulas
import Tensors

/// A function of one number, applied to each.
package struct Activation: Layer {
  /// The name of a function that tensors know: `relu`, `gelu`, `tanh`, `sin`, …
  package var function = "relu"

  package init() {}

  package init(_ function: String) { self.function = function }

  package static let name = "activation"
  package static let text = """
    A function of one number, applied to each. In a network the function's own name does: \
    `linear(4, 8) >> gelu`.
    """
  package static let examples = """
    net = linear(2, 16) >> activation("tanh") >> linear(16, 2);
    net(zeros(3, 2)).shape                 #> (3, 2)
    activation("relu")([-1, 2])            #> [0, 2]
    """
  package static let settings: [Setting<Activation>] = [
    Setting("function", \.function, required: true, "name of the function")
  ]

  /// Just the function's name: that is what users write.
  package var written: String { function }

  package func outputShape(for input: [Int]) throws -> [Int] {
    _ = try primitive
    return input
  }

  private var primitive: Primitive {
    get throws {
      if let found = Primitive.named(function), found.arity == 1 { return found }
      let names = Primitive.all.filter { $0.arity == 1 }.map(\.name)
      throw Problem(
        "choice", "there is no function of one number named `\(function)`",
        suggestions: Spelling.nearest(to: function, in: names).map { [$0] } ?? [])
    }
  }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor { try x.elementwise(primitive) }
}
