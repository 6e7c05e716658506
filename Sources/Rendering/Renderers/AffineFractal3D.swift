import Basics
import CKernels
import Images

/// The attractor of random affine maps of space, seen from a random direction.
package struct AffineFractal3D: Renderer {
  package var least = 2
  package var most = 7
  package var variance = 0.05
  package var points = 10_000
  package var vary = 0.2

  package init() {}

  package static let name = "fractal3d"
  package static let text = """
    The attractor of affine maps of space drawn at random, seen from a random direction.

    The category draws maps until the points, scaled to -1...1, have a variance above `variance`
    along each axis (the criterion of MV-FractalDB). The instance turns the camera and moves each
    coefficient by up to the share `vary` of itself. Perspective of 45 degrees from a distance of
    four.
    """
  package static let examples = """
    render(fractal3d(), size = 64)
    render(fractal3d(), size = 64).shape    #> (64, 64)
    """
  package static let settings: [Setting<AffineFractal3D>] = [
    Setting("least", \.least, in: 2...64, "least number of maps"),
    Setting("most", \.most, in: 2...64, "greatest number of maps"),
    Setting("variance", \.variance, in: 0...0.12, "least variance along each axis"),
    Setting("points", \.points, in: 100...10_000_000, "points of the orbit"),
    Setting("vary", \.vary, in: 0...1, "most change of a coefficient, as a share of itself"),
  ]

  package func image(category: RandomSource, instance: RandomSource, width: Int, height: Int) throws
    -> Image
  {
    guard least <= most else {
      throw Problem("range", "least = \(least) is more than most = \(most)")
    }
    var drawing = Drawing()
    drawing.width = width
    drawing.height = height
    try drawing.check()
    let found = try search(category)
    var draws = instance.stream("factors")
    let key = instance.first("orbit")
    var orbit = found.1
    for attempt in 0..<8 {
      let strength = vary / Double(1 << attempt)
      let maps = found.0.map { map in
        AffineMap3D(map.coefficients.map { $0 * (1 + draws.uniform(-strength, strength)) })
      }
      let ifs = try IFS(.space(maps), weights: found.0.map { abs($0.determinant) })
      if let varied = try? ifs.orbit(points: points, key: key), centre(varied) != nil {
        orbit = varied
        break
      }
    }
    guard let points = centre(orbit) else { throw Problem("escapes", "no point to draw") }
    return projected(points, camera(instance), width: width, height: height)
  }

  /// The maps and an orbit of theirs.
  private func search(_ category: RandomSource) throws -> ([AffineMap3D], Orbit) {
    for candidate in 0..<100_000 {
      var draws = category.stream("candidate", candidate)
      let count = least + draws.below(most - least + 1)
      let maps = (0..<count).map { _ in AffineMap3D((0..<12).map { _ in draws.uniform(-1, 1) }) }
      let ifs = try IFS(.space(maps), weights: maps.map { abs($0.determinant) })
      let key = draws.next()
      guard let orbit = try? ifs.orbit(points: 4096, key: key), let scaled = centre(orbit) else {
        continue
      }
      let axes = [scaled.x, scaled.y, scaled.z]
      let spread = axes.map { values in
        values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
      }
      if spread.allSatisfy({ $0 > variance }) { return (maps, orbit) }
    }
    throw Problem(
      "search", "no IFS of 100000 has a variance of \(NumberText.short(variance)) along each axis",
      suggestions: ["variance = 0.05"])
  }

  /// Scaled by one factor to -1...1 over all axes, and each axis centred on its mean.
  private func centre(_ orbit: Orbit) -> Orbit? {
    guard let box = orbit.box else { return nil }
    let low = box.low.reduce(.infinity, min)
    let high = box.high.reduce(-.infinity, max)
    guard high > low else { return nil }
    func placed(_ values: [Double]) -> [Double] {
      let scaled = values.map { 2 * ($0 - low) / (high - low) - 1 }
      let mean = scaled.reduce(0, +) / Double(scaled.count)
      return scaled.map { $0 - mean }
    }
    return Orbit(x: placed(orbit.x), y: placed(orbit.y), z: placed(orbit.z))
  }

  /// Three rows (right, up, forward) of a rotation uniform over all (Shoemake, 1992).
  private func camera(_ instance: RandomSource) -> [Double] {
    var draws = instance.stream("view")
    let u = draws.uniform()
    let (a, b) = (draws.uniform(0, 2 * .pi), draws.uniform(0, 2 * .pi))
    let (r, s) = ((1 - u).squareRoot(), u.squareRoot())
    let (x, y, z, w) = (r * ck_sin(a), r * ck_cos(a), s * ck_sin(b), s * ck_cos(b))
    return [
      1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w),
      2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w),
      2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y),
    ]
  }

  private func projected(_ points: Orbit, _ frame: [Double], width: Int, height: Int) -> Image {
    var (u, v) = (points.x, points.y)
    // The cotangent of half the field of view.
    let focal = 1 + 2.0.squareRoot()
    ck_project(points.x, points.y, points.z, points.count, frame, 4, focal, 1, &u, &v)
    let half = Double(min(width, height)) / 2
    var hits = [UInt32](repeating: 0, count: width * height)
    ck_count_hits(
      u, v, u.count, half, Double(width) / 2, half, Double(height) / 2, Int32(width),
      Int32(height), &hits)
    return Image(
      width: width, height: height, channels: 1, floats: Tone.logarithmic(hits, floor: 0.4))
  }
}
