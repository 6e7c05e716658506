/// A Swift type that goes in and out of programs: arguments and results of builtins, values set
/// and read back. Your own types can conform by going through one that does:
///
///     extension Celsius: ProgramConvertible {
///       static var typeName: String { "temperature" }
///       init?(programValue: ProgramValue) {
///         guard let degrees = Double(programValue: programValue) else { return nil }
///         self.init(degrees: degrees)
///       }
///       var programValue: ProgramValue { .real(degrees) }
///     }
public protocol ProgramConvertible: Sendable {
  /// What a message calls the type: "integer", "text".
  static var typeName: String { get }
  /// The Swift value; `nil` when the program's value is of another type.
  init?(programValue: ProgramValue)
  /// The value as programs get it.
  var programValue: ProgramValue { get }
}

extension ProgramValue: ProgramConvertible {
  public static var typeName: String { "value" }
  public init?(programValue: ProgramValue) { self = programValue }
  public var programValue: ProgramValue { self }
}

extension Int: ProgramConvertible {
  public static var typeName: String { "integer" }
  /// An integer, or a number that is whole.
  public init?(programValue: ProgramValue) {
    if case .int(let value) = programValue {
      self = value
    } else if let number = Double(programValue: programValue), let exact = Int(exactly: number) {
      self = exact
    } else {
      return nil
    }
  }
  public var programValue: ProgramValue { .int(self) }
}

extension Double: ProgramConvertible {
  public static var typeName: String { "number" }
  /// A number, or an integer.
  public init?(programValue: ProgramValue) {
    switch programValue {
    case .int(let value): self = Double(value)
    case .real(let value): self = value
    case .tensor(let tensor) where tensor.shape.isEmpty: self = tensor.values[0]
    default: return nil
    }
  }
  public var programValue: ProgramValue { .real(self) }
}

extension Bool: ProgramConvertible {
  public static var typeName: String { "true or false" }
  public init?(programValue: ProgramValue) {
    guard case .bool(let value) = programValue else { return nil }
    self = value
  }
  public var programValue: ProgramValue { .bool(self) }
}

extension String: ProgramConvertible {
  public static var typeName: String { "text" }
  public init?(programValue: ProgramValue) {
    guard case .string(let value) = programValue else { return nil }
    self = value
  }
  public var programValue: ProgramValue { .string(self) }
}

extension Tensor: ProgramConvertible {
  public static var typeName: String { "tensor" }
  /// A tensor; a number counts as one without axes.
  public init?(programValue: ProgramValue) {
    if case .tensor(let tensor) = programValue {
      self = tensor
    } else if let number = Double(programValue: programValue) {
      self.init([number], shape: [])
    } else {
      return nil
    }
  }
  public var programValue: ProgramValue { .tensor(self) }
}

extension Image: ProgramConvertible {
  public static var typeName: String { "image" }
  public init?(programValue: ProgramValue) {
    guard case .image(let image) = programValue else { return nil }
    self = image
  }
  public var programValue: ProgramValue { .image(self) }
}

extension Optional: ProgramConvertible where Wrapped: ProgramConvertible {
  public static var typeName: String { Wrapped.typeName }
  /// `nil` stands for nothing, such as an argument that was left out.
  public init?(programValue: ProgramValue) {
    if case .nothing = programValue {
      self = .none
    } else if let wrapped = Wrapped(programValue: programValue) {
      self = wrapped
    } else {
      return nil
    }
  }
  public var programValue: ProgramValue { self?.programValue ?? .nothing }
}

extension Array: ProgramConvertible where Element: ProgramConvertible {
  public static var typeName: String { "list of \(Element.typeName)s" }
  /// A tuple, a range, or a tensor with one axis.
  public init?(programValue: ProgramValue) {
    let items: [ProgramValue]
    switch programValue {
    case .tuple(let values): items = values
    case .tensor(let tensor) where tensor.shape.count == 1:
      items = tensor.values.map(ProgramValue.real)
    default: return nil
    }
    let elements = items.compactMap(Element.init(programValue:))
    guard elements.count == items.count else { return nil }
    self = elements
  }
  /// Numbers become a tensor with one axis, anything else a tuple.
  public var programValue: ProgramValue {
    if let numbers = self as? [Double] { return .tensor(Tensor(numbers, shape: [numbers.count])) }
    return .tuple(map(\.programValue))
  }
}

extension Dictionary: ProgramConvertible where Key == String, Value: ProgramConvertible {
  public static var typeName: String { "record of \(Value.typeName)s" }
  /// A record.
  public init?(programValue: ProgramValue) {
    guard case .record(let fields) = programValue else { return nil }
    var result: [String: Value] = [:]
    for field in fields {
      guard let value = Value(programValue: field.value) else { return nil }
      result[field.name] = value
    }
    self = result
  }
  /// A record with its fields in alphabetical order.
  public var programValue: ProgramValue {
    .record(
      sorted { $0.key < $1.key }.map { ProgramValue.Field($0.key, $0.value.programValue) })
  }
}
