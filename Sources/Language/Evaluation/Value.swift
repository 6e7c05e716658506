import Basics
import CMachine
import ComplexModule
import Tensors

/// A value of the language. Immutable to others: assignment copies, storage is shared until
/// someone writes.
///
/// No larger than 17 bytes, so that registers stay small; anything bigger is a class reference.
package enum Value: Sendable {
  /// The answer of statements that have none; also the mark of an unset name or argument.
  case none
  case int(Int)
  case real(Double)
  case bool(Bool)
  case complex(Complex<Double>)
  case string(String)
  case range(RangeValue)
  case tensor(TensorBox)
  case tuple(TupleValue)
  case function(FunctionValue)
  /// A value whose meaning is another module's: a picture, a network, a figure.
  case host(any HostValue)
}

/// Arithmetic progression `start..end step s`; the end is excluded unless `isClosed`.
package final class RangeValue: Sendable {
  package let start: Value
  package let end: Value
  package let step: Value
  package let isClosed: Bool

  package init(start: Value, end: Value, step: Value = .int(1), isClosed: Bool) {
    self.start = start
    self.end = end
    self.step = step
    self.isClosed = isClosed
  }

  /// Bounds as numbers, for plots and viewports.
  package var bounds: (low: Double, high: Double) {
    (start.number ?? .nan, end.number ?? .nan)
  }

  /// Start, step and count when every element is an integer.
  package var integers: (start: Int, step: Int, count: Int)? {
    guard case .int(let a) = start, case .int(let b) = end, case .int(let s) = step, s != 0 else {
      return nil
    }
    let (span, overflow) = b.subtractingReportingOverflow(a)
    if overflow || s == Int.min { return (a, s, Int.max) }
    if isClosed {
      return (a, s, span / s >= 0 && (span == 0 || (span > 0) == (s > 0)) ? span / s + 1 : 0)
    }
    if span == 0 || (span > 0) != (s > 0) { return (a, s, 0) }
    return (a, s, (abs(span) - 1) / abs(s) + 1)
  }

  /// How many elements; `Int.max` when there is no end.
  package var count: Int {
    if let integers { return integers.count }
    let (low, high) = bounds
    let step = self.step.number ?? 1
    let ratio = (high - low) / step
    guard ratio >= 0 else { return 0 }
    guard ratio < 1e15 else { return Int.max }
    // A bound that is a whole number of steps away, up to rounding, counts as exactly there.
    let nearest = ratio.rounded()
    let isWhole = abs(ratio - nearest) <= 1e-9 * max(1, abs(ratio))
    if isClosed { return Int(isWhole ? nearest : ratio.rounded(.down)) + 1 }
    return Int(isWhole ? nearest : ratio.rounded(.down) + 1)
  }

  /// The element at `index`, counted from 0.
  package func element(_ index: Int) -> Value {
    if let (start, step, _) = integers { return .int(start &+ step &* index) }
    return .real((start.number ?? .nan) + (step.number ?? 1) * Double(index))
  }

  /// All elements as a tensor, when memory holds so many.
  package func tensor() throws -> Tensor {
    let count = self.count
    // Numbers are gathered before they are a tensor: twice the room.
    try Memory.check([count], bytesEach: 16, "a range of length")
    return Tensor((0..<count).map { element($0).number ?? .nan }, shape: [count])
  }
}

/// A reference to a tensor, so that `x[i] = v` can write in place when nobody else looks.
package final class TensorBox: @unchecked Sendable {
  // The core of the machine reads numbers through it: it stands first.
  private var window: cm_window
  // Written only by the machine, and only while the reference is unique.
  package var tensor: Tensor {
    didSet { window = Self.window(of: tensor) }
  }

  package init(_ tensor: Tensor) {
    self.tensor = tensor
    window = Self.window(of: tensor)
  }

  /// Whether nobody else refers to the numbers of a box that nobody else refers to.
  static func isSole(_ box: inout TensorBox) -> Bool {
    isKnownUniquelyReferenced(&box) && box.tensor.isSole()
  }

  private static func window(of tensor: Tensor) -> cm_window {
    let rank = tensor.rank
    return cm_window(
      numbers: tensor.rowMajorNumbers, rank: Int64(rank),
      rows: rank > 0 ? Int64(tensor.shape[0]) : 1, columns: rank > 1 ? Int64(tensor.shape[1]) : 1,
      is_double: tensor.precision == .f64 ? 1 : 0, is_mask: tensor.isMask ? 1 : 0)
  }
}

