import CKernels

/// How coordinates become pixels: column = x * xScale + xOffset, row = y * yScale + yOffset,
/// floored. y points up, so `yScale` is negative.
package struct Viewport: Sendable, Equatable {
  package let width: Int
  package let height: Int
  package var xScale: Double
  package var xOffset: Double
  package var yScale: Double
  package var yOffset: Double

  /// The box in the middle of the picture.
  ///
  /// - Parameters:
  ///   - margin: free pixels on each side.
  ///   - keepsAspect: whether a square stays a square; otherwise the box fills the picture.
  package init(_ box: Box, width: Int, height: Int, margin: Double, keepsAspect: Bool) {
    self.width = width
    self.height = height
    // The greatest coordinate falls inside the last pixel, not on its far edge.
    let inner = (
      max(0.5, Double(width) - 2 * margin - 1e-6), max(0.5, Double(height) - 2 * margin - 1e-6)
    )
    let extent = (box.extent[0], box.extent[1])
    var scale = (
      extent.0 > 0 ? inner.0 / extent.0 : .infinity, extent.1 > 0 ? inner.1 / extent.1 : .infinity
    )
    if keepsAspect {
      let least = min(scale.0, scale.1)
      scale = (least, least)
    }
    // A set without extent along an axis lies in the middle of it.
    if !scale.0.isFinite { scale.0 = 0 }
    if !scale.1.isFinite { scale.1 = 0 }
    xScale = scale.0
    yScale = -scale.1
    xOffset = Double(width) / 2 - scale.0 * (box.low[0] + box.extent[0] / 2)
    yOffset = Double(height) / 2 + scale.1 * (box.low[1] + box.extent[1] / 2)
  }

  /// Adds one for each point to the pixel it falls on.
  func count(_ orbit: Orbit, into hits: inout [UInt32]) {
    ck_count_hits(
      orbit.x, orbit.y, orbit.count, xScale, xOffset, yScale, yOffset, Int32(width), Int32(height),
      &hits)
  }

  /// The pixel number of each point, -1 outside.
  func cells(_ orbit: Orbit) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: orbit.count) { cells, filled in
      if let start = cells.baseAddress {
        ck_cells(
          orbit.x, orbit.y, orbit.count, xScale, xOffset, yScale, yOffset, Int32(width),
          Int32(height), start)
      }
      filled = orbit.count
    }
  }
}
