import Basics

/// A parameter of a builtin: name, text, type and default in one place.
package struct Parameter<Wanted: ValueConvertible>: Sendable {
  package let name: String
  package let text: String
  package let fallback: Value?
  package let isRest: Bool
  let isNamedOnly: Bool

  /// A parameter that must be given, or has a default.
  package init(
    _ name: String, _ text: String, default fallback: Wanted? = nil, namedOnly: Bool = false
  ) {
    self.name = name
    self.text = text
    self.fallback = fallback.map(\.value)
    self.isRest = false
    self.isNamedOnly = namedOnly
  }

  private init(rest name: String, _ text: String) {
    self.name = name
    self.text = text
    fallback = Value([])
    isRest = true
    isNamedOnly = false
  }

  /// All further positional arguments, as a list.
  package static func rest(_ name: String, _ text: String) -> Parameter {
    Parameter(rest: name, text)
  }

  /// An argument that may be left out and then is nil.
  package static func optional<Inner>(
    _ name: String, _ text: String, namedOnly: Bool = false
  ) -> Parameter where Wanted == Inner? {
    Parameter(name, text, default: .some(nil), namedOnly: namedOnly)
  }
}

/// A parameter as help, completion and argument checks see it.
package struct ParameterDescription: Sendable {
  package let name: String
  package let text: String
  package let typeName: String
  package let fallback: Value?
  package let isRest: Bool
  package let isNamedOnly: Bool

  package init(
    name: String, text: String, typeName: String, fallback: Value?, isRest: Bool = false,
    isNamedOnly: Bool = false
  ) {
    self.name = name
    self.text = text
    self.typeName = typeName
    self.fallback = fallback
    self.isRest = isRest
    self.isNamedOnly = isNamedOnly
  }

  init<Wanted>(_ parameter: Parameter<Wanted>) {
    self.init(
      name: parameter.name, text: parameter.text, typeName: Wanted.typeName,
      fallback: parameter.fallback, isRest: parameter.isRest, isNamedOnly: parameter.isNamedOnly)
  }
}

/// A function of the library: the declaration is the implementation, the signature, the
/// documentation and the examples.
///
/// The text's first line is a complete sentence; indented lines are examples in the language with
/// their `#>` answers, which run as tests.
package struct Builtin: Sendable {
  package let name: String
  package let text: String
  package let parameters: [ParameterDescription]
  /// What it is for plain numbers, where that can be had without a call.
  package let shortcut: Shortcut?
  /// Whether named arguments of any name are passed on with the rest, as `merge` wants them.
  package let takesAnyName: Bool
  /// How the shape of its result follows from its arguments, if that can be told.
  package internal(set) var shapeRule: ShapeRule?
  private let body: @Sendable (Call, [Value]) throws -> Value

  /// A builtin whose arguments are already values, one for each description.
  package init(
    _ name: String, _ text: String, parameters: [ParameterDescription],
    shortcut: Shortcut? = nil, takesAnyName: Bool = false,
    body: @escaping @Sendable (Call, [Value]) throws -> Value
  ) {
    self.name = name
    self.text = text
    self.parameters = parameters
    self.shortcut = shortcut
    self.takesAnyName = takesAnyName
    self.body = body
  }

  /// A builtin that needs the running program: random streams, files, output.
  package init<each Argument: ValueConvertible, Result: ValueConvertible>(
    _ name: String, _ text: String, _ parameter: repeat Parameter<each Argument>,
    shortcut: Shortcut? = nil,
    body: @escaping @Sendable (Call, repeat each Argument) throws -> Result
  ) {
    var descriptions: [ParameterDescription] = []
    repeat descriptions.append(ParameterDescription(each parameter))
    self.init(name, text, parameters: descriptions, shortcut: shortcut) { call, values in
      var index = 0
      func next<Wanted>(_ parameter: Parameter<Wanted>) throws -> Wanted {
        defer { index += 1 }
        return try call.convert(values[index], to: Wanted.self, parameter.name, index)
      }
      return try body(call, repeat try next(each parameter)).value
    }
  }

  /// A builtin that is a pure function of its arguments.
  package init<each Argument: ValueConvertible, Result: ValueConvertible>(
    _ name: String, _ text: String, _ parameter: repeat Parameter<each Argument>,
    shortcut: Shortcut? = nil,
    body: @escaping @Sendable (repeat each Argument) throws -> Result
  ) {
    self.init(name, text, repeat each parameter, shortcut: shortcut) {
      (_: Call, arguments: repeat each Argument) in
      try body(repeat each arguments)
    }
  }

  /// Calls the builtin with one value for each parameter.
  package func callAsFunction(_ call: Call, _ values: [Value]) throws -> Value {
    let value = try body(call, values)
    try Memory.settle("`\(name)`")
    return try value.nested()
  }

  /// How many positional arguments it takes.
  package var arity: ClosedRange<Int> {
    let positional = parameters.filter { !$0.isNamedOnly }
    let least = parameters.count { $0.fallback == nil }
    return least...(positional.contains(where: \.isRest) ? Int.max : max(least, positional.count))
  }

  /// `gauss(x, μ = 0, σ = 1)`.
  package var signature: String {
    let list = parameters.map { parameter in
      if parameter.isRest { return "\(parameter.name)…" }
      guard let fallback = parameter.fallback else { return parameter.name }
      return fallback.isNone ? "[\(parameter.name)]" : "\(parameter.name) = \(fallback.source)"
    }
    return "\(name)(\(list.joined(separator: ", ")))"
  }

  /// The first sentence of the text.
  package var summary: String {
    String(text.split(separator: "\n", maxSplits: 1).first ?? "")
  }

  /// Example programs in the text: its indented blocks.
  package var examples: [String] {
    var blocks: [String] = []
    var current: [Substring] = []
    let lines: [Substring] = text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines + [""] {
      if line.hasPrefix("    ") {
        current.append(line.dropFirst(4))
      } else if !current.isEmpty {
        blocks.append(current.joined(separator: "\n"))
        current = []
      }
    }
    return blocks
  }
}
