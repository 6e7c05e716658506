import Basics
import ComplexModule
import Formulas
import Language
import Tensors

/// Complex numbers and tensors: their parts, moduli and angles.
enum ComplexNumbers: BuiltinLibrary {
  static let title = "Complex numbers"

  static let builtins: [Builtin] = [
    Builtin(
      "complex",
      """
      The complex numbers with these parts; tensors meet elementwise.

      No gradient is lost: parts of tensors keep theirs.

          complex(3, -4)                 #> 3 - 4im
          |complex(3, -4)|               #> 5
          complex([1, 2], [0, -1])       #> [1 + 0im, 2 - 1im]
      """, Parameter<Value>("re", "real part"),
      Parameter<Value>("im", "imaginary part", default: .int(0))
    ) { (re: Value, im: Value) in
      let parts = try [re, im].enumerated().map { index, part in
        guard let tensor = AnyTensor.converted(from: part) else {
          throw Problem(
            "type",
            "`\(index == 0 ? "re" : "im")` takes a number or a tensor, not \(Spelling.article(part.typeName))",
            argument: index)
        }
        return tensor.asComplex
      }
      let turned = try ComplexTensor(parts[1].imaginary.negated(), parts[1].real)
      return Value(try parts[0].adding(turned))
    },
    part(
      "real", "The real part, elementwise.", "real(3 + 4im)", "3", "real([1im, 2])", "[0, 2]",
      { $0.real }, { $0.real }),
    part(
      "imag", "The imaginary part, elementwise.", "imag(3 + 4im)", "4", "imag([1im, 2])", "[1, 0]",
      { $0.imaginary }, { $0.imaginary }),
    part(
      "arg", "The angle of a complex number, in (-π, π], elementwise.", "arg(3 + 4im)", "0.9273",
      "arg([1, 1im, -1])/deg", "[0, 90, 180]", { Reals.atan2($0.imaginary, $0.real) },
      { try $0.argument() }),
    part(
      "abs2", "The squared modulus |z|², elementwise.", "abs2(3 + 4im)", "25",
      "abs2([3 + 4im, 2])", "[25, 4]", { $0.real * $0.real + $0.imaginary * $0.imaginary },
      { try $0.squaredModulus() }),
    Builtin(
      "conj",
      """
      The complex conjugate, elementwise: the sign of the imaginary part is changed.

          conj(3 + 4im)          #> 3 - 4im
          conj([1im, 2])         #> [0 - 1im, 2 + 0im]
          conj(2)                #> 2
      """, Parameter("z", "number or tensor")
    ) { (z: Value) in
      if case .complex(let z) = z { return Value.complex(z.conjugate) }
      if z.number != nil { return z }
      switch AnyTensor.converted(from: z) {
      case .real(let tensor): return Value(tensor)
      case .complex(let tensor): return Value(try tensor.conjugate())
      case nil:
        throw Problem(
          "type", "`z` takes a number or a tensor, not \(Spelling.article(z.typeName))", argument: 0
        )
      }
    },
  ]

  /// A real number of each complex one.
  private static func part(
    _ name: String, _ text: String, _ example: String, _ answer: String, _ second: String,
    _ secondAnswer: String, _ ofNumber: @escaping @Sendable (Complex<Double>) -> Double,
    _ ofTensor: @escaping @Sendable (ComplexTensor) throws -> Tensor
  ) -> Builtin {
    Builtin(
      name,
      """
      \(text) A real number counts as complex.

          \(example)          #> \(answer)
          \(second)           #> \(secondAnswer)
          \(name)(2)                #> \(NumberText.short(ofNumber(Complex(2, 0))))
      """, Parameter("z", "number or tensor")
    ) { (z: Value) in
      if case .tensor(let box) = z { return Value(try ofTensor(ComplexTensor(box.tensor))) }
      if let number = Operators.complex(z) { return .real(ofNumber(number)) }
      guard let tensor = ComplexTensor.converted(from: z) else {
        throw Problem(
          "type", "`z` takes a number or a tensor, not \(Spelling.article(z.typeName))", argument: 0
        )
      }
      return Value(try ofTensor(tensor))
    }
  }
}
