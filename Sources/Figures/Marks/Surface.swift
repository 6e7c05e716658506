import Basics
import Foundation
import Images

/// A matrix as a landscape.
package struct Surface: HeightField {
  package static let name = "surface"
  package static let text = """
    Heights over a plane, coloured by height and seen from the side.

    `z` has one row for each `y` and one column for each `x`; without them they are counted from 0.
    `turn` and `tilt` are the degrees from which one looks. A surface stands alone in its panel.
    """
  package static let examples = """
    z = [sin(x/4)*cos(y/4) for y < 12, x < 12];
    surface(z)
    surface(linspace(0, 3, 12), linspace(0, 3, 12), z, tilt = 40, turn = 120)
    """
  package static let settings: [Setting<Surface>] = [
    Setting("map", \.map, "name of a colour map"),
    Setting("label", \.style.label, "what the heights are"),
    Setting("turn", \.turn, in: 0...360, "degrees around the upright axis"),
    Setting("tilt", \.tilt, in: 0...180, "degrees from above; 90 is level"),
  ]

  package var z: Matrix?
  package var x: [Double] = []
  package var y: [Double] = []
  package var style = MarkStyle()
  package var map = "viridis"
  package var turn = 40.0
  package var tilt = 58.0

  package init() {}

  package var extent: Extent { Extent(x: [0, 1], y: [0, 1]) }

  package var bar: Bool { false }
  package var needsAxes: Bool { false }
  package var standsAlone: Bool { true }

  package func draw(on sketch: inout Sketch) {
    guard let z, let key = colours else { return }
    let (xs, ys) = (xs, ys)
    func scale(_ values: [Double]) -> Scale {
      let (low, high) = (values.min() ?? 0, values.max() ?? 1)
      var scale = Scale(
        lower: low, upper: high > low ? high : low + 1, isLogarithmic: false)
      scale.chooseTicks(count: 5)
      return scale
    }
    let scales = (
      x: scale(xs), y: scale(ys), z: scale([key.range.lowerBound, key.range.upperBound])
    )
    let view = View(
      box: sketch.box, turn: turn, tilt: tilt, textSize: sketch.textSize,
      labelSize: sketch.labelSize)
    drawFrame(view, scales, on: &sketch)

    var cells: [(depth: Double, polygon: GnuplotScript.Polygon)] = []
    for row in 0..<(z.rows - 1) {
      for column in 0..<(z.columns - 1) {
        let corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
        let heights = corners.map { z[$0.0, $0.1] }
        guard heights.allSatisfy(\.isFinite) else { continue }
        let points = corners.map { row, column in
          (
            scales.x.place(xs[column]) ?? 0, scales.y.place(ys[row]) ?? 0,
            scales.z.place(z[row, column]) ?? 0
          )
        }
        let seen = points.map { view.place($0.0, $0.1, $0.2) }
        let depth = points.reduce(0) { $0 + view.depth($1.0, $1.1) }
        let (r, g, b) = key.map.at(points.reduce(0) { $0 + $1.2 } / 4)
        cells.append(
          (
            depth,
            GnuplotScript.Polygon(
              x: seen.map { ($0.x - sketch.box.left) / sketch.box.width },
              y: seen.map { ($0.y - sketch.box.bottom) / sketch.box.height },
              color: Colour(r, g, b))
          ))
      }
    }
    // What is far is painted first. A landscape has one height a place, so the order of the
    // cells on the ground is the order in which they hide each other.
    let painted = cells.enumerated().sorted {
      ($1.element.depth, $0.offset) < ($0.element.depth, $1.offset)
    }
    sketch.add(.polygons(painted.map(\.element.polygon)), at: .fill)
  }

  /// The ground, the upright axis, and their numbers.
  private func drawFrame(
    _ view: View, _ scales: (x: Scale, y: Scale, z: Scale), on sketch: inout Sketch
  ) {
    func line(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) {
      let box = sketch.box
      sketch.add(
        .lines(
          x: [a.x, b.x].map { ($0 - box.left) / box.width },
          y: [a.y, b.y].map { ($0 - box.bottom) / box.height }, width: 0.5, dash: .solid,
          color: .gray), at: .picture)
    }
    func words(
      _ text: RichText, at place: (x: Double, y: Double), from edge: (x: Double, y: Double),
      size: Double
    ) {
      let side = place.x - edge.x
      sketch.add(
        GnuplotScript.Text(
          text: text, x: .page(place.x), y: .page(place.y),
          justification: side > 1.5 ? .left : side < -1.5 ? .right : .center, size: size))
    }
    let ground = [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].map { view.place($0.0, $0.1, 0) }
    for index in 0..<4 { line(ground[index], ground[(index + 1) % 4]) }

    // Axes with numbers are the two edges of the ground in front, and the upright at the far left.
    let nearY = view.depth(0.5, 0) < view.depth(0.5, 1) ? 0.0 : 1.0
    let nearX = view.depth(0, 0.5) < view.depth(1, 0.5) ? 0.0 : 1.0
    let centre = view.place(0.5, 0.5, 0)
    let axes: [(Scale, String?, (Double) -> (x: Double, y: Double))] = [
      (scales.x, sketch.axes.x, { view.place($0, nearY, 0) }),
      (scales.y, sketch.axes.y, { view.place(nearX, $0, 0) }),
    ]
    for (original, label, edge) in axes {
      var scale = original
      let middle = edge(0.5)
      // Straight away from the edge, on the side where the ground is not.
      let along = (x: edge(1).x - edge(0).x, y: edge(1).y - edge(0).y)
      let length = max(hypot(along.x, along.y), 1e-9)
      var away = (x: -along.y / length, y: along.x / length)
      if away.x * (middle.x - centre.x) + away.y * (middle.y - centre.y) < 0 {
        away = (-away.x, -away.y)
      }
      scale.chooseTicks(count: min(5, max(3, Int(length / (3.4 * sketch.textSize)))))
      let widest = scale.ticks.map { $0.label.width(size: sketch.textSize) }.max() ?? 0
      func outside(_ place: Double, _ distance: Double) -> (x: Double, y: Double) {
        let point = edge(place)
        return (point.x + distance * away.x, point.y + distance * away.y)
      }
      for tick in scale.ticks {
        guard let place = scale.place(tick.value) else { continue }
        line(edge(place), outside(place, 2))
        words(
          tick.label, at: outside(place, 3 + 0.45 * sketch.textSize), from: edge(place),
          size: sketch.textSize)
      }
      if let label, !label.isEmpty {
        words(
          RichText(label),
          at: outside(
            0.5, 4 + sketch.textSize + 0.75 * widest * abs(away.x) + 0.5 * sketch.labelSize),
          from: middle,
          size: sketch.labelSize)
      }
    }
    let corners = [(0.0, 0.0), (1, 0), (1, 1), (0, 1)]
    guard let left = corners.min(by: { view.place($0.0, $0.1, 0).x < view.place($1.0, $1.1, 0).x })
    else { return }
    line(view.place(left.0, left.1, 0), view.place(left.0, left.1, 1))
    var widest = 0.0
    for tick in scales.z.ticks {
      guard let place = scales.z.place(tick.value) else { continue }
      let point = view.place(left.0, left.1, place)
      line(point, (point.x - 2, point.y))
      widest = max(widest, tick.label.width(size: sketch.textSize))
      // The lowest number would touch those of the ground.
      if place < 0.04 { continue }
      words(tick.label, at: (point.x - 4, point.y), from: point, size: sketch.textSize)
    }
    if !style.label.isEmpty {
      let point = view.place(left.0, left.1, 0.5)
      sketch.add(
        GnuplotScript.Text(
          text: RichText(style.label),
          x: .page(
            max(
              sketch.box.left + 0.5 * sketch.labelSize,
              point.x - 8 - widest - 0.4 * sketch.labelSize)),
          y: .page(point.y), justification: .center, rotation: 90, size: sketch.labelSize))
    }
  }
}

