import Basics
import CKernels
import Images

/// How the points of an orbit become a picture.
package struct Drawing: Sendable, Equatable {
  /// What a point leaves behind.
  package enum Mark: String, Sendable, CaseIterable {
    /// Brightness by how often a pixel is visited, on a logarithmic scale.
    case density
    /// A white pixel.
    case point
    /// A random 3×3 patch, black where its mask is 0, over what is there.
    case patch
  }

  package var width = 256
  package var height = 256
  /// `nil` takes sixteen to a pixel for densities, four for marks, at least 4,000.
  package var points: Int?
  package var mark = Mark.density
  /// Whether colour tells the time along the orbit (of `point` and `patch`).
  package var isColoured = false
  /// Whether a square stays a square; otherwise the set fills the picture.
  package var keepsAspect = true
  /// Free pixels on each side; `nil` takes a 32nd of the shorter side.
  package var margin: Double?
  /// For maps of space: the viewer's turn about the vertical axis and height above the horizon, in
  /// degrees.
  package var azimuth = 30.0
  package var elevation = 20.0

  /// Sets the stream of the patches apart from the orbit's.
  static let patchStream: UInt64 = 0x7061_7463_6865_7321

  package init() {}

  /// A square picture.
  package init(size: Int) {
    width = size
    height = size
  }

  var wantedPoints: Int { points ?? max(4000, (mark == .density ? 16 : 4) * width * height) }
  var wantedMargin: Double { margin ?? Double(min(width, height)) / 32 }

  func check() throws {
    guard (1...1 << 14).contains(width), (1...1 << 14).contains(height) else {
      throw Problem(
        "range", "a picture of \(width)×\(height) pixels",
        notes: ["each side has 1 to 16384 pixels"])
    }
  }
}

extension IFS {
  /// The attractor as a picture: y up, white on black. The same key gives the same bytes.
  package func rendered(_ drawing: Drawing = Drawing(), key: UInt64 = 0) throws -> Image {
    try drawing.check()
    let points = drawing.wantedPoints
    // A short orbit is made once and kept; a long one is made twice, once for its box.
    if points <= IFS.chunk {
      let orbit = seen(try orbit(points: points, key: key), drawing)
      guard let box = orbit.box else { throw escape }
      return try drawn(drawing, box, key: key) { try $0(orbit) }
    }
    var box: Box?
    try forEachChunk(points: points, key: key) { part in
      guard let next = seen(part, drawing).box else { throw escape }
      box = box?.union(next) ?? next
    }
    guard let box else { throw escape }
    return try drawn(drawing, box, key: key) { body in
      try forEachChunk(points: points, key: key) { try body(seen($0, drawing)) }
    }
  }

  /// The points as the viewer sees them.
  private func seen(_ orbit: Orbit, _ drawing: Drawing) -> Orbit {
    guard dimensions == 3 else { return orbit }
    let turn = drawing.azimuth * .pi / 180
    let rise = drawing.elevation * .pi / 180
    let (ct, st, cr, sr) = (ck_cos(turn), ck_sin(turn), ck_cos(rise), ck_sin(rise))
    var plane = Orbit()
    // z is up; a viewer far away sees parallel rays.
    plane.x = (0..<orbit.count).map { ct * orbit.x[$0] + st * orbit.y[$0] }
    plane.y = (0..<orbit.count).map {
      cr * orbit.z[$0] + sr * (st * orbit.x[$0] - ct * orbit.y[$0])
    }
    return plane
  }

  private func drawn(
    _ drawing: Drawing, _ box: Box, key: UInt64, _ visit: ((Orbit) throws -> Void) throws -> Void
  ) throws -> Image {
    let view = Viewport(
      box, width: drawing.width, height: drawing.height, margin: drawing.wantedMargin,
      keepsAspect: drawing.keepsAspect)
    let pixels = drawing.width * drawing.height
    switch drawing.mark {
    case .density:
      var hits = [UInt32](repeating: 0, count: pixels)
      try visit { view.count($0, into: &hits) }
      return Image(
        width: drawing.width, height: drawing.height, channels: 1,
        floats: Tone.logarithmic(hits)
      ).asBytes()
    case .point where !drawing.isColoured:
      var hits = [UInt32](repeating: 0, count: pixels)
      try visit { view.count($0, into: &hits) }
      return Image(
        width: drawing.width, height: drawing.height, channels: 1,
        bytes: hits.map { $0 > 0 ? 255 : 0 })
    case .point, .patch:
      let colours: [UInt8] = drawing.isColoured ? HueTable.bright : [255]
      let channels = drawing.isColoured ? 3 : 1
      var bytes = [UInt8](repeating: 0, count: pixels * channels)
      var first = 0
      try visit { orbit in
        let cells = view.cells(orbit)
        ck_paint(
          cells, cells.count, Int32(drawing.width), Int32(drawing.height), first,
          drawing.mark == .patch ? 1 : 0, key ^ Drawing.patchStream, colours, Int32(channels),
          Int32(colours.count / channels), &bytes)
        first += orbit.count
      }
      return Image(
        width: drawing.width, height: drawing.height, channels: channels, bytes: bytes)
    }
  }
}

/// From visits to brightness.
enum Tone {
  /// log(1 + visits), white at the level that one visited pixel in two hundred exceeds. A visited
  /// pixel is never darker than `floor`, so that thin parts stay visible.
  static func logarithmic(_ hits: [UInt32], floor: Double = 0.25) -> [Float] {
    [Float](unsafeUninitializedCapacity: hits.count) { out, filled in
      if let start = out.baseAddress {
        ck_tone(hits, hits.count, ck_white(hits, hits.count, 0.995), floor, start)
      }
      filled = hits.count
    }
  }
}
