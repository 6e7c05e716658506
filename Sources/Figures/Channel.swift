import Basics
import Images

/// One named, typed, documented piece of data that a mark shows, addressed by a key path.
package struct Channel<Root>: Sendable {
  package let name: String
  package let text: String
  package let typeName: String
  package let isRequired: Bool
  private let write: @Sendable (inout Root, FigureArgument) -> Bool

  package init<Value: ChannelConvertible>(
    _ name: String, _ path: WritableKeyPath<Root, Value> & Sendable, required: Bool = true,
    _ text: String
  ) {
    self.name = name
    self.text = text
    typeName = Value.channelType
    isRequired = required
    write = { root, argument in
      guard let value = Value(argument: argument) else { return false }
      root[keyPath: path] = value
      return true
    }
  }

  /// Gives the channel its data.
  package func set(_ argument: FigureArgument, in root: inout Root) throws {
    if !write(&root, argument) {
      throw Problem("type", "`\(name)` takes \(typeName), not \(argument.kind)")
    }
  }
}

/// What a user hands to a mark, to axes or to a legend.
package enum FigureArgument: Sendable {
  case setting(SettingValue)
  case numbers([Double])
  case matrix(Matrix)
  case pictures([Image])
  case texts([String])

  /// What it is, for messages: "a matrix 3 × 4", "12 numbers".
  package var kind: String {
    switch self {
    case .setting(let value): value.text
    case .numbers(let values): "\(values.count) numbers"
    case .matrix(let matrix): "a matrix \(matrix.rows) × \(matrix.columns)"
    case .pictures(let images): images.count == 1 ? "a picture" : "\(images.count) pictures"
    case .texts(let texts): "\(texts.count) texts"
    }
  }
}

/// Data that a channel can hold.
package protocol ChannelConvertible: Sendable {
  /// "numbers", "a matrix", "pictures", "texts".
  static var channelType: String { get }
  init?(argument: FigureArgument)
}

extension Matrix?: ChannelConvertible {
  package static var channelType: String { "a matrix" }
  package init?(argument: FigureArgument) {
    guard case .matrix(let matrix) = argument else { return nil }
    self = matrix
  }
}

/// Something that a channel can hold many of.
package protocol ChannelElement: Sendable {
  static var channelType: String { get }
  static func list(from argument: FigureArgument) -> [Self]?
}

extension Array: ChannelConvertible where Element: ChannelElement {
  package static var channelType: String { Element.channelType }
  package init?(argument: FigureArgument) {
    guard let list = Element.list(from: argument) else { return nil }
    self = list
  }
}

extension Double: ChannelElement {
  package static var channelType: String { "numbers" }
  package static func list(from argument: FigureArgument) -> [Double]? {
    switch argument {
    case .numbers(let values): values
    case .matrix(let matrix): matrix.rows == 1 || matrix.columns == 1 ? matrix.values : nil
    case .setting(let value): Double(settingValue: value).map { [$0] }
    case .pictures, .texts: nil
    }
  }
}

extension Image: ChannelElement {
  package static var channelType: String { "pictures" }
  package static func list(from argument: FigureArgument) -> [Image]? {
    guard case .pictures(let images) = argument else { return nil }
    return images
  }
}

extension String: ChannelElement {
  package static var channelType: String { "texts" }
  package static func list(from argument: FigureArgument) -> [String]? {
    switch argument {
    case .texts(let texts): texts
    case .setting(.text(let text)): [text]
    case .numbers(let numbers): numbers.map { NumberText.short($0) }
    case .setting, .matrix, .pictures: nil
    }
  }
}
