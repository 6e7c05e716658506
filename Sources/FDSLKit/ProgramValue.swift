import Builtins
import ComplexModule
import Images
import Language
import Tensors

/// A value of the language as a Swift program sees it.
///
/// Ask for a Swift type where you know it; this type is for where you do not:
///
///     switch try fdsl.value(text, as: ProgramValue.self) {
///     case .real(let number): plot(number)
///     case .tensor(let tensor): plot(tensor.values)
///     case let other: print(other)
///     }
public enum ProgramValue: Sendable, Equatable {
  /// What a definition or a loop gives.
  case nothing
  case int(Int)
  case real(Double)
  case complex(real: Double, imaginary: Double)
  case bool(Bool)
  case string(String)
  case tensor(Tensor)
  case image(Image)
  /// A tuple, or a range with its elements.
  case tuple([ProgramValue])
  /// A tuple with names: `(lr = 1e-3, depth = 6)`.
  case record([Field])
  /// Anything else, as the language shows it: a function, a network, a figure.
  case other(String)

  /// One name of a record with its value.
  public struct Field: Sendable, Equatable {
    public let name: String
    public let value: ProgramValue

    /// A field of that name.
    public init(_ name: String, _ value: ProgramValue) {
      self.name = name
      self.value = value
    }
  }

  /// The value of a record's field; `nil` where there is none.
  ///
  ///     try fdsl.value("(lr = 0.1, depth = 6)", as: ProgramValue.self)["depth"]    // .int(6)
  public subscript(name: String) -> ProgramValue? {
    guard case .record(let fields) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }
}

extension ProgramValue: CustomStringConvertible {
  /// The value as the language shows it.
  public var description: String {
    if case .other(let text) = self { return text }
    return value.map { Display.text($0) } ?? ""
  }
}

extension ProgramValue {
  init(_ value: Value) {
    switch value {
    case .none: self = .nothing
    case .int(let value): self = .int(value)
    case .real(let value): self = .real(value)
    case .complex(let value): self = .complex(real: value.real, imaginary: value.imaginary)
    case .bool(let value): self = .bool(value)
    case .string(let value): self = .string(value)
    case .tensor(let box):
      self = .tensor(Tensor(box.tensor.doubles, shape: box.tensor.shape))
    case .tuple(let tuple):
      let items = tuple.items.map(ProgramValue.init)
      self = tuple.isRecord ? .record(zip(tuple.names, items).map(Field.init)) : .tuple(items)
    case .range(let range) where range.count <= 1 << 20:
      self = .tuple((0..<range.count).map { ProgramValue(range.element($0)) })
    case .host(let host as ImageValue):
      let image = host.image
      self = .image(
        Image(
          width: image.width, height: image.height, channels: image.channels, bytes: image.bytes))
    case .function, .host, .range: self = .other(Display.text(value))
    }
  }

  /// The value for the language; `nil` for what only the language can make.
  var value: Value? {
    switch self {
    case .nothing: return Value.none
    case .int(let value): return .int(value)
    case .real(let value): return .real(value)
    case .complex(let real, let imaginary): return .complex(Complex(real, imaginary))
    case .bool(let value): return .bool(value)
    case .string(let value): return .string(value)
    case .tensor(let tensor): return Value(Tensors.Tensor(tensor.values, shape: tensor.shape))
    case .image(let image):
      return .host(
        ImageValue(
          Images.Image(
            width: image.width, height: image.height, channels: image.channels,
            bytes: image.bytes)))
    case .tuple(let items): return Self.values(items).map { Value($0) }
    case .record(let fields):
      return Self.values(fields.map(\.value)).map {
        .tuple(TupleValue($0, names: fields.map(\.name)))
      }
    case .other: return nil
    }
  }

  private static func values(_ items: [ProgramValue]) -> [Value]? {
    let values = items.compactMap(\.value)
    return values.count == items.count ? values : nil
  }
}
