import Basics
import ComplexModule
import Formulas
import Language
import Tensors

/// Numbers: elementary functions, constants, integer arithmetic.
enum Arithmetic: BuiltinLibrary {
  static let title = "Numbers"
  static let isEveryday = true

  static let constants: [Constant] = [
    Constant("π", "pi", value: .real(.pi), text: "The circle constant, 3.14159…"),
    Constant("τ", "tau", value: .real(2 * .pi), text: "The full turn, 2π."),
    Constant("im", value: .complex(Complex(0, 1)), text: "The imaginary unit: `3 + 4im`."),
    Constant("inf", value: .real(.infinity), text: "Positive infinity."),
    Constant("nan", value: .real(.nan), text: "Not a number."),
    Constant("deg", value: .real(.pi / 180), text: "One degree in radians: `cos(60deg)`."),
    Constant("pt", value: .real(1), text: "One point, the unit of lengths in figures (1/72 inch)."),
    Constant("inch", value: .real(72), text: "One inch in points: `height = 1.6inch`."),
    Constant("mm", value: .real(72 / 25.4), text: "One millimetre in points."),
    Constant("cm", value: .real(720 / 25.4), text: "One centimetre in points."),
  ]

  static let builtins: [Builtin] =
    Primitive.all.filter { $0.arity == 1 && !written.contains($0.name) }.map(elementwise) + [
      Builtin(
        "abs",
        """
        The modulus of a number, elementwise; also written `|x|`.

            abs(-3)                #> 3
            abs([-1, 2])           #> [1, 2]
            abs(3 + 4im)           #> 5
        """, Parameter("x", "number, complex number or tensor"), shortcut: .modulus
      ) { (call: Call, x: Value) in try Operators.unary(.modulus, x, call) }.shaped(.same),
      Builtin(
        "sqrt",
        """
        The square root, elementwise. A negative real number has none and gives nan; a complex
        one has its principal root.

            sqrt(16)               #> 4
            sqrt([1, 4, 9])        #> [1, 2, 3]
            sqrt(-4 + 0im)         #> 0 + 2im
        """, Parameter("x", "number, complex number or tensor"), shortcut: .squareRoot
      ) { (call: Call, x: Value) in try Operators.unary(.squareRoot, x, call) }.shaped(.same),
      rounding(
        "floor", .down, .floor, "The largest whole number not above x, elementwise.", "floor(2.7)",
        "2"),
      rounding(
        "ceil", .up, .ceil, "The smallest whole number not below x, elementwise.", "ceil(2.1)", "3"),
      rounding(
        "round", .toNearestOrEven, .round,
        "The nearest whole number, elementwise; halves go to the even neighbour.", "round(2.5)", "2"
      ),
      Builtin(
        "exp",
        """
        The exponential function, elementwise and for complex numbers.

            exp(0)                 #> 1
            exp(im*π) ≈ -1         #> true
        """, Parameter("x", "number, complex number or tensor"), shortcut: .real(Reals.exp)
      ) { (x: Value) in try apply("exp", Reals.exp, x) }.shaped(.same),
      Builtin(
        "log",
        """
        The natural logarithm, elementwise; 0 gives -inf, a negative real number nan.

            log(1)                 #> 0
            log([1, exp(2)])       #> [0, 2]
        """, Parameter("x", "number, complex number or tensor"), shortcut: .real(Reals.log)
      ) { (x: Value) in try apply("log", Reals.log, x) }.shaped(.same),
      ofTwo(
        "atan2", "The angle of the point (x, y), in (-π, π], elementwise.",
        ("y", "ordinate"), ("x", "abscissa"),
        """
            atan2(1, 1)/deg        #> 45
            atan2(0, -1)           #> 3.1416
            atan2([0, 1], -1)      #> [3.1416, 2.3562]
        """, Reals.atan2),
      ofTwo(
        "hypot", "The length √(x² + y²) of the point (x, y), elementwise; squares do not overflow.",
        ("x", "abscissa"), ("y", "ordinate"),
        """
            hypot(3, 4)            #> 5
            hypot(3e200, 4e200)    #> 5e+200
            hypot([3, 5], [4, 12]) #> [5, 13]
        """, Reals.hypot),
      Builtin(
        "gcd",
        """
        The greatest common divisor of two integers, never negative.

            gcd(12, 18)            #> 6
            gcd(0, 5)              #> 5
        """, Parameter("a", "integer"), Parameter("b", "integer")
      ) { (a: Int, b: Int) in
        var (x, y) = (a.magnitude, b.magnitude)
        while y != 0 { (x, y) = (y, x % y) }
        guard let divisor = Int(exactly: x) else {
          throw Problem("overflow", "gcd(\(a), \(b)) is \(x), which leaves the 64-bit integers")
        }
        return divisor
      },
      Builtin(
        "factorial",
        """
        n! = 1·2·…·n for 0 ≤ n ≤ 20, the largest that fits 64 bits.

            factorial(5)           #> 120
            factorial(0)           #> 1
        """, Parameter("n", "integer from 0 to 20")
      ) { (n: Int) in
        guard (0...20).contains(n) else {
          throw Problem(
            "range", "\(n)! does not fit 64 bits", notes: ["n is 0 to 20"], argument: 0)
        }
        return (0..<n).reduce(1) { $0 * ($1 + 1) }
      },
      Builtin(
        "clamp",
        """
        x, but not below `low` and not above `high`; elementwise.

        The bounds are numbers, or tensors that stretch to x. nan stays nan.

            clamp(7, 0, 5)         #> 5
            clamp([-1, 2, 9], 0, 5)    #> [0, 2, 5]
            clamp([4, 4], [0, 5], inf) #> [4, 5]
        """, Parameter("x", "number or tensor"), Parameter("low", "least value"),
        Parameter("high", "greatest value")
      ) { (x: Value, low: Value, high: Value) in
        let bounds = try [x, low, high].enumerated().map { index, value in
          if let tensor = value.tensor { return tensor }
          throw Problem(
            "type",
            "`\(["x", "low", "high"][index])` takes a number or a tensor, not \(Spelling.article(value.typeName))",
            argument: index)
        }
        if let low = low.number, let high = high.number {
          guard !(low > high) else {
            throw Problem(
              "range",
              "`low` is \(NumberText.short(low)), above `high`, which is \(NumberText.short(high))",
              argument: 1)
          }
          // Whole numbers stay integers.
          if case .int(let n) = x {
            return Double(n) < low ? bound(low) : Double(n) > high ? bound(high) : x
          }
        }
        return Value(
          try bounds[0].elementwise(primitive("max"), bounds[1])
            .elementwise(primitive("min"), bounds[2]))
      },
      Builtin(
        "pick",
        """
        Chooses elementwise: the second argument where the condition holds, the third elsewhere.

            pick(true, 1, 2)                   #> 1
            pick([1, -2] > 0, [1, -2], 0)      #> [1, 0]
        """, Parameter("condition", "true, false or a mask"),
        Parameter("yes", "taken where it holds"),
        Parameter("no", "taken elsewhere"), shortcut: .pick
      ) { (condition: Value, yes: Value, no: Value) in
        if case .bool(let holds) = condition { return holds ? yes : no }
        guard let mask = condition.tensor, mask.isMask else {
          throw Problem(
            "type", "`condition` takes true, false or a mask such as `x > 0`", argument: 0)
        }
        guard let yes = AnyTensor.converted(from: yes), let no = AnyTensor.converted(from: no)
        else {
          throw Problem("type", "`pick` by a mask chooses between numbers and tensors")
        }
        return try AnyTensor.joined([yes, no]) { try mask.selecting($0[0], $0[1]) }.value
      },
      Builtin(
        "int",
        """
        A number without its fraction, as an integer; text is read as a number, a tensor loses its
        fractions.

            int(2.9)               #> 2
            int("42")              #> 42
            int([2.9, -2.9])       #> [2, -2]
        """, Parameter("x", "number, text or tensor"), shortcut: .truncate
      ) { (x: Value) in
        if case .tensor(let box) = x, box.tensor.rank > 0 {
          let whole = box.tensor.doubles.map { $0.rounded(.towardZero) }
          return Value(Tensor(whole, shape: box.tensor.shape).converted(to: box.tensor.precision))
        }
        if case .string(let text) = x {
          guard let number = Int(text.filter { $0 != "_" }) else {
            throw Problem("type", "\"\(text)\" is not an integer", argument: 0)
          }
          return .int(number)
        }
        guard let number = x.number, let whole = Int(exactly: number.rounded(.towardZero)) else {
          throw Problem("type", "`x` takes a number that fits 64 bits", argument: 0)
        }
        return .int(whole)
      },
    ]