/// A tuple `(1, "a")`, or a record when its items have names: `(lr = 1e-3, depth = 6)`.
package final class TupleValue: Sendable {
  package let items: [Value]
  /// One name an item for a record, empty for a tuple.
  package let names: [String]
  /// How deep lists and functions hold one another from here.
  let nesting: Int
  private let claim: MemoryClaim?
  /// How many values are in it and in the tuples in it, each counted as often as it stands there.
  package let leafCount: Int

  package init(_ items: [Value], names: [String] = []) {
    self.items = items
    self.names = names
    nesting = 1 + items.reduce(0) { max($0, $1.nesting) }
    claim = .large(items.count * MemoryLayout<Value>.stride)
    var count = 0
    for item in items {
      guard case .tuple(let inner) = item else {
        count += 1
        continue
      }
      // `t = (t, t)` doubles the number; it stops being counted long before it overflows.
      count = min(count + inner.leafCount, 1 << 60)
    }
    leafCount = count
  }

  package var isRecord: Bool { !names.isEmpty }

  /// The item of that name.
  package subscript(name: String) -> Value? {
    names.firstIndex(of: name).map { items[$0] }
  }
}

extension Value {
  /// A tensor as a value; a scalar that carries no gradient becomes a number.
  package init(_ tensor: Tensor) {
    if tensor.rank == 0, !tensor.isTracked {
      self = tensor.isMask ? .bool(tensor.item != 0) : .real(tensor.item)
    } else {
      self = .tensor(TensorBox(tensor))
    }
  }

  package init(_ items: [Value]) { self = .tuple(TupleValue(items)) }

  /// A real number, if the value is one (integers count, and scalars that carry a gradient).
  package var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .real(let value): value
    case .tensor(let box) where box.tensor.count == 1 && box.tensor.rank == 0: box.tensor.item
    default: nil
    }
  }

  /// An integer; a real that is a whole number counts.
  package var integer: Int? {
    switch self {
    case .int(let value): value
    case .real(let value): Int(exactly: value)
    case .tensor(let box) where box.tensor.rank == 0: Int(exactly: box.tensor.item)
    default: nil
    }
  }

  package var isNone: Bool {
    if case .none = self { return true }
    return false
  }

  /// The value as a tensor: numbers become scalars, ranges and tuples of numbers are laid out.
  package var tensor: Tensor? {
    switch self {
    case .int(let value): return Tensor([Double(value)], shape: [])
    case .real(let value): return Tensor([value], shape: [])
    case .bool(let value):
      var tensor = Tensor([value ? 1 : 0], shape: [])
      tensor.isMask = true
      return tensor
    case .tensor(let box): return box.tensor
    case .range(let range):
      return try? range.tensor()
    case .tuple(let tuple):
      // Tuples of tuples that hold themselves many times over would be larger than any memory.
      guard tuple.leafCount == tuple.items.count || tuple.leafCount < 1 << 24 else { return nil }
      let parts = tuple.items.map(\.tensor)
      guard let first = parts.first ?? nil, first.rank == 0 || !tuple.isRecord else { return nil }
      var values: [Double] = []
      for part in parts {
        guard let part, part.shape == first.shape else { return nil }
        values += part.doubles
      }
      return Tensor(values, shape: [parts.count] + first.shape)
    case .none, .complex, .string, .function, .host: return nil
    }
  }

  /// What a user calls the type: "integer", "tensor", "function", …
  package var typeName: String {
    switch self {
    case .none: "nothing"
    case .int: "integer"
    case .real: "number"
    case .bool: "true or false"
    case .complex: "complex number"
    case .string: "text"
    case .range: "range"
    case .tensor: "tensor"
    case .tuple(let tuple): tuple.isRecord ? "record" : "tuple"
    case .function: "function"
    case .host(let host): type(of: host).typeName
    }
  }

  /// The type with its shape or value, as error messages show it: `[784]`, `3`, `text "a"`.
  package var facts: String {
    switch self {
    case .tensor(let box): "[" + box.tensor.shape.map(String.init).joined(separator: ", ") + "]"
    case .int(let value): String(value)
    case .real(let value): NumberText.short(value)
    case .bool(let value): String(value)
    case .string(let text): "text \"\(text.prefix(40))\""
    case .tuple(let tuple): "\(tuple.isRecord ? "record" : "tuple") of \(tuple.items.count)"
    case .host(let host): host.facts
    case .none, .complex, .range, .function: Spelling.article(typeName)
    }
  }
}
