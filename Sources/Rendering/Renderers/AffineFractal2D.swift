import Basics
import Images

/// The attractor of random affine maps of the plane; the category decides the maps.
package struct AffineFractal2D: Renderer {
  package var least = 2
  package var most = 7
  package var range = 1.0
  package var filling = 0.2
  package var mark = "density"
  package var vary = 0.2

  package init() {}

  package static let name = "fractal"
  package static let text = """
    The attractor of affine maps drawn at random, with the same criterion as FractalDB's.

    The category draws maps until their attractor fills at least the share `filling` of its box;
    the instance moves each coefficient by up to the share `vary` of itself.
    """
  package static let examples = """
    render(fractal(most = 3), size = 64)
    render(fractal(), size = 64)
    """
  package static let settings: [Setting<AffineFractal2D>] = [
    Setting("least", \.least, in: 2...64, "least number of maps"),
    Setting("most", \.most, in: 2...64, "greatest number of maps"),
    Setting("range", \.range, in: 0.1...2, "coefficients lie between -range and range"),
    Setting("filling", \.filling, in: 0...0.6, "share of cells that an accepted attractor visits"),
    Setting(
      "draw", \.mark, choices: Drawing.Mark.allCases.map(\.rawValue), "what a point leaves behind"),
    Setting("vary", \.vary, in: 0...1, "most change of a coefficient, as a share of itself"),
  ]

  package func image(category: RandomSource, instance: RandomSource, width: Int, height: Int) throws
    -> Image
  {
    guard least <= most else {
      throw Problem("range", "least = \(least) is more than most = \(most)")
    }
    let rule = CategoryRule(
      maps: least...most, range: range, threshold: filling, gridSize: 128, points: 20_000)
    let found = try rule.first(category)
    var drawing = Drawing()
    drawing.width = width
    drawing.height = height
    drawing.keepsAspect = false
    drawing.mark = Drawing.Mark(rawValue: mark) ?? .density
    var draws = instance.stream("factors")
    // Half the change at each attempt: an orbit that runs away, or collapses, is drawn again.
    for attempt in 0..<8 {
      let strength = vary / Double(1 << attempt)
      let maps = found.maps.map { map in
        map.scaled(by: (0..<6).map { _ in 1 + draws.uniform(-strength, strength) })
      }
      let ifs = try IFS(.plane(maps), weights: found.chances)
      guard let picture = try? ifs.rendered(drawing, key: instance.first("orbit")).asFloats() else {
        continue
      }
      let lit = picture.floats.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
      if lit * 20 >= width * height { return picture }
    }
    return try IFS(.plane(found.maps), weights: found.chances)
      .rendered(drawing, key: instance.first("orbit")).asFloats()
  }
}

extension RandomSource {
  /// The first 64 bits of the stream named `label`: the key of a kernel's stream.
  func first(_ label: String) -> UInt64 {
    var source = stream(label)
    return source.next()
  }
}