  /// Primitives whose builtin is written out because it knows more than real numbers.
  private static let written: Set<String> = [
    "abs", "sqrt", "exp", "log", "floor", "ceil", "round", "negate",
  ]

  /// The builtin of a primitive: numbers and tensors, and the activation layer of that name when
  /// composed with `>>`.
  private static func elementwise(_ primitive: Primitive) -> Builtin {
    let name = primitive.name
    guard case .unary(let value, _) = primitive.rule else {
      preconditionFailure("\(name) takes two numbers")
    }
    return Builtin(
      name, "\(primitive.text)\n\n\(example(of: primitive))",
      parameters: [
        ParameterDescription(
          name: "x", text: "number or tensor", typeName: "number", fallback: nil)
      ], shortcut: .real(value)
    ) { _, values in try apply(name, value, values[0]) }
  }

  /// Two lines that show the function, computed from the table itself.
  private static func example(of primitive: Primitive) -> String {
    let name = primitive.name
    let row = Tensor([primitive(0.5), primitive(1)], shape: [2])
    return """
          \(name)(0.5)            #> \(NumberText.short(primitive(0.5)))
          \(name)([0.5, 1])       #> \(TensorText.text(of: row))
      """
  }

  private static func primitive(_ name: String) -> Primitive {
    guard let primitive = Primitive.named(name) else {
      preconditionFailure("there is no primitive \(name)")
    }
    return primitive
  }

