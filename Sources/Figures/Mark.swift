import Basics
import Images

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

/// How far back a part of a panel lies; the order of drawing.
package enum Depth: Int, Comparable, Sendable {
  case picture, fill, line, point

  package static func < (left: Depth, right: Depth) -> Bool { left.rawValue < right.rawValue }
}

/// What the legend shows beside a label.
package enum Swatch: Equatable, Sendable {
  case line(width: Double, dash: Dash)
  case point(Marker, size: Double)
  case fill(opacity: Double)
}

/// What stands on the axes when no other ticks are asked for.
package struct AxisHints: Equatable, Sendable {
  /// Names of the places 0, 1, 2, … (classes, bars, columns of a matrix).
  package var names: [String]?
  /// Whether the extent already is what should be seen: no room is added around it.
  package var isTight = false
  /// Whether the axis must reach the value 0.
  package var includesZero = false
  /// Whether values grow downwards, as the rows of a matrix.
  package var isReversed = false
  /// Whether only whole numbers mean something.
  package var isCounted = false

  package init() {}
}

/// One kind of thing that a plot shows: its data, its settings, its drawing. One file each.
package protocol Mark: Configurable {
  /// Its data, in the order of positional arguments.
  static var channels: [Channel<Self>] { get }
  var style: MarkStyle { get set }
  /// Throws when data is missing or of different lengths.
  func check() throws
  var extent: Extent { get }
  var hints: (x: AxisHints, y: AxisHints) { get }
  /// Whether it takes the next colour, dash and shape of the cycle.
  var takesTurn: Bool { get }
  /// Empty when the mark has no place in a legend.
  func swatches(_ look: Look) -> [Swatch]
  func draw(on sketch: inout Sketch)
  /// The numbers behind it, by name, for the table saved with a figure.
  var table: [(name: String, values: [Double])] { get }
  /// Width over height that it must be shown at; nil when it fills any box.
  var aspect: Double? { get }
  /// Whether it needs axes around it.
  var needsAxes: Bool { get }
  /// Whether it places itself in the panel, so that nothing else can stand on its axes.
  var standsAlone: Bool { get }
  /// Colours that stand for numbers, when it uses them.
  var colours: ColourKey? { get }
}

extension Mark {
  package var hints: (x: AxisHints, y: AxisHints) { (AxisHints(), AxisHints()) }
  package var takesTurn: Bool { true }
  package var aspect: Double? { nil }
  package var needsAxes: Bool { true }
  package var standsAlone: Bool { false }
  package var colours: ColourKey? { nil }

  /// The mark with one channel or setting changed.
  ///
  /// Throws a `Problem` for names the mark does not have.
  package mutating func set(_ name: String, _ argument: FigureArgument) throws {
    if let channel = Self.channels.first(where: { $0.name == name }) {
      try channel.set(argument, in: &self)
      return
    }
    guard let setting = Self.settings.first(where: { $0.name == name }) else {
      let names = Self.channels.map(\.name) + Self.settings.map(\.name)
      throw Problem(
        "name", "no name `\(name)` in `\(Self.name)(…)`",
        notes: ["it takes: " + names.joined(separator: ", ")],
        suggestions: Spelling.nearest(to: name, in: names).map { ["\($0) = …"] } ?? [])
    }
    guard case .setting(let value) = argument else {
      throw Problem(
        "type", "`\(name)` takes \(Spelling.article(setting.typeName)), not \(argument.kind)")
    }
    try setting.set(value, in: &self)
  }

  /// The mark with several channels and settings changed, checked.
  package func with(_ arguments: [(name: String, value: FigureArgument)]) throws -> Self {
    var result = self
    for (name, value) in arguments { try result.set(name, value) }
    try result.check()
    return result
  }

  /// Throws when the named columns do not have one length.
  func requireSameLength(_ columns: [(name: String, count: Int)]) throws {
    guard let first = columns.first else { return }
    if let other = columns.first(where: { $0.count != first.count }) {
      throw Problem(
        "shape", "`\(first.name)` and `\(other.name)` have different lengths in `\(Self.name)`",
        notes: ["\(first.name) has \(first.count), \(other.name) has \(other.count)"])
    }
    if first.count == 0 {
      throw Problem(
        "plot", "`\(Self.name)` has nothing to show", notes: ["`\(first.name)` is empty"])
    }
  }

  // Settings that many marks share, so that they read the same everywhere.

  static var labelSetting: Setting<Self> {
    Setting("label", \Self.style.label, "text in the legend")
  }
  static var colorSetting: Setting<Self> {
    Setting("color", \Self.style.color, "a name, \"#rrggbb\", or \"C0\"…\"C7\" of the cycle")
  }
  static var widthSetting: Setting<Self> {
    Setting("width", \Self.style.width, in: 0...20, "line width in points; 0 for the usual one")
  }
  static var dashSetting: Setting<Self> {
    Setting("dash", \Self.style.dash, "how the line is broken")
  }
  static var markerSetting: Setting<Self> {
    Setting("marker", \Self.style.marker, "shape of the points")
  }
  static var sizeSetting: Setting<Self> {
    Setting("size", \Self.style.size, in: 0...50, "diameter of points in points; 0 for the usual")
  }
  static var opacitySetting: Setting<Self> {
    Setting(
      "opacity", \Self.style.opacity, in: 0...1, "share of the paper covered; 0 for the usual")
  }
}

extension Marks {
  /// The mark that a user calls `name`.
  package static func named(_ name: String) throws -> any Mark.Type {
    if let found = all.first(where: { $0.name == name }) { return found }
    let names = all.map { $0.name }.sorted()
    throw Problem(
      "name", "no mark `\(name)`", notes: ["there are: " + names.joined(separator: ", ")],
      suggestions: Spelling.nearest(to: name, in: names).map { [$0] } ?? [])
  }
}

/// Colours that stand for numbers: a map, and the numbers at its ends.
package struct ColourKey: Equatable, Sendable {
  package var map: ColourMap
  package var range: ClosedRange<Double>
  /// What the numbers are; empty for none.
  package var label: String
  /// Whether a bar beside the panel explains them.
  package var hasBar: Bool

  /// Colours for these numbers, from the smallest to the largest where no bounds are given; nil
  /// when there is no map of that name.
  init?(
    _ map: String, of values: [Double], from low: Double = .nan, to high: Double = .nan,
    label: String, hasBar: Bool
  ) {
    guard let map = try? ColourMap.named(map) else { return nil }
    let finite = values.filter(\.isFinite)
    let low = low.isNaN ? finite.min() ?? 0 : low
    let high = high.isNaN ? finite.max() ?? 1 : high
    self.map = map
    range = low < high ? low...high : low...(low + 1)
    self.label = label
    self.hasBar = hasBar
  }
}
