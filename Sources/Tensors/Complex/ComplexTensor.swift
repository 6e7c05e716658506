import Basics

/// A rectangular array of complex numbers in double precision: two real tensors of one shape.
///
/// Everything that only moves numbers does the same to both parts (`mapped`, `joined`), and
/// products are products of the parts, so that kernels, BLAS and gradients of real tensors serve
/// complex ones. A function that takes a `Tensor` never meets one of these by accident.
package struct ComplexTensor: Sendable {
  /// The real parts.
  package private(set) var real: Tensor
  /// The imaginary parts.
  package private(set) var imaginary: Tensor

  /// The complex numbers with these parts.
  package init(_ real: Tensor, _ imaginary: Tensor) {
    precondition(real.shape == imaginary.shape, "both parts have one shape")
    self.real = real.converted(to: .f64)
    self.imaginary = imaginary.converted(to: .f64)
    self.real.isMask = false
    self.imaginary.isMask = false
    self.real.stretchable = real.stretchable
    self.imaginary.stretchable = real.stretchable
  }

  /// Real numbers as complex ones.
  package init(_ real: Tensor) { self.init(real, Tensor(repeating: 0, shape: real.shape)) }

  /// A scalar.
  package init(_ real: Double, _ imaginary: Double) { self.init(Tensor(real), Tensor(imaginary)) }

  /// Sizes of the axes; empty for a scalar.
  package var shape: [Int] { real.shape }
  /// How many axes it has.
  package var rank: Int { real.rank }
  /// How many numbers it holds.
  package var count: Int { real.count }
  /// Whether a gradient flows to either part.
  package var isTracked: Bool { real.isTracked || imaginary.isTracked }

  /// The number at a row-major position. Writing copies shared storage first.
  package subscript(flat index: Int) -> (real: Double, imaginary: Double) {
    get { (real[flat: index], imaginary[flat: index]) }
    set {
      real[flat: index] = newValue.real
      imaginary[flat: index] = newValue.imaginary
    }
  }

  /// What `body` makes of each part: for operations that only move or add numbers.
  package func mapped(_ body: (Tensor) throws -> Tensor) rethrows -> ComplexTensor {
    try ComplexTensor(body(real), body(imaginary))
  }

  /// What `body` makes of all real and of all imaginary parts.
  package static func joined(
    _ tensors: [ComplexTensor], _ body: ([Tensor]) throws -> Tensor
  ) rethrows -> ComplexTensor {
    try ComplexTensor(body(tensors.map(\.real)), body(tensors.map(\.imaginary)))
  }

  /// Writes numbers into the part that the items choose, in place when nothing else holds them.
  package mutating func replace(_ items: [IndexItem], with value: ComplexTensor) throws {
    try real.replace(items, with: value.real)
    try imaginary.replace(items, with: value.imaginary)
  }
}

extension ComplexTensor {
  /// The elementwise sum.
  package func adding(_ other: ComplexTensor) throws -> ComplexTensor {
    try ComplexTensor(real.adding(other.real), imaginary.adding(other.imaginary))
  }

  /// The elementwise difference.
  package func subtracting(_ other: ComplexTensor) throws -> ComplexTensor {
    try ComplexTensor(real.subtracting(other.real), imaginary.subtracting(other.imaginary))
  }

  /// The elementwise product.
  package func multiplying(_ other: ComplexTensor) throws -> ComplexTensor {
    try product(other) { try $0.multiplying($1) }
  }

  /// The matrix product.
  package func matmul(_ other: ComplexTensor) throws -> ComplexTensor {
    try product(other) { try $0.matmul($1) }
  }

  /// What a function that is linear in both arguments gives for complex ones.
  package func product(
    _ other: ComplexTensor, _ body: (Tensor, Tensor) throws -> Tensor
  ) throws -> ComplexTensor {
    try ComplexTensor(
      body(real, other.real).subtracting(body(imaginary, other.imaginary)),
      body(real, other.imaginary).adding(body(imaginary, other.real)))
  }

  /// The elementwise quotient.
  ///
  /// Both sides are divided by the power of two next to the divisor, so that squares neither
  /// overflow nor vanish.
  package func dividing(_ other: ComplexTensor) throws -> ComplexTensor {
    try combined(with: other, "/") { a, b in
      let size = Swift.max(abs(b.0), abs(b.1))
      guard size > 0, size.isFinite else {
        let square = b.0 * b.0 + b.1 * b.1
        return ((a.0 * b.0 + a.1 * b.1) / square, (a.1 * b.0 - a.0 * b.1) / square)
      }
      let exponent = Swift.min(Swift.max(Int(size.exponent), -1022), 1022)
      let scale = Double(sign: .plus, exponent: -exponent, significand: 1)
      let (c, d) = (b.0 * scale, b.1 * scale)
      let square = c * c + d * d
      return (
        (a.0 * c + a.1 * d) / square * scale, (a.1 * c - a.0 * d) / square * scale
      )
    }
  }

