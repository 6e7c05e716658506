import Basics
import Tensors

/// Lists as builtins see them.
package enum Elements {
  /// How many elements the value has.
  package static func count(_ value: Value) throws -> Int { try Collections.count(value) }

  /// The element at an index that is in range.
  package static func element(_ value: Value, _ index: Int, _ call: Call) throws -> Value {
    try Collections.element(value, index, call)
  }

  /// A tensor when the values are numbers or tensors of one shape, else a tuple.
  package static func listed(_ values: [Value]) -> Value {
    if !values.isEmpty, let tensor = AnyTensor.stacked(values) { return tensor.value }
    return Value(values)
  }
}
