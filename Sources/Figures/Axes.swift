import Basics

/// What surrounds the data of a plot: labels, ranges, scales, ticks. Everything left open is
/// chosen from the data.
package struct Axes: Equatable, Sendable {
  package var x: String?
  package var y: String?
  package var title: String?
  /// Ends of the axis; NaN leaves an end to the data. The first may be the larger.
  package var xrange: [Double]?
  package var yrange: [Double]?
  package var xlog: Bool?
  package var ylog: Bool?
  /// Places of the ticks; an empty list for none.
  package var xticks: [Double]?
  package var yticks: [Double]?
  /// What stands at the ticks instead of the numbers.
  package var xnames: [String]?
  package var ynames: [String]?
  /// "none", "x", "y" or "both".
  package var grid: String?
  /// Whether a unit is as long in x as in y.
  package var equal: Bool?
  /// Whether lines close the box on all four sides.
  package var frame: Bool?
  /// False takes the axes away, true gives them to pictures.
  package var visible: Bool?

  package init() {}

  /// These axes with everything that `later` says in its place.
  package func merged(with later: Axes) -> Axes {
    var result = self
    result.x = later.x ?? x
    result.y = later.y ?? y
    result.title = later.title ?? title
    result.xrange = later.xrange ?? xrange
    result.yrange = later.yrange ?? yrange
    result.xlog = later.xlog ?? xlog
    result.ylog = later.ylog ?? ylog
    result.xticks = later.xticks ?? xticks
    result.yticks = later.yticks ?? yticks
    result.xnames = later.xnames ?? xnames
    result.ynames = later.ynames ?? ynames
    result.grid = later.grid ?? grid
    result.equal = later.equal ?? equal
    result.frame = later.frame ?? frame
    result.visible = later.visible ?? visible
    return result
  }

  /// Each name that `axes(…)` takes, with its text, for help and completion.
  package static let parameters: [(name: String, type: String, text: String)] = [
    ("x", "text", "label of the x axis, `$…$` for simple mathematics"),
    ("y", "text", "label of the y axis"),
    ("title", "text", "words above the panel"),
    ("xrange", "two numbers", "ends of the x axis; nan leaves one to the data"),
    ("yrange", "two numbers", "ends of the y axis; the larger first turns it round"),
    ("xlog", "true or false", "whether the x axis is logarithmic"),
    ("ylog", "true or false", "whether the y axis is logarithmic"),
    ("xticks", "numbers", "where ticks stand; an empty list for none"),
    ("yticks", "numbers", "where ticks stand"),
    ("xnames", "texts", "what stands at the ticks instead of numbers"),
    ("ynames", "texts", "what stands at the ticks instead of numbers"),
    ("grid", "\"none\", \"x\", \"y\", \"both\" or true", "hairlines at the ticks"),
    ("equal", "true or false", "whether a unit is as long in x as in y"),
    ("frame", "true or false", "whether the box is closed on all sides"),
    ("visible", "true or false", "whether there are axes at all"),
  ]

  /// Sets what a user calls `name`.
  package mutating func set(_ name: String, _ argument: FigureArgument) throws {
    func wrong() -> Problem {
      let type = Self.parameters.first { $0.name == name }?.type ?? "something else"
      return Problem("type", "`\(name)` of axes takes \(type), not \(argument.kind)")
    }
    func text() throws -> String {
      guard case .setting(.text(let text)) = argument else { throw wrong() }
      return text
    }
    func flag() throws -> Bool {
      guard case .setting(.boolean(let flag)) = argument else { throw wrong() }
      return flag
    }
    func numbers() throws -> [Double] {
      guard let numbers = [Double](argument: argument) else { throw wrong() }
      return numbers
    }
    func texts() throws -> [String] {
      guard let texts = [String](argument: argument) else { throw wrong() }
      return texts
    }
    func range() throws -> [Double] {
      let ends = try numbers()
      guard ends.count == 2 else { throw wrong() }
      if ends[0] == ends[1] || ends.contains(where: \.isInfinite) {
        throw Problem(
          "range",
          "`\(name)` of axes is from \(NumberText.short(ends[0])) to "
            + NumberText.short(ends[1]), notes: ["the ends must be two different finite numbers"])
      }
      return ends
    }
    switch name {
    case "x": x = try text()
    case "y": y = try text()
    case "title": title = try text()
    case "xrange": xrange = try range()
    case "yrange": yrange = try range()
    case "xlog": xlog = try flag()
    case "ylog": ylog = try flag()
    case "xticks": xticks = try numbers()
    case "yticks": yticks = try numbers()
    case "xnames": xnames = try texts()
    case "ynames": ynames = try texts()
    case "grid":
      if case .setting(.boolean(let flag)) = argument {
        grid = flag ? "both" : "none"
      } else {
        let word = try text()
        guard ["none", "x", "y", "both"].contains(word) else { throw wrong() }
        grid = word
      }
    case "equal": equal = try flag()
    case "frame": frame = try flag()
    case "visible": visible = try flag()
    default:
      let names = Self.parameters.map(\.name)
      throw Problem(
        "name", "no name `\(name)` in `axes(…)`",
        notes: ["it takes: " + names.joined(separator: ", ")],
        suggestions: Spelling.nearest(to: name, in: names).map { ["\($0) = …"] } ?? [])
    }
  }
}