  /// The product of the numbers along axes, of everything by default.
  package func product(axes: [Int]? = nil, keep: Bool = false) throws -> ComplexTensor {
    let chosen = try real.normalised(axes: axes)
    var result = self
    for axis in chosen.reversed() {
      if result.shape[axis] == 0 {
        let one = try result.real.sum(axis: axis).scaled(by: 0, offset: 1)
        result = ComplexTensor(one)
        continue
      }
      // Halves at a time: few long products instead of many short ones.
      while result.shape[axis] > 1 {
        let n = result.shape[axis]
        let half = n / 2
        func part(_ range: Range<Int>) throws -> ComplexTensor {
          try result.mapped { try $0.sliced(axis: axis, range) }
        }
        let pairs = try part(0..<half).multiplying(part(half..<2 * half))
        result =
          n % 2 == 0
          ? pairs
          : try .joined([pairs, part(2 * half..<n)]) { try Tensor.concatenated($0, axis: axis) }
      }
      result = try result.mapped { try $0.sum(axis: axis) }
    }
    guard keep else { return result }
    var kept = shape
    for axis in chosen { kept[axis] = 1 }
    return try result.mapped {
      var tensor = try $0.reshaped(kept)
      tensor.stretchable = AxisSet(chosen)
      return tensor
    }
  }

  /// The number with the other sign, elementwise.
  package func negated() throws -> ComplexTensor { try mapped { try $0.negated() } }

  /// The number mirrored at the real axis, elementwise.
  package func conjugate() throws -> ComplexTensor { try ComplexTensor(real, imaginary.negated()) }

  /// |z|, elementwise.
  package func modulus() throws -> Tensor { try Arithmetic.hypot(real, imaginary) }

  /// |z|², elementwise.
  package func squaredModulus() throws -> Tensor {
    try real.squared().adding(imaginary.squared())
  }

  /// The angle in (-π, π], elementwise.
  package func argument() throws -> Tensor { try Arithmetic.atan2(imaginary, real) }

  /// Where both parts agree.
  package func equal(_ other: ComplexTensor) throws -> Tensor {
    let same = try Arithmetic.equal(real.detached, other.real.detached)
    var both = try same.multiplying(
      Arithmetic.equal(imaginary.detached, other.imaginary.detached))
    both.isMask = true
    return both
  }

  /// A function of one number applied to each. No gradient flows through it.
  package func elementwise(
    _ name: String, _ body: ((Double, Double)) -> (Double, Double)
  ) throws -> ComplexTensor {
    try Gradients.refuse(isTracked, name)
    return filled(shape) { [x = real.doublesPointer, y = imaginary.doublesPointer] index in
      body((x[index], y[index]))
    }
  }

  /// A function of two numbers, elementwise under the stretching rule. No gradient flows through
  /// it.
  package func combined(
    with other: ComplexTensor, _ name: String,
    _ body: ((Double, Double), (Double, Double)) -> (Double, Double)
  ) throws -> ComplexTensor {
    try Gradients.refuse(isTracked || other.isTracked, name)
    let meeting = try Stretching(
      shape, real.stretchable, other.shape, other.real.stretchable)
    let a = mapped { $0.repeated(to: meeting.shape, repeats: meeting.leftRepeats) }
    let b = other.mapped { $0.repeated(to: meeting.shape, repeats: meeting.rightRepeats) }
    let (ax, ay) = (a.real.doublesPointer, a.imaginary.doublesPointer)
    let (bx, by) = (b.real.doublesPointer, b.imaginary.doublesPointer)
    var result = filled(meeting.shape) { i in body((ax[i], ay[i]), (bx[i], by[i])) }
    withExtendedLifetime((a, b)) {}
    result.real.stretchable = meeting.stretchable
    result.imaginary.stretchable = meeting.stretchable
    return result
  }

  private func filled(_ shape: [Int], _ body: (Int) -> (Double, Double)) -> ComplexTensor {
    let re = Tensor(uninitialised: shape, .f64)
    let im = Tensor(uninitialised: shape, .f64)
    for index in 0..<re.count {
      (re.doublesPointer[index], im.doublesPointer[index]) = body(index)
    }
    return ComplexTensor(re, im)
  }
}

extension ComplexTensor {
  /// The discrete Fourier transform along each of the axes, in turn.
  package func fourier(axes: [Int], isInverse: Bool = false) throws -> ComplexTensor {
    var result = self
    for axis in axes {
      let both = try FourierTransform(axis: axis, isInverse: isInverse)(
        result.real, result.imaginary)
      result = try ComplexTensor(both.indexed([.at(0)]), both.indexed([.at(1)]))
      if isInverse { result = try result.mapped { try $0.scaled(by: 1 / Double(shape[axis])) } }
    }
    return result
  }
}
