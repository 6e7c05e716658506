import Builtins
import Images
import Language
import Tensors

/// A value of the language as a Swift program sees it.
public enum ProgramValue: Sendable, Equatable {
  /// What a definition or a loop gives.
  case nothing
  case integer(Int)
  case number(Double)
  case truth(Bool)
  case text(String)
  /// A tensor: its numbers row by row, and its sizes.
  case numbers([Double], shape: [Int])
  /// An image.
  case picture(Picture)
  /// A tuple or a range.
  case list([ProgramValue])
  /// Anything else, as the language shows it: a function, a network, a figure.
  case other(String)
}

/// The pixels of an image.
public struct Picture: Sendable, Equatable {
  public var width: Int
  public var height: Int
  /// 1 for gray, 3 for colour, 4 with opacity.
  public var channels: Int
  /// Row by row, the channels of a pixel side by side.
  public var bytes: [UInt8]

  public init(width: Int, height: Int, channels: Int, bytes: [UInt8]) {
    precondition(bytes.count == width * height * channels, "one byte a sample")
    self.width = width
    self.height = height
    self.channels = channels
    self.bytes = bytes
  }
}

extension ProgramValue {
  init(_ value: Value) {
    switch value {
    case .none: self = .nothing
    case .int(let value): self = .integer(value)
    case .real(let value): self = .number(value)
    case .bool(let value): self = .truth(value)
    case .string(let value): self = .text(value)
    case .tensor(let box): self = .numbers(box.tensor.doubles, shape: box.tensor.shape)
    case .tuple(let tuple): self = .list(tuple.items.map(ProgramValue.init))
    case .range(let range) where range.count <= 1 << 20:
      self = .list((0..<range.count).map { ProgramValue(range.element($0)) })
    case .host(let host as ImageValue):
      let image = host.image
      self = .picture(
        Picture(
          width: image.width, height: image.height, channels: image.channels, bytes: image.bytes))
    case .complex, .function, .host, .range: self = .other(Display.text(value))
    }
  }

  /// The value for the language; `nil` for what only the language can make.
  var value: Value? {
    switch self {
    case .nothing: return Value.none
    case .integer(let value): return .int(value)
    case .number(let value): return .real(value)
    case .truth(let value): return .bool(value)
    case .text(let value): return .string(value)
    case .numbers(let values, let shape):
      guard shape.reduce(1, *) == values.count else { return nil }
      return Value(Tensor(values, shape: shape))
    case .picture(let picture):
      return .host(
        ImageValue(
          Image(
            width: picture.width, height: picture.height, channels: picture.channels,
            bytes: picture.bytes)))
    case .list(let items):
      let values = items.compactMap(\.value)
      return values.count == items.count ? Value(values) : nil
    case .other: return nil
    }
  }
}
