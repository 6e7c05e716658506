import Basics
import Tensors

/// A real or a complex tensor: what functions take that only move or add numbers.
package enum AnyTensor: ValueConvertible {
  case real(Tensor)
  case complex(ComplexTensor)

  package static let typeName = "tensor"

  package static func converted(from value: Value) -> AnyTensor? {
    if let tensor = value.tensor { return .real(tensor) }
    return ComplexTensor.converted(from: value).map(AnyTensor.complex)
  }

  package var value: Value {
    switch self {
    case .real(let tensor): Value(tensor)
    case .complex(let tensor): Value(tensor)
    }
  }

  /// Sizes of the axes.
  package var shape: [Int] {
    switch self {
    case .real(let tensor): tensor.shape
    case .complex(let tensor): tensor.shape
    }
  }

  /// The same numbers as complex ones.
  package var asComplex: ComplexTensor {
    switch self {
    case .real(let tensor): ComplexTensor(tensor)
    case .complex(let tensor): tensor
    }
  }

  /// The axis meant, counted from the left.
  package func normalised(axis: Int) throws -> Int {
    switch self {
    case .real(let tensor): try tensor.normalised(axis: axis)
    case .complex(let tensor): try tensor.real.normalised(axis: axis)
    }
  }

  /// What `body` makes of the numbers: of each part, when they are complex.
  package func mapped(_ body: (Tensor) throws -> Tensor) rethrows -> AnyTensor {
    switch self {
    case .real(let tensor): try .real(body(tensor))
    case .complex(let tensor): try .complex(tensor.mapped(body))
    }
  }

  /// What `body` makes of several tensors: of all real and of all imaginary parts, when one of
  /// them is complex.
  package static func joined(
    _ tensors: [AnyTensor], _ body: ([Tensor]) throws -> Tensor
  ) rethrows -> AnyTensor {
    var real: [Tensor] = []
    for case .real(let tensor) in tensors { real.append(tensor) }
    if real.count == tensors.count { return try .real(body(real)) }
    return try .complex(ComplexTensor.joined(tensors.map(\.asComplex), body))
  }

  /// Values along a new first axis, or nil when they are not all numbers of one shape.
  package static func stacked(_ items: [Value]) -> AnyTensor? {
    guard items.contains(where: \.isComplex) else { return Collections.stacked(items).map(real) }
    var parts: [ComplexTensor] = []
    for item in items {
      if case .tuple = item { return nil }
      guard let part = ComplexTensor.converted(from: item),
        part.shape == parts.first?.shape ?? part.shape
      else { return nil }
      parts.append(part)
    }
    return (try? ComplexTensor.joined(parts) { try Tensor.stacked($0) }).map(complex)
  }
}
