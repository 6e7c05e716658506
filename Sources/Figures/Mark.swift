import Basics

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