/// A parallel projection of the unit cube onto the page, as large as the box allows.
private struct View {
  private let cosTurn: Double
  private let sinTurn: Double
  private let cosTilt: Double
  private let sinTilt: Double
  private let scale: Double
  private let shift: (x: Double, y: Double)

  init(box: Rectangle, turn: Double, tilt: Double, textSize: Double, labelSize: Double) {
    // On the page only: these numbers never become pixels of a data set.
    (cosTurn, sinTurn) = (cos(turn * .pi / 180), sin(turn * .pi / 180))
    (cosTilt, sinTilt) = (cos(tilt * .pi / 180), sin(tilt * .pi / 180))
    var (low, high) = (
      (x: Double.infinity, y: Double.infinity), (x: -Double.infinity, y: -Double.infinity)
    )
    for x in [0.0, 1] {
      for y in [0.0, 1] {
        for z in [0.0, 1] {
          let u = (x - 0.5) * cosTurn - (y - 0.5) * sinTurn
          let v = ((x - 0.5) * sinTurn + (y - 0.5) * cosTurn) * cosTilt + View.height * z * sinTilt
          low = (min(low.x, u), min(low.y, v))
          high = (max(high.x, u), max(high.y, v))
        }
      }
    }
    let (left, right) = (3.4 * textSize, 2 * textSize)
    let (below, above) = (2.2 * textSize + labelSize, 2.0)
    scale = max(
      0.1,
      min(
        (box.width - left - right) / (high.x - low.x),
        (box.height - below - above) / (high.y - low.y)))
    let spare = max(0, box.width - left - right - scale * (high.x - low.x)) / 2
    shift = (
      box.left + left + spare - scale * low.x, box.top - above - scale * high.y
    )
  }

  /// Height of the landscape over the side of its ground.
  private static let height = 0.72

  /// Where a point of the cube is on the page.
  func place(_ x: Double, _ y: Double, _ z: Double) -> (x: Double, y: Double) {
    let u = (x - 0.5) * cosTurn - (y - 0.5) * sinTurn
    let v =
      ((x - 0.5) * sinTurn + (y - 0.5) * cosTurn) * cosTilt + View.height * z * sinTilt
    return (shift.x + scale * u, shift.y + scale * v)
  }

  /// How far away a place on the ground is.
  func depth(_ x: Double, _ y: Double) -> Double {
    (x - 0.5) * sinTurn + (y - 0.5) * cosTurn
  }
}
