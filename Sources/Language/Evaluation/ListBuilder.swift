import Basics
import CMachine
import Tensors

/// Gathers the values of a comprehension.
///
/// Numbers and truth values stand in plain memory, where the core of the machine appends them, and
/// as `Value`s only once something else comes in between.
package final class ListBuilder: HostValue, @unchecked Sendable {
  package static let typeName = "list"

  // The core reads it where it stands, so it comes first: see `cm_list`.
  private let plain: UnsafeMutablePointer<cm_list>
  /// All values, once one of them is not plain.
  private var values: [Value]?

  package init() {
    plain = .allocate(capacity: 1)
    plain.initialize(to: cm_list(bits: nil, tags: nil, count: 0, capacity: 0))
  }

  deinit {
    plain.pointee.bits?.deallocate()
    plain.pointee.tags?.deallocate()
    plain.deallocate()
  }

  package func show(_ style: DisplayStyle) -> Shown { Shown("list of \(count)") }

  package var count: Int { values?.count ?? Int(plain.pointee.count) }

  package func append(_ value: Value) {
    if values != nil {
      values?.append(value)
      return
    }
    let (bits, tag): (UInt64, Int)
    switch value {
    case .int(let number): (bits, tag) = (UInt64(bitPattern: Int64(number)), CM_INT)
    case .real(let number): (bits, tag) = (number.bitPattern, CM_REAL)
    case .bool(let flag): (bits, tag) = (flag ? 1 : 0, CM_BOOL)
    case .none, .complex, .string, .range, .tensor, .tuple, .function, .host:
      values = items + [value]
      // Full, so that the core leaves every further value to this function.
      (plain.pointee.count, plain.pointee.capacity) = (0, 0)
      return
    }
    if plain.pointee.count == plain.pointee.capacity { grow() }
    let count = Int(plain.pointee.count)
    plain.pointee.bits[count] = bits
    plain.pointee.tags[count] = UInt8(tag)
    plain.pointee.count += 1
  }

  private func grow() {
    let count = Int(plain.pointee.count)
    let capacity = max(16, 2 * count)
    let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
    let tags = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    if let old = plain.pointee.bits, let oldTags = plain.pointee.tags {
      bits.initialize(from: old, count: count)
      tags.initialize(from: oldTags, count: count)
      old.deallocate()
      oldTags.deallocate()
    }
    (plain.pointee.bits, plain.pointee.tags) = (bits, tags)
    plain.pointee.capacity = Int64(capacity)
  }

  /// Everything gathered so far.
  package var items: [Value] {
    if let values { return values }
    return (0..<count).map { index in
      let bits = plain.pointee.bits[index]
      switch Int(plain.pointee.tags[index]) {
      case CM_INT: return .int(Int(Int64(bitPattern: bits)))
      case CM_REAL: return .real(Double(bitPattern: bits))
      default: return .bool(bits & 1 == 1)
      }
    }
  }

  /// A tensor when every element is a number or a tensor of one shape, else nil.
  package func stacked() -> AnyTensor? {
    if values != nil || count == 0 { return AnyTensor.stacked(items) }
    let (bits, tags) = (plain.pointee.bits, plain.pointee.tags)
    guard let bits, let tags else { return nil }
    let kinds = UnsafeBufferPointer(start: tags, count: count).reduce(into: (low: 255, high: 0)) {
      $0 = (min($0.low, Int($1)), max($0.high, Int($1)))
    }
    guard kinds.high < CM_BOOL || kinds.low == CM_BOOL else { return nil }
    var tensor = Tensor(doublesOf: [count]) { numbers in
      for index in numbers.indices {
        numbers[index] =
          Int(tags[index]) == CM_REAL
          ? Double(bitPattern: bits[index]) : Double(Int64(bitPattern: bits[index]))
      }
    }
    tensor.isMask = kinds.low == CM_BOOL
    return .real(tensor)
  }

  /// A tensor when there are elements, numbers or tensors of one shape, else a tuple.
  package func listed() -> Value {
    if count > 0, let tensor = stacked() { return tensor.value }
    return Value(items)
  }

  /// A tensor when every element is a number or a tensor of one shape, else a tuple.
  func finished(_ sizes: [Int]) throws -> Value {
    if let tensor = stacked() {
      try Memory.settle("the comprehension")
      return try tensor.mapped { try $0.reshaped(sizes + $0.shape.dropFirst()) }.value
    }
    return nested(items[...], sizes[...])
  }

  private func nested(_ items: ArraySlice<Value>, _ sizes: ArraySlice<Int>) -> Value {
    guard sizes.count > 1, let first = sizes.first, first > 0 else { return Value(Array(items)) }
    let size = items.count / first
    return Value(
      (0..<first).map { index in
        let start = items.startIndex + index * size
        return nested(items[start..<start + size], sizes.dropFirst())
      })
  }
}
