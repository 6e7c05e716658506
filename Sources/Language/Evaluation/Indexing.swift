import Basics
import Tensors

/// `x[…]`, read and written.
package enum Indexing {
  static func element(
    of base: Value, _ items: [SubscriptItem], _ site: IndexSite, _ call: Call
  ) throws -> Value {
    switch base {
    case .tensor(let box):
      let tensor = box.tensor
      if items.count == tensor.rank, let position = try flat(items, tensor.shape, site),
        !tensor.isTracked
      {
        let number = tensor[flat: position]
        return tensor.isMask ? .bool(number != 0) : .real(number)
      }
      let part = Value(try tensor.indexed(try items.map { try tensorIndex($0) }))
      try Memory.settle("this part of `\(site.text)`")
      return part
    case .tuple(let tuple):
      guard items.count == 1 else {
        throw Problem("index", "a tuple takes one index, here are \(items.count)")
      }
      switch items[0] {
      case .at(let index):
        return tuple.items[try position(index, tuple.items.count, "the tuple")]
      case .slice(let from, let to, let step):
        let indices = try slice(from, to, step, tuple.items.count)
        return .tuple(
          TupleValue(
            indices.map { tuple.items[$0] },
            names: tuple.isRecord ? indices.map { tuple.names[$0] } : []))
      case .value(.string(let name)):
        guard let item = tuple[name] else {
          throw Problem(
            "field", "the record has no field \"\(name)\"",
            notes: ["it has: " + tuple.names.joined(separator: ", ")])
        }
        return item
      case .value(let value):
        if let index = value.integer {
          return tuple.items[try position(index, tuple.items.count, "the tuple")]
        }
        guard let list = try Integers.converted(from: value) else {
          throw Problem(
            "index", "a tuple is indexed by integers, not \(Operators.described(value))")
        }
        return Value(
          try list.values.map { tuple.items[try position($0, tuple.items.count, "the tuple")] })
      case .new: throw Problem("index", "`new` makes an axis of a tensor, not of a tuple")
      }
    case .range(let range):
      if items.count == 1, case .at(let index) = items[0] {
        return range.element(try position(index, range.count, "the range"))
      }
      return try element(of: .tensor(TensorBox(range.tensor())), items, site, call)
    case .string(let text):
      let characters = Array(text)
      switch items.count == 1 ? items[0] : .new {
      case .at(let index):
        return .string(String(characters[try position(index, characters.count, "the text")]))
      case .slice(let from, let to, let step):
        return .string(String(try slice(from, to, step, characters.count).map { characters[$0] }))
      default: throw Problem("index", "text is indexed by one integer or slice")
      }
    case .host(let host): return try host.element(items, call)
    case .complex where items.allSatisfy({ if case .new = $0 { true } else { false } }):
      return try ComplexArray(ComplexTensor.converted(from: base) ?? ComplexTensor(0, 0))
        .element(items, call)
    case .int, .real, .bool, .complex:
      if items.allSatisfy({ if case .new = $0 { true } else { false } }), let tensor = base.tensor {
        return Value(try tensor.indexed(items.map { try tensorIndex($0) }))
      }
      throw Problem("index", "\(Operators.described(base)) has no elements to index")
    case .function:
      throw Problem(
        "index", "`\(site.text)` is a function; calls take round brackets",
        suggestions: ["\(site.text)(…)"])
    case .none: throw Problem("index", "there is nothing to index")
    }
  }

  /// Writes `value` into the tensor of `target`, in place when nobody else refers to it.
  static func assign(
    _ target: inout Value, _ items: [SubscriptItem], _ value: Value, _ site: IndexSite
  ) throws {
    if var array = ComplexArray.taken(from: &target) {
      defer { target = .host(array) }
      if !isKnownUniquelyReferenced(&array) {
        try Memory.check(array.tensor.shape, bytesEach: 16, "a copy of shape")
        array = ComplexArray(array.tensor)
      }
      try array.assign(value, at: items)
      try Memory.settle("the changed `\(site.text)`")
      return
    }
    guard case .tensor(var box) = target else {
      throw Problem(
        "index", "elements of \(Operators.described(target)) cannot be set",
        suggestions: {
          if case .tuple = target {
            return ["build a new one: (…, …)  or  merge(record, name = …)"]
          }
          return []
        }())
    }
    // The register lets go while the write goes on, so that an unshared tensor is seen as such.
    target = .none
    defer { target = .tensor(box) }
    if !isKnownUniquelyReferenced(&box) {
      // Refused before the write, which must not leave half a tensor behind.
      try Memory.check(box.tensor.shape, bytesEach: box.tensor.precision.size, "a copy of shape")
      box = TensorBox(box.tensor)
    }
    if let position = items.count == box.tensor.rank
      ? try flat(items, box.tensor.shape, site) : nil,
      let number = value.number
    {
      box.tensor[flat: position] = number
      return
    }
    guard let source = value.tensor else {
      throw Problem(
        "type",
        value.isComplex
          ? "`\(site.text)` is a real tensor and cannot hold \(Operators.described(value))"
          : "a tensor holds numbers, not \(Operators.described(value))",
        suggestions: value.isComplex
          ? ["\(site.text) = complex(\(site.text))   makes room for complex numbers"] : [])
    }
    try box.tensor.replace(try items.map { try tensorIndex($0) }, with: source)
    try Memory.settle("the changed `\(site.text)`")
  }

  /// The row-major position when every item is an integer.
  private static func flat(_ items: [SubscriptItem], _ shape: [Int], _ site: IndexSite) throws
    -> Int?
  {
    var result = 0
    for (axis, item) in items.enumerated() {
      guard case .at(let index) = item else { return nil }
      let size = shape[axis]
      guard index >= -size, index < size else {
        throw Problem(
          "index", "index \(index) is outside axis \(axis) of `\(site.text)`",
          notes: [
            size == 0
              ? "the axis is empty"
              : "`\(site.text)` is [\(shape.map(String.init).joined(separator: ", "))]: valid are 0..=\(size - 1), or -1 for the last"
          ])
      }
      result = result * size + (index < 0 ? index + size : index)
    }
    return result
  }

  static func tensorIndex(_ item: SubscriptItem) throws -> IndexItem {
    switch item {
    case .at(let index): return .at(index)
    case .slice(let from, let to, let step): return .slice(from: from, to: to, step: step ?? 1)
    case .new: return .new
    case .value(let value):
      if let index = value.integer { return .at(index) }
      guard let tensor = value.tensor else {
        throw Problem(
          "index",
          "a tensor is indexed by integers, slices, masks and lists, not \(Operators.described(value))"
        )
      }
      if tensor.isMask { return .mask(tensor) }
      let places = tensor.doubles.map { Int(exactly: $0) }
      if tensor.rank == 0 {
        throw Problem(
          "index", "an index is a whole number, not \(Display.text(value))",
          suggestions: ["floor(…)", "int(…)"])
      }
      guard tensor.rank == 1, places.allSatisfy({ $0 != nil }) else {
        throw Problem("index", "a list of places is one row of whole numbers, not \(value.facts)")
      }
      return .list(places.compactMap { $0 })
    }
  }

  static func position(_ index: Int, _ count: Int, _ what: String) throws -> Int {
    guard index >= -count, index < count else {
      throw Problem(
        "index", "index \(index) is outside \(what)",
        notes: [count == 0 ? "it is empty" : "it has \(count) elements: 0...\(count - 1)"])
    }
    return index < 0 ? index + count : index
  }

  /// Positions that a slice of `count` elements selects; bounds are clamped as in Python.
  package static func slice(_ from: Int?, _ to: Int?, _ step: Int?, _ count: Int) throws -> [Int] {
    let step = step ?? 1
    guard step != 0 else { throw Problem("index", "the step of a slice cannot be 0") }
    func clamped(_ bound: Int?, _ fallback: Int) -> Int {
      guard var bound else { return fallback }
      if bound < 0 { bound += count }
      return step > 0 ? min(max(bound, 0), count) : min(max(bound, -1), count - 1)
    }
    let start = clamped(from, step > 0 ? 0 : count - 1)
    let end = clamped(to, step > 0 ? count : -1)
    return Array(stride(from: start, to: end, by: step))
  }
}
