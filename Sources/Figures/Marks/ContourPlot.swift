import Basics
import Images

/// Lines of equal height of a matrix.
package struct ContourPlot: HeightField {
  package static let name = "contourplot"
  package static let text = """
    Lines along which a surface has equal height, coloured by the height.

    `x` and `y` are the positions of the columns and rows of `z`, in order; without them they are
    counted from 0. `levels` is their number.
    """
  package static let examples = """
    contourplot([x^2 + y^2 for y < 9, x < 9], levels = 12)
    contourplot([0, 1; 1, 2], [0, 1], [0, 1])
    """
  package static let settings: [Setting<ContourPlot>] = [
    Setting("levels", \.levels, in: 1...200, "number of lines"),
    Setting("map", \.map, "name of a colour map"), widthSetting,
    Setting("label", \.style.label, "what the heights are, beside the colour bar"),
    Setting("bar", \.bar, "whether a colour bar stands beside it"),
  ]

  package var z: Matrix?
  package var x: [Double] = []
  package var y: [Double] = []
  package var style = MarkStyle()
  package var levels = 10
  package var map = "viridis"
  package var bar = true

  package init() {}

  package var extent: Extent { Extent(x: xs, y: ys) }

  package func draw(on sketch: inout Sketch) {
    guard let z, let key = colours else { return }
    let span = key.range.upperBound - key.range.lowerBound
    for index in 1...levels {
      let share = Double(index) / Double(levels + 1)
      let (r, g, b) = key.map.at(share)
      let (px, py) = segments(of: z, at: key.range.lowerBound + share * span)
      if px.isEmpty { continue }
      sketch.add(
        .lines(
          x: px, y: py, width: style.width > 0 ? style.width : 0.9, dash: .solid,
          color: Colour(r, g, b)), at: .line)
    }
  }

  /// Marching squares: two ends of each piece, then a gap. A cell whose corners alternate is cut
  /// by its mean.
  private func segments(of z: Matrix, at level: Double) -> (x: [Double], y: [Double]) {
    var result: (x: [Double], y: [Double]) = ([], [])
    let (xs, ys) = (xs, ys)
    for row in 0..<(z.rows - 1) {
      for column in 0..<(z.columns - 1) {
        let corners = [
          (xs[column], ys[row], z[row, column]), (xs[column + 1], ys[row], z[row, column + 1]),
          (xs[column + 1], ys[row + 1], z[row + 1, column + 1]),
          (xs[column], ys[row + 1], z[row + 1, column]),
        ]
        guard corners.allSatisfy({ $0.2.isFinite }) else { continue }
        var cuts: [(Double, Double)] = []
        for side in 0..<4 {
          let (a, b) = (corners[side], corners[(side + 1) % 4])
          guard (a.2 < level) != (b.2 < level) else { continue }
          let share = (level - a.2) / (b.2 - a.2)
          cuts.append((a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1)))
        }
        if cuts.count == 4 {
          let mean = corners.reduce(0) { $0 + $1.2 } / 4
          // Pair the cuts around the corners that differ from the middle.
          if (corners[0].2 < level) == (mean < level) { cuts.append(cuts.removeFirst()) }
          if (corners[0].2 < level) != (mean < level) {
            cuts = [cuts[3], cuts[0], cuts[1], cuts[2]]
          }
        }
        for pair in stride(from: 0, to: cuts.count - 1, by: 2) {
          result.x += [cuts[pair].0, cuts[pair + 1].0, .nan]
          result.y += [cuts[pair].1, cuts[pair + 1].1, .nan]
        }
      }
    }
    return result
  }
}
