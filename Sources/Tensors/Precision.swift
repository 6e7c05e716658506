/// How the numbers of a tensor are stored.
package enum Precision: String, Sendable, CaseIterable {
  /// Double: the language's own numbers.
  case f64
  /// Single: images, data sets and weights.
  case f32

  /// Bytes of one number.
  package var size: Int {
    switch self {
    case .f64: 8
    case .f32: 4
    }
  }

  /// The precision of a result made of both: f32 with f64 gives f64.
  package static func joined(_ left: Precision, _ right: Precision) -> Precision {
    left == .f64 || right == .f64 ? .f64 : .f32
  }
}
