import Basics
import CKernels

extension IFS {
  /// The most by which each map lengthens a step; `nil` for maps that are not affine.
  package var stretches: [Double]? {
    switch maps {
    case .plane(let list): list.map(\.stretch)
    case .space(let list): list.map(\.stretch)
    case .free: nil
    }
  }

  /// The mean of log stretch, weighted by the chances. Negative is enough for an attractor.
  package var meanLogStretch: Double? {
    stretches.map { zip($0, chances).reduce(0) { $0 + $1.1 * ck_log($1.0) } }
  }

  /// The factor by which an orbit's small differences change in one step, in the geometric mean.
  ///
  /// It is the exponential of the largest Lyapunov exponent, estimated along one orbit with a
  /// fixed key. Below 1 there is an attractor.
  package func contraction(steps: Int = 20_000) throws -> Double {
    var sum = 0.0
    switch maps {
    case .plane(let list):
      var (u, v) = (1.0, 0.0)
      for step in 0..<steps {
        let m = list[choice(step)]
        (u, v) = (m.a * u + m.b * v, m.c * u + m.d * v)
        let length = ck_hypot(u, v)
        // A map of rank one can send the difference to nothing: the strongest contraction.
        if length == 0 { return 0 }
        sum += ck_log(length)
        (u, v) = (u / length, v / length)
      }
    case .space(let list):
      var u = [1.0, 0, 0]
      for step in 0..<steps {
        let m = list[choice(step)].coefficients
        u = [0, 3, 6].map { m[$0] * u[0] + m[$0 + 1] * u[1] + m[$0 + 2] * u[2] }
        let length = ck_hypot(ck_hypot(u[0], u[1]), u[2])
        if length == 0 { return 0 }
        sum += ck_log(length)
        u = u.map { $0 / length }
      }
    case .free(let list): return try freeContraction(list, steps: min(steps, 500))
    }
    return ck_exp(sum / Double(steps))
  }

  /// Twin orbits a little apart, drawn together again after each step (Benettin's method).
  private func freeContraction(_ list: [PlaneMap], steps: Int) throws -> Double {
    let apart = 1e-7
    let lanes = 64
    var x = [Double](repeating: 0.1, count: 2 * lanes)
    var y = [Double](repeating: 0.1, count: 2 * lanes)
    var sum = 0.0
    var counted = 0
    for step in 0..<steps {
      for lane in 0..<lanes {
        let (dx, dy) = (x[lanes + lane] - x[lane], y[lanes + lane] - y[lane])
        let length = ck_hypot(dx, dy)
        if step > 50, length > 0, length.isFinite {
          sum += ck_log(length / apart)
          counted += 1
        }
        let scale = length > 0 && length.isFinite ? apart / length : 0
        x[lanes + lane] = x[lane] + (scale > 0 ? dx * scale : apart)
        y[lanes + lane] = y[lane] + (scale > 0 ? dy * scale : 0)
      }
      try list[choice(step)].move(&x, &y)
      guard x.allSatisfy({ abs($0) < IFS.horizon }), y.allSatisfy({ abs($0) < IFS.horizon }) else {
        return .infinity
      }
    }
    return counted == 0 ? 0 : ck_exp(sum / Double(counted))
  }

  private func choice(_ step: Int) -> Int {
    alias.choice(UInt32(ck_splitmix(0x6c79_6170_756e_6f76, UInt64(step)) >> 32))
  }

  /// The share of `size` × `size` cells that the attractor visits, its box stretched to the whole
  /// less a small margin. Maps of space are seen along z. An orbit that runs away fills nothing.
  package func filling(size: Int = 64, points: Int? = nil, key: UInt64 = 0) throws -> Double {
    guard size > 0, size <= 4096 else {
      throw Problem("range", "a size of \(size) pixels", notes: ["it lies between 1 and 4096"])
    }
    let points = points ?? max(20_000, 4 * size * size)
    do {
      let hits = try occupied(size: size, points: points, key: key)
      return Double(hits.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }) / Double(size * size)
    } catch let problem as Problem where problem.slug == "escapes" {
      return 0
    }
  }

  /// The box-counting dimension: the slope of log(cells visited) against log(cells along a side).
  package func dimension(points: Int = 4_000_000, key: UInt64 = 0) throws -> Double {
    let finest = 10
    var grid = try occupied(size: 1 << finest, points: points, key: key, keepsAspect: true)
      .map { $0 > 0 }
    var samples: [(x: Double, y: Double)] = []
    var side = 1 << finest
    while side >= 4 {
      let cells = grid.reduce(0) { $0 + ($1 ? 1 : 0) }
      // The finest grids miss cells that no point happened to visit, the coarsest see the frame.
      if side <= 256, side >= 8 { samples.append((ck_log(Double(side)), ck_log(Double(cells)))) }
      let half = side / 2
      var coarse = [Bool](repeating: false, count: half * half)
      for y in 0..<side {
        for x in 0..<side where grid[y * side + x] { coarse[y / 2 * half + x / 2] = true }
      }
      grid = coarse
      side = half
    }
    let n = Double(samples.count)
    let (mx, my) = (samples.map(\.x).reduce(0, +) / n, samples.map(\.y).reduce(0, +) / n)
    let above = samples.reduce(0) { $0 + ($1.x - mx) * ($1.y - my) }
    let below = samples.reduce(0) { $0 + ($1.x - mx) * ($1.x - mx) }
    return above / below
  }

  private func occupied(size: Int, points: Int, key: UInt64, keepsAspect: Bool = false) throws
    -> [UInt32]
  {
    let box = try box(points: points, key: key)
    let view = Viewport(
      box, width: size, height: size, margin: keepsAspect ? 0 : Double(size) * 6 / 512,
      keepsAspect: keepsAspect)
    var hits = [UInt32](repeating: 0, count: size * size)
    try forEachChunk(points: points, key: key) { view.count($0, into: &hits) }
    return hits
  }

  /// Why there is no picture: what the user is told when orbits run away.
  var escape: Problem {
    var notes: [String] = []
    var blame: Blame?
    if let stretches, let mean = meanLogStretch {
      let worst = stretches.indices.max {
        chances[$0] * ck_log(max(stretches[$0], 1e-9))
          < chances[$1] * ck_log(max(stretches[$1], 1e-9))
      }
      if mean > 0 {
        notes.append(
          "mean log-stretch is +\(NumberText.short(mean, digits: 2)); "
            + "it must be negative for an attractor to exist")
      }
      if let worst {
        let share = NumberText.short(100 * chances[worst], digits: 2)
        let fact =
          "stretches by \(NumberText.short(stretches[worst], digits: 4)), "
          + "chosen \(share) % of the time"
        if places.indices.contains(worst) {
          blame = Blame(places[worst], first: dimensions * dimensions, fact)
        } else {
          notes.insert("row \(worst) \(fact)", at: 0)
        }
        let scale = ck_exp(-max(mean, 0) / chances[worst]) * 0.98
        notes.append(
          "(one expanding map is fine by itself: lower its weight, or scale it by "
            + "\(NumberText.short(scale, digits: 2)))")
      }
    } else {
      notes.append("a map sends points farther and farther away, or to no number at all")
    }
    var problem = Problem("escapes", "orbits of this IFS run away", notes: notes)
    problem.blame = blame
    return problem
  }
}
