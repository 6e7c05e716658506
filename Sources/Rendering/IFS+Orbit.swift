import Basics
import CKernels

/// Points of an orbit, coordinates apart; `z` is empty in the plane.
package struct Orbit: Sendable {
  package var x: [Double] = []
  package var y: [Double] = []
  package var z: [Double] = []

  /// How many points there are.
  package var count: Int { x.count }

  /// The least and greatest coordinates; `nil` when one is not finite or there are no points.
  package var box: Box? {
    guard count > 0 else { return nil }
    let ranges = [x, y, z].filter { !$0.isEmpty }.map(Orbit.range)
    guard ranges.allSatisfy({ ($0.1 - $0.0).isFinite }) else { return nil }
    return Box(low: ranges.map(\.0), high: ranges.map(\.1))
  }

  static func range(_ values: [Double]) -> (Double, Double) {
    var low = 0.0
    var high = 0.0
    ck_range(values, values.count, &low, &high)
    return (low, high)
  }
}

/// A box whose sides are along the axes.
package struct Box: Sendable, Equatable {
  package var low: [Double]
  package var high: [Double]

  /// The lengths of the sides.
  package var extent: [Double] { zip(high, low).map { $0 - $1 } }

  /// The least box around both.
  func union(_ other: Box) -> Box {
    Box(low: zip(low, other.low).map(min), high: zip(high, other.high).map(max))
  }
}

extension IFS {
  /// Steps that an orbit makes before its points count.
  static let warmUp = 64
  /// The most points that are held at once.
  static let chunk = 1 << 19
  /// Points farther out than this belong to an orbit that runs away.
  static let horizon = 1e12

  /// `points` points of the attractor, the same for the same key.
  package func orbit(points: Int, key: UInt64) throws -> Orbit {
    var whole = Orbit()
    try forEachChunk(points: points, key: key) { part in
      if whole.count == 0 {
        whole = part
      } else {
        whole.x += part.x
        whole.y += part.y
        whole.z += part.z
      }
    }
    return whole
  }

  /// The box around `points` points of the attractor.
  package func box(points: Int = 20_000, key: UInt64 = 0) throws -> Box {
    var box: Box?
    try forEachChunk(points: points, key: key) { part in
      guard let next = part.box else { throw escape }
      box = box?.union(next) ?? next
    }
    guard let box else { throw Problem("range", "a box around no points") }
    return box
  }

  /// Hands out the orbit piece by piece, so that memory does not grow with the number of points.
  /// Throws `escape` when the orbit runs away.
  func forEachChunk(points: Int, key: UInt64, _ body: (Orbit) throws -> Void) throws {
    guard points > 0 else {
      throw Problem("range", "\(points) points make no picture", suggestions: ["points = 10^5"])
    }
    let lanes = Int(CK_CHAINS)
    var left = points
    switch maps {
    case .plane(let list):
      let kernels = list.map(\.kernel)
      var chains = ck_chains()
      ck_chains_start2(&chains, key, kernels, alias.entries, Int32(count), Int32(IFS.warmUp))
      while left > 0 {
        let wanted = min(left, IFS.chunk)
        let made = (wanted + lanes - 1) / lanes * lanes
        var part = Orbit()
        part.y = [Double](repeating: 0, count: made)
        part.x = [Double](unsafeUninitializedCapacity: made) { x, filled in
          guard let x = x.baseAddress else { return }
          ck_chains_run2(&chains, kernels, alias.entries, Int32(count), made, x, &part.y)
          filled = made
        }
        try hand(&part, wanted, body)
        left -= wanted
      }
    case .space(let list):
      let kernels = list.map(\.kernel)
      var chains = ck_chains()
      ck_chains_start3(&chains, key, kernels, alias.entries, Int32(count), Int32(IFS.warmUp))
      while left > 0 {
        let wanted = min(left, IFS.chunk)
        let made = (wanted + lanes - 1) / lanes * lanes
        var part = Orbit()
        part.x = [Double](repeating: 0, count: made)
        part.y = part.x
        part.z = part.x
        ck_chains_run3(
          &chains, kernels, alias.entries, Int32(count), made, &part.x, &part.y, &part.z)
        try hand(&part, wanted, body)
        left -= wanted
      }
    case .free(let list): try forEachFreeChunk(list, points: points, key: key, body)
    }
  }

  private func hand(_ part: inout Orbit, _ wanted: Int, _ body: (Orbit) throws -> Void) throws {
    if part.x.count > wanted {
      part.x.removeLast(part.x.count - wanted)
      part.y.removeLast(part.y.count - wanted)
      if !part.z.isEmpty { part.z.removeLast(part.z.count - wanted) }
    }
    guard let box = part.box,
      zip(box.low, box.high).allSatisfy({ -$0 < IFS.horizon && $1 < IFS.horizon })
    else { throw escape }
    try body(part)
  }

  /// Many orbits abreast, so that each map moves a batch of points at a time.
  private func forEachFreeChunk(
    _ list: [PlaneMap], points: Int, key: UInt64, _ body: (Orbit) throws -> Void
  ) throws {
    let lanes = min(1024, max(1, points))
    var x = [Double](repeating: 0, count: lanes)
    var y = x
    var part = Orbit()
    var left = points
    var step: UInt64 = 0
    while left > 0 {
      var members = [[Int]](repeating: [], count: list.count)
      for lane in 0..<lanes {
        let bits = ck_splitmix(key, step * UInt64(lanes) + UInt64(lane))
        members[alias.choice(UInt32(bits >> 32))].append(lane)
      }
      step += 1
      for (map, chosen) in zip(list, members) where !chosen.isEmpty {
        var px = chosen.map { x[$0] }
        var py = chosen.map { y[$0] }
        try map.move(&px, &py)
        precondition(px.count == chosen.count && py.count == chosen.count, "a map keeps the count")
        for (i, lane) in chosen.enumerated() {
          x[lane] = px[i]
          y[lane] = py[i]
        }
      }
      if step <= UInt64(IFS.warmUp) { continue }
      let wanted = min(left, lanes)
      part.x += x[..<wanted]
      part.y += y[..<wanted]
      left -= wanted
      if left == 0 || part.count >= IFS.chunk {
        try hand(&part, part.count, body)
        part = Orbit()
      }
    }
  }
}
