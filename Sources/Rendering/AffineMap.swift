import CKernels

/// A map of the plane: x' = a x + b y + e, y' = c x + d y + f.
package struct AffineMap2D: Sendable, Equatable {
  package var a: Double
  package var b: Double
  package var c: Double
  package var d: Double
  package var e: Double
  package var f: Double

  package init(
    _ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double, _ f: Double
  ) {
    (self.a, self.b, self.c, self.d, self.e, self.f) = (a, b, c, d, e, f)
  }

  /// From six numbers in the order a b c d e f.
  package init(_ values: some Collection<Double>) {
    let v = Array(values)
    self.init(v[0], v[1], v[2], v[3], v[4], v[5])
  }

  /// a, b, c, d, e, f.
  package var coefficients: [Double] { [a, b, c, d, e, f] }

  /// a d - b c.
  package var determinant: Double { a * d - b * c }

  /// The most by which the map lengthens a step: its larger singular value.
  package var stretch: Double {
    let sum = ck_hypot(a + d, c - b)
    let difference = ck_hypot(a - d, c + b)
    return (sum + difference) / 2
  }

  /// The map with each coefficient multiplied by its factor.
  package func scaled(by factors: [Double]) -> AffineMap2D {
    AffineMap2D(
      a * factors[0], b * factors[1], c * factors[2], d * factors[3], e * factors[4],
      f * factors[5])
  }

  /// The map as the kernels take it.
  var kernel: ck_affine2 { ck_affine2(a: a, b: b, c: c, d: d, e: e, f: f) }
}

/// A map of space: x' = a x + b y + c z + j, y' = d x + e y + f z + k, z' = g x + h y + i z + l.
package struct AffineMap3D: Sendable, Equatable {
  /// a ... i, the matrix row by row, then j, k, l, the shift.
  package var coefficients: [Double]

  /// From twelve numbers in the order a ... l.
  package init(_ values: some Collection<Double>) {
    precondition(values.count == 12, "a map of space has twelve coefficients")
    coefficients = Array(values)
  }

  /// The determinant of the matrix.
  package var determinant: Double {
    let m = coefficients
    return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6])
      + m[2] * (m[3] * m[7] - m[4] * m[6])
  }

  /// The most by which the map lengthens a step: the root of the largest eigenvalue of the
  /// matrix's square, by the closed form for symmetric matrices of order three.
  package var stretch: Double {
    let m = coefficients
    func square(_ i: Int, _ j: Int) -> Double {
      m[i] * m[j] + m[3 + i] * m[3 + j] + m[6 + i] * m[6 + j]
    }
    let (xx, yy, zz) = (square(0, 0), square(1, 1), square(2, 2))
    let (xy, xz, yz) = (square(0, 1), square(0, 2), square(1, 2))
    let mean = (xx + yy + zz) / 3
    let off = xy * xy + xz * xz + yz * yz
    let (dx, dy, dz) = (xx - mean, yy - mean, zz - mean)
    let spread = ((dx * dx + dy * dy + dz * dz + 2 * off) / 6).squareRoot()
    if spread == 0 { return mean.squareRoot() }
    let determinant =
      dx * (dy * dz - yz * yz) - xy * (xy * dz - yz * xz) + xz * (xy * yz - dy * xz)
    let cosine = min(max(determinant / (2 * spread * spread * spread), -1), 1)
    return max(0, mean + 2 * spread * ck_cos(ck_acos(cosine) / 3)).squareRoot()
  }

  /// The map as the kernels take it.
  var kernel: ck_affine3 {
    let m = coefficients
    return ck_affine3(
      a: m[0], b: m[1], c: m[2], d: m[3], e: m[4], f: m[5], g: m[6], h: m[7], i: m[8], j: m[9],
      k: m[10], l: m[11])
  }
}
