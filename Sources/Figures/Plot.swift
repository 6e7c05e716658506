import Basics
import Images

/// Marks over each other on common axes. A value: adding makes a new one.
package struct Plot: Sendable {
  /// From back to front within each depth.
  package var marks: [any Mark]
  package var axes: Axes
  package var legend: Legend?

  package init(_ marks: [any Mark] = [], axes: Axes = Axes(), legend: Legend? = nil) {
    self.marks = marks
    self.axes = axes
    self.legend = legend
  }

  /// Both plots on one pair of axes; where both say something about axes or legend, the right one
  /// holds.
  package static func + (left: Plot, right: Plot) -> Plot {
    Plot(
      left.marks + right.marks, axes: left.axes.merged(with: right.axes),
      legend: right.legend ?? left.legend)
  }

  /// `plot` in one word: "2 layers: line, ribbon".
  package var summary: String {
    if marks.isEmpty { return "an empty plot" }
    let names = marks.map { type(of: $0).name }
    return "\(names.count) layer\(names.count == 1 ? "" : "s"): " + names.joined(separator: ", ")
  }
}

extension Plot {
  /// A plot of one mark, by its name in the language and its arguments.
  package static func mark(
    _ name: String, _ arguments: [(name: String, value: FigureArgument)]
  ) throws -> Plot {
    func made<M: Mark>(_ type: M.Type) throws -> Plot { Plot([try M().with(arguments)]) }
    return try made(Marks.named(name))
  }

  /// A line through points.
  package static func line(
    x: [Double], y: [Double], label: String = "", smooth: Double = 0
  ) throws -> Plot {
    var line = Line()
    line.x = x
    line.y = y
    line.style.label = label
    line.smooth = smooth
    try line.check()
    return Plot([line])
  }

  /// Points.
  package static func scatter(x: [Double], y: [Double], label: String = "") throws -> Plot {
    var scatter = Scatter()
    scatter.x = x
    scatter.y = y
    scatter.style.label = label
    try scatter.check()
    return Plot([scatter])
  }

  /// A band between two curves.
  package static func ribbon(
    x: [Double], lo: [Double], hi: [Double], label: String = ""
  ) throws -> Plot {
    var ribbon = Ribbon()
    ribbon.x = x
    ribbon.lo = lo
    ribbon.hi = hi
    ribbon.style.label = label
    try ribbon.check()
    return Plot([ribbon])
  }

  /// A matrix as colours.
  package static func heat(_ matrix: Matrix, x: [String] = [], y: [String] = []) throws -> Plot {
    var heat = Heat()
    heat.matrix = matrix
    heat.x = x
    heat.y = y
    try heat.check()
    return Plot([heat])
  }

  /// One picture.
  package static func image(_ picture: Image) throws -> Plot {
    var mark = Picture()
    mark.pictures = [picture]
    try mark.check()
    return Plot([mark])
  }

  /// Pictures in a grid, `gap` points apart.
  package static func montage(
    _ pictures: [Image], columns: Int = 0, gap: Double = 1.5, columnLabels: [String] = [],
    rowLabels: [String] = []
  ) throws -> Plot {
    var mark = PictureGrid()
    mark.pictures = pictures
    mark.columns = columns
    mark.gap = gap
    mark.columnLabels = columnLabels
    mark.rowLabels = rowLabels
    try mark.check()
    return Plot([mark])
  }

  /// Axes to add to a plot.
  package static func axes(_ arguments: [(name: String, value: FigureArgument)]) throws -> Plot {
    var axes = Axes()
    for (name, value) in arguments { try axes.set(name, value) }
    return Plot(axes: axes)
  }

  /// A legend to add to a plot.
  package static func legend(_ position: String, columns: Int = 0) throws -> Plot {
    Plot(legend: try Legend(named: position, columns: columns))
  }

  /// The graph of a function, with more points where it bends.
  ///
  /// Starts with 101 even points; halves intervals whose middle lies off the chord, to depth 5.
  package static func function(
    from start: Double, to end: Double, label: String = "", _ f: (Double) throws -> Double
  ) throws -> Plot {
    guard start < end, (end - start).isFinite else {
      throw Problem(
        "range",
        "a function is plotted over a range from a smaller to a larger number, not "
          + "\(NumberText.short(start))..\(NumberText.short(end))")
    }
    var xs: [Double] = []
    var ys: [Double] = []
    let even = (0...100).map { start + (end - start) * Double($0) / 100 }
    let values = try even.map(f)
    let finite = values.filter(\.isFinite)
    let height = (finite.max() ?? 1) - (finite.min() ?? 0)
    let tolerance = 0.002 * (height > 0 ? height : 1)
    func refine(_ a: (Double, Double), _ b: (Double, Double), _ depth: Int) throws {
      let x = (a.0 + b.0) / 2
      let y = try f(x)
      let isBent = !(abs(y - (a.1 + b.1) / 2) <= tolerance)
      if depth > 0, isBent, a.1.isFinite || b.1.isFinite {
        try refine(a, (x, y), depth - 1)
        xs.append(x)
        ys.append(y)
        try refine((x, y), b, depth - 1)
      }
    }
    for index in even.indices {
      if index > 0 {
        try refine((even[index - 1], values[index - 1]), (even[index], values[index]), 5)
      }
      xs.append(even[index])
      ys.append(values[index])
    }
    var line = Line()
    line.x = xs
    line.y = ys
    line.points = .off
    line.style.label = label
    return Plot(
      [line],
      axes: {
        var axes = Axes(); axes.xrange = [start, end]; return axes
      }())
  }
}
