import Basics
import Tensors

/// Where initial weights come from.
package enum Initialisation: String, Sendable, CaseIterable {
  case zeros, ones
  /// Uniform within ±1/√(inputs of a unit).
  case uniform
  /// Normal with variance 2/(outputs of a unit) (He et al., "Delving deep into rectifiers", 2015).
  case kaiming
  /// Uniform within ±√(6/(inputs + outputs)) (Glorot and Bengio, 2010).
  case xavier
  /// Normal with deviation 0.02, cut at ±2.
  case normal

  /// Words that a user may choose from.
  static let choices = allCases.map(\.rawValue)

  /// Initial numbers of that shape, a function of the stream alone.
  ///
  /// Weights are [outputs, inputs, window…]; all that follows the first axis meets in a unit.
  package func tensor(
    _ shape: [Int], fanIn: Int? = nil, precision: Precision = .f32, random: RandomSource
  ) -> Tensor {
    let count = shape.reduce(1, *)
    switch self {
    case .zeros: return Tensor(repeating: 0, shape: shape, precision: precision)
    case .ones: return Tensor(repeating: 1, shape: shape, precision: precision)
    case .uniform, .kaiming, .xavier, .normal: break
    }
    let window = shape.dropFirst(2).reduce(1, *)
    let fanIn = Double(max(1, fanIn ?? shape.dropFirst().reduce(1, *)))
    let fanOut = Double(max(1, (shape.first ?? 1) * window))
    switch self {
    case .zeros, .ones, .normal:
      return Self.filled(shape, count, precision, random) { Self.cutNormal(&$0) }
    case .uniform:
      let bound = 1 / fanIn.squareRoot()
      return Self.filled(shape, count, precision, random) { $0.uniform(-bound, bound) }
    case .kaiming:
      let deviation = (2 / fanOut).squareRoot()
      return Self.filled(shape, count, precision, random) { deviation * $0.normal() }
    case .xavier:
      let bound = (6 / (fanIn + fanOut)).squareRoot()
      return Self.filled(shape, count, precision, random) { $0.uniform(-bound, bound) }
    }
  }

  private static func cutNormal(_ random: inout RandomSource) -> Double {
    while true {
      let value = 0.02 * random.normal()
      if abs(value) <= 2 { return value }
    }
  }

  /// Numbers in blocks with a stream each, so that threads do not change them.
  private static func filled(
    _ shape: [Int], _ count: Int, _ precision: Precision, _ random: RandomSource,
    _ draw: @Sendable (inout RandomSource) -> Double
  ) -> Tensor {
    let block = 1 << 15
    func fill<T: BinaryFloatingPoint & SendableMetatype>(_ numbers: UnsafeMutableBufferPointer<T>) {
      nonisolated(unsafe) let numbers = numbers
      // No block throws.
      try? Parallel.forEach((count + block - 1) / block) { index in
        var stream = random.stream("block", index)
        for i in index * block..<Swift.min(count, (index + 1) * block) {
          numbers[i] = T(draw(&stream))
        }
      }
    }
    switch precision {
    case .f32: return Tensor(floatsOf: shape) { fill($0) }
    case .f64: return Tensor(doublesOf: shape) { fill($0) }
    }
  }
}

extension Initialisation: SettingConvertible {
  package static var typeName: String { "text" }

  package init?(settingValue: SettingValue) {
    guard let word = String(settingValue: settingValue) else { return nil }
    self.init(rawValue: word)
  }

  package var settingValue: SettingValue { .text(rawValue) }
}
