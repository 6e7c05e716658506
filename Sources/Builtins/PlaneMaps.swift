import Basics
import ComplexModule
import Language
import Rendering

/// Maps of the plane from functions of a complex number.
enum PlaneMaps {
  static func map(_ function: FunctionValue, _ call: Call) -> PlaneMap {
    let machine = SharedMachine(call)
    return PlaneMap(function.text) { xs, ys in
      for index in xs.indices {
        let value = try machine.apply(function, [.complex(Complex(xs[index], ys[index]))])
        guard let z = Operators.complex(value) else {
          throw Problem(
            "type", "a map of an IFS gave \(Spelling.article(value.typeName)), not a number",
            notes: [function.text])
        }
        xs[index] = z.real
        ys[index] = z.imaginary
      }
    }
  }
}
