import Basics
import Language
import Tensors

/// Discrete Fourier transforms.
enum FourierTransforms: BuiltinLibrary {
  static let title = "Fourier transforms"

  static let builtins: [Builtin] = [
    transform(
      "fft",
      """
      The discrete Fourier transform along an axis: X[k] = Σ x[j] exp(-2πi jk/n).

      Any length will do; products of small primes are fastest. `n` cuts the axis or fills it with
      zeros first. With several axes, as `axis = (0, 1)` for pictures, one is transformed after the
      other. The result is complex, in double precision; gradients flow through it.

          fft([1, 0, 0, 0])              #> [1 + 0im, 1 + 0im, 1 + 0im, 1 + 0im]
          x = cos(2π*(0..8)/8)
          round(|fft(x)|)                #> [0, 4, 0, 0, 0, 0, 0, 4]
          fft(ones(2, 3), axis = (0, 1))[0, 0]   #> 6 + 0im
      """, isInverse: false),
    transform(
      "ifft",
      """
      The inverse of `fft`: x[j] = Σ X[k] exp(2πi jk/n)/n along an axis.

      The result is complex; `.real` are the numbers that were real before.

          ifft(fft([1, 2, 3])).real              #> [1, 2, 3]
          ifft([4, 0, 0, 0]).real                #> [1, 1, 1, 1]
      """, isInverse: true),
  ]

  private static func transform(_ name: String, _ text: String, isInverse: Bool) -> Builtin {
    Builtin(
      name, text, Parameter<AnyTensor>("x", "real or complex tensor"),
      Parameter<Int?>.optional("n", "length of the transform; that of the axis when left out"),
      Parameter("axis", "axis that is transformed, or several", default: Integers([-1]))
    ) { (x: AnyTensor, length: Int?, axis: Integers) in
      guard !x.shape.isEmpty else {
        throw Problem(
          "shape", "`\(name)` takes a tensor with at least one axis, not a number", argument: 0)
      }
      var z = x.asComplex
      let axes = try axis.values.map { try x.normalised(axis: $0) }
      if let length {
        guard length > 0, axes.count == 1 else {
          throw Problem(
            "range",
            axes.count == 1
              ? "the length of a transform is \(length)"
              : "`n` is the length of one axis, here are \(axes.count)",
            notes: axes.count == 1 ? ["it is 1 or more"] : [],
            suggestions: axes.count == 1 ? [] : ["\(name)(\(name)(x, n, axis = 0), m, axis = 1)"],
            argument: 1)
        }
        var shape = z.shape
        shape[axes[0]] = length
        try Memory.check(shape, bytesEach: 16, "the result")
        z = try z.mapped { try $0.fitted(length, axis: axes[0]) }
      }
      if let axis = axes.first(where: { z.shape[$0] == 0 }) {
        throw Problem(
          "empty", "axis \(axis) of \(z.shape) has no numbers to transform", argument: 0)
      }
      return try z.fourier(axes: axes, isInverse: isInverse)
    }
  }
}

extension Tensor {
  /// The first `length` places of an axis, with zeros behind the last.
  fileprivate func fitted(_ length: Int, axis: Int) throws -> Tensor {
    let n = shape[axis]
    if length <= n { return try sliced(axis: axis, 0..<length) }
    let none = [Int](repeating: 0, count: rank)
    var after = none
    after[axis] = length - n
    return try padded(before: none, after: after)
  }
}
