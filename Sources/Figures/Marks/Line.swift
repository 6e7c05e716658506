import Basics

/// A curve through points in their order.
package struct Line: Mark {
  package static let name = "line"
  package static let text = """
    A line through the points (x, y) in their order.

    Values that are not finite, and values without a place on a logarithmic axis, leave a gap.
    `smooth` between 0 and 1 shows a running mean, heavier the nearer it is to 1, with the raw
    values pale behind it. Short lines show their points unless `points = false`.
    """
  package static let examples = """
    line([5, 10, 30, 100], [0.56, 0.6, 0.63, 0.66], label = "fractal")
    line(0..100, rand(100), smooth = 0.9)
    """
  package static let channels: [Channel<Line>] = [
    Channel("x", \.x, "positions along the x axis"), Channel("y", \.y, "heights"),
  ]
  package static let settings: [Setting<Line>] = [
    labelSetting, colorSetting, widthSetting, dashSetting, markerSetting, sizeSetting,
    Setting("smooth", \.smooth, in: 0...0.9999, "share of the past in the running mean"),
    Setting("points", \.points, "whether the points are marked"),
  ]

  package var x: [Double] = []
  package var y: [Double] = []
  package var style = MarkStyle()
  package var smooth = 0.0
  package var points = Choice.automatic

  package init() {}

  package func check() throws {
    try requireSameLength([("x", x.count), ("y", y.count)])
  }

  package var extent: Extent { Extent(x: x, y: y) }

  private var hasPoints: Bool { points.resolved(x.count <= 12 && smooth == 0) }
  private var lineWidth: Double { style.width > 0 ? style.width : 1.15 }
  private var pointSize: Double { style.size > 0 ? style.size : 3.8 }

  /// Points already tell lines apart, so a line that has them stays solid.
  private func dash(_ look: Look) -> Dash {
    style.dash == .automatic && hasPoints ? .solid : look.dash
  }

  package func swatches(_ look: Look) -> [Swatch] {
    [.line(width: lineWidth, dash: dash(look))]
      + (hasPoints ? [.point(look.marker, size: pointSize)] : [])
  }

  package func draw(on sketch: inout Sketch) {
    let look = sketch.look
    let xs = sketch.visible(x, on: sketch.x)
    let raw = sketch.visible(y, on: sketch.y)
    var ys = raw
    if smooth > 0 {
      ys = Self.runningMean(raw, keeping: smooth)
      sketch.add(
        .lines(
          x: xs, y: raw, width: 0.5 * lineWidth, dash: .solid, color: look.color.covering(0.3)),
        at: .fill)
    }
    sketch.add(
      .lines(x: xs, y: ys, width: lineWidth, dash: dash(look), color: look.color), at: .line)
    if hasPoints {
      sketch.add(
        .points(x: xs, y: ys, look.marker, size: pointSize, color: look.color), at: .point)
    }
  }

  package var table: [(name: String, values: [Double])] { [("x", x), ("y", y)] }

  /// Exponential mean in which early values weigh as much as they should: the weights of what has
  /// been seen add up to one at every step.
  static func runningMean(_ values: [Double], keeping share: Double) -> [Double] {
    var sum = 0.0
    var weight = 0.0
    return values.map { value in
      guard value.isFinite else { return .nan }
      sum = share * sum + (1 - share) * value
      weight = share * weight + (1 - share)
      return sum / weight
    }
  }
}