  private static func apply(
    _ name: String, _ function: (Double) -> Double, _ x: Value
  ) throws -> Value {
    if case .int(let n) = x { return .real(function(Double(n))) }
    if case .real(let r) = x { return .real(function(r)) }
    if x.isComplex { return try applyComplex(name, x) }
    guard let tensor = x.tensor else {
      throw Problem(
        "type", "`\(name)` takes a number or a tensor, not \(Spelling.article(x.typeName))",
        argument: 0)
    }
    return Value(try tensor.elementwise(primitive(name)))
  }

  private static func applyComplex(_ name: String, _ x: Value) throws -> Value {
    guard let function = ComplexMath.functions[name] else {
      throw Problem(
        "type", "`\(name)` is not defined for complex numbers",
        suggestions: ["\(name)(real(z))", "\(name)(|z|)"], argument: 0)
    }
    if case .complex(let z) = x { return .complex(function(z)) }
    guard let tensor = ComplexTensor.converted(from: x) else { return .none }
    return Value(try tensor.elementwise(name, function))
  }

  /// A primitive of two numbers: of numbers, or elementwise of tensors that fit.
  private static func ofTwo(
    _ name: String, _ text: String, _ first: (name: String, text: String),
    _ second: (name: String, text: String), _ examples: String,
    _ function: @escaping @Sendable (Double, Double) -> Double
  ) -> Builtin {
    Builtin(
      name, "\(text)\n\n\(examples)", Parameter(first.name, first.text),
      Parameter(second.name, second.text), shortcut: .real(function)
    ) { (a: Value, b: Value) in
      switch (a, b) {
      case (.tensor, _), (_, .tensor): break
      default:
        if let x = a.number, let y = b.number { return Value.real(function(x, y)) }
      }
      let operands = try [a, b].enumerated().map { index, value in
        if let tensor = value.tensor { return tensor }
        throw Problem(
          "type", "`\(name)` takes numbers and tensors, not \(Spelling.article(value.typeName))",
          argument: index)
      }
      return Value(try operands[0].elementwise(primitive(name), operands[1]))
    }
  }

  /// A bound of an integer: an integer where it is whole.
  private static func bound(_ bound: Double) -> Value {
    Int(exactly: bound).map(Value.int) ?? .real(bound)
  }

  private static func rounding(
    _ name: String, _ rule: FloatingPointRoundingRule, _ shortcut: Shortcut, _ text: String,
    _ example: String,
    _ answer: String
  ) -> Builtin {
    Builtin(
      name,
      """
      \(text) A number gives an integer where it fits 64 bits.

          \(example)             #> \(answer)
          \(name)([0.2, 1.8])       #> \(TensorText.text(of: Tensor([(0.2).rounded(rule), (1.8).rounded(rule)], shape: [2])))
      """, Parameter("x", "number or tensor"), shortcut: shortcut
    ) { (x: Value) in
      if case .int = x { return x }
      if case .real(let number) = x {
        let rounded = number.rounded(rule)
        return Int(exactly: rounded).map(Value.int) ?? .real(rounded)
      }
      return try apply(name, { $0.rounded(rule) }, x)
    }.shaped(.same)
  }
}
