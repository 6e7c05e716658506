/// A value that a setting can hold.
package enum SettingValue: Codable, Equatable, Sendable {
  case integer(Int)
  case real(Double)
  case boolean(Bool)
  case text(String)
}

/// A Swift type that a setting can have.
package protocol SettingConvertible: Sendable {
  /// The word a user reads for the type: "integer", "number", "true or false", "text".
  static var typeName: String { get }
  init?(settingValue: SettingValue)
  var settingValue: SettingValue { get }
}

extension Int: SettingConvertible {
  package static var typeName: String { "integer" }
  package init?(settingValue: SettingValue) {
    switch settingValue {
    case .integer(let value): self = value
    case .real(let value):
      guard let exact = Int(exactly: value) else { return nil }
      self = exact
    case .boolean, .text: return nil
    }
  }
  package var settingValue: SettingValue { .integer(self) }
}

extension Double: SettingConvertible {
  package static var typeName: String { "number" }
  package init?(settingValue: SettingValue) {
    switch settingValue {
    case .integer(let value): self = Double(value)
    case .real(let value): self = value
    case .boolean, .text: return nil
    }
  }
  package var settingValue: SettingValue { .real(self) }
}

extension Bool: SettingConvertible {
  package static var typeName: String { "true or false" }
  package init?(settingValue: SettingValue) {
    guard case .boolean(let value) = settingValue else { return nil }
    self = value
  }
  package var settingValue: SettingValue { .boolean(self) }
}

extension String: SettingConvertible {
  package static var typeName: String { "text" }
  package init?(settingValue: SettingValue) {
    guard case .text(let value) = settingValue else { return nil }
    self = value
  }
  package var settingValue: SettingValue { .text(self) }
}

/// One named, typed, documented setting of a kind's member, addressed by a key path.
///
/// From it come the builtin's argument, its default, its range check and its line of help.
package struct Setting<Root>: Sendable {
  package let name: String
  package let text: String
  /// "integer", "number", "true or false" or "text".
  package let typeName: String
  /// Whether a user must give it.
  package let isRequired: Bool
  /// Inclusive bounds of a numeric setting.
  package let range: ClosedRange<Double>?
  /// The only words a text setting may hold; empty when any will do.
  package let choices: [String]
  private let read: @Sendable (Root) -> SettingValue
  private let write: @Sendable (inout Root, SettingValue) -> Bool

  /// - Parameter range: inclusive bounds, as `Double`s, of a numeric setting.
  package init<Value: SettingConvertible>(
    _ name: String, _ path: WritableKeyPath<Root, Value> & Sendable,
    in range: ClosedRange<Double>? = nil, choices: [String] = [], required: Bool = false,
    _ text: String
  ) {
    self.name = name
    self.text = text
    self.typeName = Value.typeName
    self.isRequired = required
    self.range = range
    self.choices = choices
    read = { $0[keyPath: path].settingValue }
    write = { root, value in
      guard let converted = Value(settingValue: value) else { return false }
      root[keyPath: path] = converted
      return true
    }
  }

  /// The setting's value in `root`.
  package func value(in root: Root) -> SettingValue { read(root) }

  /// Sets the value after checking type, range and choices.
  package func set(_ value: SettingValue, in root: inout Root) throws {
    if let range, let number = Double(settingValue: value), !range.contains(number) {
      throw Problem(
        "range", "`\(name)` is \(NumberText.short(number))",
        notes: [
          "it must lie between \(NumberText.short(range.lowerBound)) and "
            + NumberText.short(range.upperBound)
        ])
    }
    if !choices.isEmpty, let word = String(settingValue: value), !choices.contains(word) {
      throw Problem(
        "choice", "`\(name)` cannot be \"\(word)\"",
        notes: ["it is one of " + choices.map { "\"\($0)\"" }.joined(separator: ", ")],
        suggestions: Spelling.nearest(to: word, in: choices).map { ["\(name) = \"\($0)\""] } ?? [])
    }
    if !write(&root, value) {
      throw Problem("type", "`\(name)` takes \(Spelling.article(typeName)), not \(value.text)")
    }
  }
}

extension SettingValue {
  /// The value as the language writes it.
  package var text: String {
    switch self {
    case .integer(let value): String(value)
    case .real(let value): NumberText.short(value)
    case .boolean(let value): String(value)
    case .text(let value): "\"\(value)\""
    }
  }
}

/// A member of a kind whose settings are declared: a renderer, a layer, an optimiser, a method.
package protocol Configurable: Sendable {
  /// The member with every setting at its default.
  init()
  /// The name a user types.
  static var name: String { get }
  /// What it is: first a complete sentence, then edges, shapes, source. Markdown.
  static var text: String { get }
  /// Lines of the language that show it, with `#>` answers where they are stable.
  static var examples: String { get }
  /// In the order of positional arguments; required ones first.
  static var settings: [Setting<Self>] { get }
}

extension Configurable {
  package static var settings: [Setting<Self>] { [] }
}
