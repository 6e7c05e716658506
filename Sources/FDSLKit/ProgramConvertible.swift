/// A Swift type that goes in and out of programs: arguments and results of builtins, values read
/// back. Your own types can conform.
public protocol ProgramConvertible: Sendable {
  /// What a message calls the type: "integer", "text".
  static var typeName: String { get }
  /// `nil` when the value is of another type.
  init?(programValue: ProgramValue)
  var programValue: ProgramValue { get }
}

extension ProgramValue: ProgramConvertible {
  public static var typeName: String { "value" }
  public init?(programValue: ProgramValue) { self = programValue }
  public var programValue: ProgramValue { self }
}

extension Int: ProgramConvertible {
  public static var typeName: String { "integer" }
  public init?(programValue: ProgramValue) {
    switch programValue {
    case .integer(let value): self = value
    case .number(let value):
      guard let exact = Int(exactly: value) else { return nil }
      self = exact
    case .numbers(let values, let shape):
      guard shape.isEmpty, let exact = Int(exactly: values[0]) else { return nil }
      self = exact
    case .nothing, .truth, .text, .picture, .list, .other: return nil
    }
  }
  public var programValue: ProgramValue { .integer(self) }
}

extension Double: ProgramConvertible {
  public static var typeName: String { "number" }
  public init?(programValue: ProgramValue) {
    switch programValue {
    case .integer(let value): self = Double(value)
    case .number(let value): self = value
    case .numbers(let values, let shape):
      guard shape.isEmpty else { return nil }
      self = values[0]
    case .nothing, .truth, .text, .picture, .list, .other: return nil
    }
  }
  public var programValue: ProgramValue { .number(self) }
}

extension Bool: ProgramConvertible {
  public static var typeName: String { "true or false" }
  public init?(programValue: ProgramValue) {
    guard case .truth(let value) = programValue else { return nil }
    self = value
  }
  public var programValue: ProgramValue { .truth(self) }
}

extension String: ProgramConvertible {
  public static var typeName: String { "text" }
  public init?(programValue: ProgramValue) {
    guard case .text(let value) = programValue else { return nil }
    self = value
  }
  public var programValue: ProgramValue { .text(self) }
}

extension Picture: ProgramConvertible {
  public static var typeName: String { "Image" }
  public init?(programValue: ProgramValue) {
    guard case .picture(let picture) = programValue else { return nil }
    self = picture
  }
  public var programValue: ProgramValue { .picture(self) }
}

extension Array: ProgramConvertible where Element: ProgramConvertible {
  public static var typeName: String { "list of \(Element.typeName)s" }
  /// A tuple, a range, or a tensor with one axis.
  public init?(programValue: ProgramValue) {
    let items: [ProgramValue]
    switch programValue {
    case .list(let values): items = values
    case .numbers(let values, let shape) where shape.count == 1:
      items = values.map(ProgramValue.number)
    default: return nil
    }
    let elements = items.compactMap(Element.init(programValue:))
    guard elements.count == items.count else { return nil }
    self = elements
  }
  /// Numbers become a tensor with one axis, anything else a tuple.
  public var programValue: ProgramValue {
    if let numbers = self as? [Double] { return .numbers(numbers, shape: [numbers.count]) }
    return .list(map(\.programValue))
  }
}
