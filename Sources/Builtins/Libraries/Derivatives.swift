import Basics
import Language
import Tensors

/// Gradients of functions.
enum Derivatives: BuiltinLibrary {
  static let title = "Gradients"

  static let builtins: [Builtin] = [
    Builtin(
      "grad",
      """
      The gradient of a function of one number or tensor that gives one number, as a function of
      the same argument (reverse mode, exact). A step through something that has no gradient, such
      as a comparison, counts as constant.

          f(x) = sum(x^2)
          grad(f)([1, 2, 3])     #> [2, 4, 6]
          grad(x -> x^3)(2)      #> 12
      """, Parameter("f", "function of one argument that gives one number")
    ) { (function: FunctionValue) in
      let name = function.name.isEmpty ? function.text : function.name
      return FunctionValue(
        .native { arguments, call in try gradient(of: function, name, arguments, call) },
        text: "grad(\(name))")
    }
  ]

  private static func gradient(
    of function: FunctionValue, _ name: String, _ arguments: [Value], _ call: Call
  ) throws -> Value {
    guard arguments.count == 1, let point = arguments[0].tensor else {
      throw Problem("arguments", "`grad(\(name))` takes one number or tensor", argument: 0)
    }
    let leaf = point.detached.tracked()
    let result = try call.apply(function, [.tensor(TensorBox(leaf))])
    guard let value = result.tensor, value.count == 1 else {
      throw Problem(
        "grad", "`\(name)` gives \(result.facts), a gradient needs one number",
        suggestions: ["sum(…)", "mean(…)"])
    }
    guard value.isTracked else { return Value(Tensor(repeating: 0, shape: point.shape)) }
    let scalar = value.rank == 0 ? value : try value.reshaped([])
    return Value(try gradients(of: scalar, withRespectTo: [leaf])[0].detached)
  }
}
