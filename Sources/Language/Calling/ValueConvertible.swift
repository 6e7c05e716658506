import Basics
import ComplexModule
import Tensors

/// A Swift type that arguments and results of builtins can have.
package protocol ValueConvertible: SendableMetatype {
  /// What a message calls the type: "integer", "tensor", "function".
  static var typeName: String { get }
  /// The Swift value, or nil when the value is of another type.
  static func converted(from value: Value) throws -> Self?
  var value: Value { get }
}

extension Int: ValueConvertible {
  package static func converted(from value: Value) -> Int? { value.integer }
  package var value: Value { .int(self) }
}

extension Double: ValueConvertible {
  package static func converted(from value: Value) -> Double? { value.number }
  package var value: Value { .real(self) }
}

extension Bool: ValueConvertible {
  package static func converted(from value: Value) -> Bool? {
    guard case .bool(let flag) = value else { return nil }
    return flag
  }
  package var value: Value { .bool(self) }
}

extension String: ValueConvertible {
  package static func converted(from value: Value) -> String? {
    guard case .string(let text) = value else { return nil }
    return text
  }
  package var value: Value { .string(self) }
}

extension Tensor: ValueConvertible {
  package static var typeName: String { "tensor" }
  package static func converted(from value: Value) -> Tensor? { value.tensor }
  package var value: Value { Value(self) }
}

extension Value: ValueConvertible {
  package static var typeName: String { "value" }
  package static func converted(from value: Value) -> Value? { value }
  package var value: Value { self }
}

extension FunctionValue: ValueConvertible {
  package static var typeName: String { "function" }
  package static func converted(from value: Value) -> FunctionValue? {
    guard case .function(let function) = value else { return nil }
    return function
  }
  package var value: Value { .function(self) }
}

extension TupleValue: ValueConvertible {
  package static var typeName: String { "tuple" }
  package static func converted(from value: Value) -> TupleValue? {
    guard case .tuple(let tuple) = value else { return nil }
    return tuple
  }
  package var value: Value { .tuple(self) }
}

extension RangeValue: ValueConvertible {
  package static var typeName: String { "range" }
  package static func converted(from value: Value) -> RangeValue? {
    guard case .range(let range) = value else { return nil }
    return range
  }
  package var value: Value { .range(self) }
}

extension ValueConvertible where Self: HostValue {
  package static func converted(from value: Value) throws -> Self? {
    guard case .host(let host) = value else { return nil }
    return host as? Self
  }
  package var value: Value { .host(self) }
}

/// A tuple, a range or a tensor seen as a row of values; a single value counts as a row of one.
package struct Items: ValueConvertible {
  package static let typeName = "list"
  package let values: [Value]
  package init(_ values: [Value]) { self.values = values }
  package static func converted(from value: Value) throws -> Items? {
    switch value {
    case .tuple(let tuple): return Items(tuple.items)
    case .range(let range):
      try Memory.check(
        [range.count], bytesEach: MemoryLayout<Value>.stride, "a list of length")
      return Items((0..<range.count).map(range.element))
    case .tensor(let box) where box.tensor.rank > 0:
      return Items(try (0..<box.tensor.shape[0]).map { Value(try box.tensor.indexed([.at($0)])) })
    case .host(let host as ComplexArray) where host.tensor.rank > 0:
      return Items(
        try (0..<host.tensor.shape[0]).map { index in
          Value(try host.tensor.mapped { try $0.indexed([.at(index)]) })
        })
    case .none: return nil
    default: return Items([value])
    }
  }
  package var value: Value { Value(values) }
}

/// A list of whole numbers: a shape, a permutation; a single integer counts as a list of one.
package struct Integers: ValueConvertible {
  package static let typeName = "integer or tuple of integers"
  package let values: [Int]
  package init(_ values: [Int]) { self.values = values }
  package static func converted(from value: Value) throws -> Integers? {
    if let single = value.integer { return Integers([single]) }
    guard let items = try Items.converted(from: value) else { return nil }
    let numbers = items.values.compactMap(\.integer)
    return numbers.count == items.values.count ? Integers(numbers) : nil
  }
  package var value: Value { Value(values.map(Value.int)) }
}

extension Optional: ValueConvertible where Wrapped: ValueConvertible {
  package static var typeName: String { Wrapped.typeName }
  package static func converted(from value: Value) throws -> Wrapped?? {
    if value.isNone { return .some(nil) }
    guard let wrapped = try Wrapped.converted(from: value) else { return nil }
    return .some(wrapped)
  }
  package var value: Value { self?.value ?? .none }
}

extension Array: ValueConvertible where Element: ValueConvertible {
  package static var typeName: String { "list of \(Element.typeName)s" }
  package static func converted(from value: Value) throws -> [Element]? {
    guard let items = try Items.converted(from: value) else { return nil }
    var result: [Element] = []
    for item in items.values {
      guard let element = try Element.converted(from: item) else { return nil }
      result.append(element)
    }
    return result
  }
  package var value: Value { Value(map(\.value)) }
}
