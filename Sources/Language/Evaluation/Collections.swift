import Basics
import ComplexModule
import Tensors

/// What loops, literals and unpacking do with values.
enum Collections {
  /// Sets up the four registers of a loop over `collection`.
  static func begin(_ collection: Value, _ state: UnsafeMutablePointer<Value>) throws {
    if case .range(let range) = collection, let (start, step, count) = range.integers {
      state[0] = .none
      state[1] = .int(start)
      state[2] = .int(count)
      state[3] = .int(step)
      return
    }
    let count = try count(collection)
    state[0] = collection
    state[1] = .int(0)
    state[2] = .int(count)
  }

  /// How many elements a loop over the value sees.
  static func count(_ collection: Value) throws -> Int {
    switch collection {
    case .range(let range): return range.count
    case .tuple(let tuple): return tuple.items.count
    case .tensor(let box) where box.tensor.rank > 0: return box.tensor.shape[0]
    case .string(let text): return text.count
    case .host(let host):
      if let count = host.elementCount { return count }
    case .int(let count):
      throw Problem(
        "type", "an integer has no elements to go through", suggestions: ["0..\(count)"])
    case .none, .real, .bool, .complex, .tensor, .function: break
    }
    throw Problem("type", "\(Operators.described(collection)) has no elements to go through")
  }

  static func element(_ collection: Value, _ index: Int, _ call: Call) throws -> Value {
    switch collection {
    case .range(let range): return range.element(index)
    case .tuple(let tuple): return tuple.items[index]
    case .tensor(let box): return scalarKept(try box.tensor.indexed([.at(index)]))
    case .string(let text): return .string(String(Array(text)[index]))
    case .host(let host): return try host.element([.at(index)], call)
    case .none, .int, .real, .bool, .complex, .function: return .none
    }
  }

  /// A tensor's element as a number; whole numbers stay real.
  static func scalarKept(_ tensor: Tensor) -> Value { Value(tensor) }

  static func range(_ start: Value, _ end: Value, step: Value, isClosed: Bool) throws
    -> RangeValue
  {
    for value in [start, end] where value.number == nil {
      throw Problem(
        "type", "a range goes between numbers, not \(Operators.described(value))")
    }
    for value in [start, end] where value.number?.isNaN == true {
      throw Problem("range", "a bound of a range is a number, not nan")
    }
    let step = step.isNone ? .int(1) : step
    guard let width = step.number, width != 0, width.isFinite else {
      throw Problem("range", "the step of a range is a number other than 0")
    }
    func exact(_ value: Value) -> Value {
      if case .tensor = value { return .real(value.number ?? .nan) }
      return value
    }
    return RangeValue(start: exact(start), end: exact(end), step: exact(step), isClosed: isClosed)
  }

  /// Values stacked along a new first axis, or nil when they are not all numbers of one shape.
  static func stacked(_ items: [Value]) -> Tensor? {
    guard let first = items.first else { return Tensor([], shape: [0]) }
    if items.allSatisfy({
      switch $0 {
      case .int, .real: true
      default: false
      }
    }) {
      return Tensor(items.map { $0.number ?? .nan }, shape: [items.count])
    }
    if items.allSatisfy({ if case .bool = $0 { true } else { false } }) {
      var mask = Tensor(
        items.map { if case .bool(true) = $0 { 1 } else { 0 } }, shape: [items.count])
      mask.isMask = true
      return mask
    }
    switch first {
    case .int, .real, .tensor, .range: break
    default: return nil
    }
    var parts: [Tensor] = []
    for item in items {
      switch item {
      case .int, .real, .tensor, .range: break
      default: return nil
      }
      guard let part = item.tensor, part.shape == parts.first?.shape ?? part.shape else {
        return nil
      }
      parts.append(part)
    }
    return try? Tensor.stacked(parts)
  }

  /// A tensor literal. One row is a tensor of rank 1; entries that are tensors are joined.
  static func tensor(_ entries: [Value], _ layout: TensorLayout) throws -> Value {
    if entries.isEmpty { return Value(Tensor([], shape: [0])) }
    // A row of things that are not numbers is a list: texts, pictures, functions.
    let isList = entries.allSatisfy { entry in
      switch entry {
      case .host: !entry.isComplex
      case .string, .function, .tuple: true
      case .none, .int, .real, .bool, .range, .tensor, .complex: false
      }
    }
    if isList, layout.rows.count == 1 { return Value(entries) }
    for (index, entry) in entries.enumerated() {
      switch entry {
      case .int, .real, .bool, .tensor, .range, .complex: continue
      case .none, .string, .tuple, .function, .host:
        if entry.isComplex { continue }
        throw Problem(
          "type", "a tensor holds numbers; entry \(index) is \(Operators.described(entry))",
          suggestions: ["( …, … )  for a tuple of anything"])
      }
    }
    guard let stacked = AnyTensor.stacked(entries) else {
      let shapes = entries.map(\.facts)
      throw Problem(
        "shape", "the entries of the tensor have different shapes",
        notes: [shapes.prefix(6).joined(separator: ", ")])
    }
    if layout.rows.count > 1 {
      return try stacked.mapped {
        try $0.reshaped([layout.rows.count, layout.rows[0]] + $0.shape.dropFirst())
      }.value
    }
    return stacked.value
  }

  /// Checks an argument against the shape in the signature; names get their sizes on first sight.
  static func bind(
    _ value: Value, _ site: ShapeSite, _ registers: UnsafeMutablePointer<Value>
  ) throws {
    guard let tensor = AnyTensor.converted(from: value), tensor.shape.count == site.names.count
    else {
      throw Problem(
        "shape",
        "`\(site.parameter)` must be a tensor of shape [\(site.names.joined(separator: ", "))], "
          + "not \(value.facts)")
    }
    for (axis, name) in site.names.enumerated() {
      let register = registers + Int(site.registers[axis])
      let size = tensor.shape[axis]
      if case .int(let known) = register.pointee {
        if known != size {
          throw misfit(site.parameter, tensor.shape, site.names, name, known, size)
        }
      } else {
        register.pointee = .int(size)
      }
    }
  }

  /// An argument of the right rank whose sizes are not those of the signature.
  static func misfit(
    _ parameter: String, _ shape: [Int], _ names: [String], _ name: String, _ known: Int,
    _ size: Int
  ) -> Problem {
    Problem(
      "shape",
      "`\(parameter)` is \(shape), its shape is written [\(names.joined(separator: ", "))]",
      notes: [
        name == String(known)
          ? "\(known) ≠ \(size)" : "\(name) is \(known) elsewhere and \(size) here"
      ])
  }

  static func unpacked(_ value: Value, count: Int) throws -> [Value] {
    guard let items = try Items.converted(from: value)?.values, items.count == count else {
      let found = (try? Self.count(value)).map(String.init) ?? "1"
      throw Problem("unpack", "\(count) names on the left, \(found) values on the right")
    }
    return items
  }

  static func assertionHolds(_ value: Value) throws -> Bool {
    if case .tensor(let box) = value, box.tensor.isMask {
      return box.tensor.doubles.allSatisfy { $0 != 0 }
    }
    return try Operators.condition(value)
  }

  static func assertionProblem(
    _ site: AssertionSite, _ facts: [(text: String, value: Value)], _ message: Value?,
    _ style: DisplayStyle
  ) -> Problem {
    var text = "this does not hold"
    if case .string(let given)? = message { text = given }
    let notes = facts.filter { $0.text != Display.text($0.value, style) }
      .map { "\($0.text) is \(Display.text($0.value, style))" }
    return Problem(site.slug, text, notes: notes)
  }
}
