/// The running means of Adam and its relatives (arXiv 1412.6980).
struct Moments {
  let beta1: Float
  let beta2: Float
  let epsilon: Float
  /// 1 - beta1^step and the square root of 1 - beta2^step.
  private let correction1: Float
  private let correction2: Float

  init(beta1: Double, beta2: Double, epsilon: Double, step: Int) {
    self.beta1 = Float(beta1)
    self.beta2 = Float(beta2)
    self.epsilon = Float(epsilon)
    correction1 = Float(1 - Self.power(beta1, step))
    correction2 = Float((1 - Self.power(beta2, step)).squareRoot())
  }

  /// Moves the weights; `coupled` is added to the gradient as a multiple of the weights, `shrink`
  /// multiplies the weights first.
  func update(
    _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ m: UnsafeMutablePointer<Float>,
    _ v: UnsafeMutablePointer<Float>, count: Int, rate: Float, coupled: Float, shrink: Float
  ) {
    let scale = rate / correction1
    let root = 1 / correction2
    for i in 0..<count {
      let change = g[i] + coupled * w[i]
      m[i] = beta1 * m[i] + (1 - beta1) * change
      v[i] = beta2 * v[i] + (1 - beta2) * change * change
      w[i] = w[i] * shrink - scale * m[i] / (v[i].squareRoot() * root + epsilon)
    }
  }

  /// base^exponent by squaring: the same bits on every machine.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
