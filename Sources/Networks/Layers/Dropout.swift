import Basics
import Tensors

/// Numbers left out at random while training (Srivastava et al., 2014).
package struct Dropout: Layer {
  package var rate = 0.5

  package init() {}

  package init(_ rate: Double) { self.rate = rate }

  package static let name = "dropout"
  package static let text = """
    While training, each number is zero with probability `rate`, and the others are divided by \
    1 - rate; otherwise nothing happens.
    """
  package static let examples = """
    net = linear(784, 256) >> relu >> dropout(0.5) >> linear(256, 10)
    dropout(0.5)([1, 2, 3][new, :])        #> [1, 3]  1  2  3
    """
  package static let settings: [Setting<Dropout>] = [
    Setting("rate", \.rate, in: 0...0.999, "probability of being left out")
  ]

  package func outputShape(for input: [Int]) -> [Int] { input }

  package func forward(
    _ x: Tensor, _ state: inout LayerState, _ context: ForwardContext
  ) throws -> Tensor {
    guard context.isTraining, rate > 0 else { return x }
    return try x.multiplying(
      .keeping(x.shape, rate: rate, precision: x.precision, random: context.random))
  }
}

extension Tensor {
  /// Zeros with probability `rate`, else 1 / (1 - rate).
  static func keeping(
    _ shape: [Int], rate: Double, precision: Precision, random: RandomSource
  ) -> Tensor {
    let block = 1 << 14
    let count = shape.reduce(1, *)
    let kept = 1 / (1 - rate)
    // Comparing bits spares a conversion for each number.
    let threshold = UInt32((rate * 0x1p32).rounded())
    func fill<T: BinaryFloatingPoint & SendableMetatype>(_ numbers: UnsafeMutableBufferPointer<T>) {
      nonisolated(unsafe) let numbers = numbers
      // No block throws.
      try? Parallel.forEach((count + block - 1) / block) { index in
        var stream = random.stream("block", index)
        for i in index * block..<Swift.min(count, (index + 1) * block) {
          numbers[i] = stream.next32() < threshold ? 0 : T(kept)
        }
      }
    }
    switch precision {
    case .f32: return Tensor(floatsOf: shape) { fill($0) }
    case .f64: return Tensor(doublesOf: shape) { fill($0) }
    }
  }
}
