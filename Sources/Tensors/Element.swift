import Basics
import CKernels
import COpenBLAS

/// A number type of tensors, with the loops over it.
protocol Element: BinaryFloatingPoint, Sendable {
  static var precision: Precision { get }
  static func binary(
    _ op: Int32, _ a: UnsafePointer<Self>, _ aStep: Int, _ b: UnsafePointer<Self>, _ bStep: Int,
    _ y: UnsafeMutablePointer<Self>, _ n: Int)
  static func unary(
    _ op: Int32, _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ n: Int)
  static func unaryGradient(
    _ op: Int32, _ x: UnsafePointer<Self>?, _ y: UnsafePointer<Self>?, _ g: UnsafePointer<Self>,
    _ d: UnsafeMutablePointer<Self>, _ n: Int)
  static func addScaled(
    _ scale: Self, _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ n: Int)
  static func reduce(
    _ op: Int32, _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ outer: Int, _ n: Int,
    _ inner: Int)
  static func gatherStrided(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ sizes: [Int], _ steps: [Int])
  static func scatterStrided(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ sizes: [Int], _ steps: [Int])
  static func softmax(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ rows: Int, _ n: Int, _ isLog: Bool)
  static func softmaxGradient(
    _ y: UnsafePointer<Self>, _ g: UnsafePointer<Self>, _ d: UnsafeMutablePointer<Self>,
    _ rows: Int, _ n: Int, _ isLog: Bool)
  static func normaliseRows(
    _ x: UnsafePointer<Self>, _ scale: UnsafePointer<Self>, _ shift: UnsafePointer<Self>,
    _ epsilon: Self, _ y: UnsafeMutablePointer<Self>, _ mean: UnsafeMutablePointer<Self>,
    _ inverse: UnsafeMutablePointer<Self>, _ rows: Int, _ n: Int)
  static func normaliseRowsGradient(
    _ x: UnsafePointer<Self>, _ scale: UnsafePointer<Self>, _ mean: UnsafePointer<Self>,
    _ inverse: UnsafePointer<Self>, _ g: UnsafePointer<Self>, _ d: UnsafeMutablePointer<Self>,
    _ dScale: UnsafeMutablePointer<Self>, _ dShift: UnsafeMutablePointer<Self>, _ rows: Int,
    _ n: Int)
  static func planeSums(
    _ x: UnsafePointer<Self>, _ planes: Int, _ step: Int, _ space: Int, _ block: Int,
    _ sum: UnsafeMutablePointer<Double>, _ square: UnsafeMutablePointer<Double>)
  static func planeAffine(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ planes: Int, _ step: Int,
    _ space: Int, _ block: Int, _ scale: UnsafePointer<Self>, _ shift: UnsafePointer<Self>,
    _ relu: Bool)
  static func planeProducts(
    _ x: UnsafePointer<Self>, _ scale: UnsafePointer<Self>?, _ shift: UnsafePointer<Self>?,
    _ g: UnsafePointer<Self>, _ planes: Int,
    _ step: Int, _ space: Int, _ block: Int, _ sum: UnsafeMutablePointer<Double>,
    _ product: UnsafeMutablePointer<Double>)
  static func planeCombine(
    _ x: UnsafePointer<Self>, _ scale: UnsafePointer<Self>?, _ shift: UnsafePointer<Self>?,
    _ g: UnsafePointer<Self>,
    _ d: UnsafeMutablePointer<Self>, _ planes: Int, _ step: Int, _ space: Int, _ block: Int,
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ c: UnsafePointer<Self>)
  static func maxPool(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ which: UnsafeMutablePointer<UInt8>,
    _ planes: Int, _ block: Int, _ window: ck_window)
  static func maxPoolGradient(
    _ g: UnsafePointer<Self>, _ which: UnsafePointer<UInt8>, _ d: UnsafeMutablePointer<Self>,
    _ planes: Int, _ block: Int, _ window: ck_window)
  static func meanPool(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ planes: Int, _ block: Int,
    _ window: ck_window)
  static func meanPoolGradient(
    _ g: UnsafePointer<Self>, _ d: UnsafeMutablePointer<Self>, _ planes: Int, _ block: Int,
    _ window: ck_window)
  static func windowsToColumns(
    _ x: UnsafePointer<Self>, _ columns: UnsafeMutablePointer<Self>, _ channels: Int,
    _ window: ck_window)
  static func columnsToWindows(
    _ columns: UnsafePointer<Self>, _ x: UnsafeMutablePointer<Self>, _ channels: Int,
    _ window: ck_window)
  /// c[m, n] = alpha a b + beta c through OpenBLAS.
  static func product(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int, _ beta: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int, threads: Int)
}

extension Float: Element {
  static var precision: Precision { .f32 }

  static func binary(
    _ op: Int32, _ a: UnsafePointer<Float>, _ aStep: Int, _ b: UnsafePointer<Float>, _ bStep: Int,
    _ y: UnsafeMutablePointer<Float>, _ n: Int
  ) {
    ck_binary_f32(op, a, aStep, b, bStep, y, n)
  }

  static func unary(
    _ op: Int32, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ n: Int
  ) {
    ck_unary_f32(op, x, y, n)
  }

  static func unaryGradient(
    _ op: Int32, _ x: UnsafePointer<Float>?, _ y: UnsafePointer<Float>?, _ g: UnsafePointer<Float>,
    _ d: UnsafeMutablePointer<Float>, _ n: Int
  ) {
    ck_unary_gradient_f32(op, x, y, g, d, n)
  }

  static func addScaled(
    _ scale: Float, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ n: Int
  ) {
    ck_add_scaled_f32(scale, x, y, n)
  }

  static func reduce(
    _ op: Int32, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ outer: Int,
    _ n: Int, _ inner: Int
  ) {
    ck_reduce_f32(op, x, y, outer, n, inner)
  }

  static func gatherStrided(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ sizes: [Int], _ steps: [Int]
  ) {
    ck_gather_strided_f32(x, y, Int32(sizes.count), sizes, steps)
  }

  static func scatterStrided(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ sizes: [Int], _ steps: [Int]
  ) {
    ck_scatter_strided_f32(x, y, Int32(sizes.count), sizes, steps)
  }

  static func softmax(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ rows: Int, _ n: Int,
    _ isLog: Bool
  ) {
    ck_softmax_f32(x, y, rows, n, isLog ? 1 : 0)
  }

  static func softmaxGradient(
    _ y: UnsafePointer<Float>, _ g: UnsafePointer<Float>, _ d: UnsafeMutablePointer<Float>,
    _ rows: Int, _ n: Int, _ isLog: Bool
  ) {
    ck_softmax_gradient_f32(y, g, d, rows, n, isLog ? 1 : 0)
  }

  static func normaliseRows(
    _ x: UnsafePointer<Float>, _ scale: UnsafePointer<Float>, _ shift: UnsafePointer<Float>,
    _ epsilon: Float, _ y: UnsafeMutablePointer<Float>, _ mean: UnsafeMutablePointer<Float>,
    _ inverse: UnsafeMutablePointer<Float>, _ rows: Int, _ n: Int
  ) {
    ck_normalise_rows_f32(x, scale, shift, epsilon, y, mean, inverse, rows, n)
  }

  static func normaliseRowsGradient(
    _ x: UnsafePointer<Float>, _ scale: UnsafePointer<Float>, _ mean: UnsafePointer<Float>,
    _ inverse: UnsafePointer<Float>, _ g: UnsafePointer<Float>, _ d: UnsafeMutablePointer<Float>,
    _ dScale: UnsafeMutablePointer<Float>, _ dShift: UnsafeMutablePointer<Float>, _ rows: Int,
    _ n: Int
  ) {
    ck_normalise_rows_gradient_f32(x, scale, mean, inverse, g, d, dScale, dShift, rows, n)
  }

  static func planeSums(
    _ x: UnsafePointer<Float>, _ planes: Int, _ step: Int, _ space: Int, _ block: Int,
    _ sum: UnsafeMutablePointer<Double>, _ square: UnsafeMutablePointer<Double>
  ) {
    ck_plane_sums_f32(x, planes, step, space, block, sum, square)
  }

  static func planeAffine(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ planes: Int, _ step: Int,
    _ space: Int, _ block: Int, _ scale: UnsafePointer<Float>, _ shift: UnsafePointer<Float>,
    _ relu: Bool
  ) {
    ck_plane_affine_f32(x, y, planes, step, space, block, scale, shift, relu ? 1 : 0)
  }

  static func planeProducts(
    _ x: UnsafePointer<Float>, _ scale: UnsafePointer<Float>?, _ shift: UnsafePointer<Float>?,
    _ g: UnsafePointer<Float>, _ planes: Int,
    _ step: Int, _ space: Int, _ block: Int, _ sum: UnsafeMutablePointer<Double>,
    _ product: UnsafeMutablePointer<Double>
  ) {
    ck_plane_products_f32(x, scale, shift, g, planes, step, space, block, sum, product)
  }

  static func planeCombine(
    _ x: UnsafePointer<Float>, _ scale: UnsafePointer<Float>?, _ shift: UnsafePointer<Float>?,
    _ g: UnsafePointer<Float>,
    _ d: UnsafeMutablePointer<Float>, _ planes: Int, _ step: Int, _ space: Int, _ block: Int,
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>
  ) {
    ck_plane_combine_f32(x, scale, shift, g, d, planes, step, space, block, a, b, c)
  }

  static func maxPool(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ which: UnsafeMutablePointer<UInt8>, _ planes: Int, _ block: Int, _ window: ck_window
  ) {
    withUnsafePointer(to: window) { ck_max_pool_f32(x, y, which, planes, block, $0) }
  }

  static func maxPoolGradient(
    _ g: UnsafePointer<Float>, _ which: UnsafePointer<UInt8>, _ d: UnsafeMutablePointer<Float>,
    _ planes: Int, _ block: Int, _ window: ck_window
  ) {
    withUnsafePointer(to: window) { ck_max_pool_gradient_f32(g, which, d, planes, block, $0) }
  }

  static func meanPool(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ planes: Int, _ block: Int,
    _ window: ck_window
  ) {
    withUnsafePointer(to: window) { ck_mean_pool_f32(x, y, planes, block, $0) }
  }

  static func meanPoolGradient(
    _ g: UnsafePointer<Float>, _ d: UnsafeMutablePointer<Float>, _ planes: Int, _ block: Int,
    _ window: ck_window
  ) {
    withUnsafePointer(to: window) { ck_mean_pool_gradient_f32(g, d, planes, block, $0) }
  }

  static func windowsToColumns(
    _ x: UnsafePointer<Float>, _ columns: UnsafeMutablePointer<Float>, _ channels: Int,
    _ window: ck_window
  ) {
    withUnsafePointer(to: window) { ck_windows_to_columns_f32(x, columns, channels, $0) }
  }

  static func columnsToWindows(
    _ columns: UnsafePointer<Float>, _ x: UnsafeMutablePointer<Float>, _ channels: Int,
    _ window: ck_window
  ) {
    withUnsafePointer(to: window) { ck_columns_to_windows_f32(columns, x, channels, $0) }
  }

  static func product(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Float,
    _ a: UnsafePointer<Float>, _ lda: Int, _ b: UnsafePointer<Float>, _ ldb: Int, _ beta: Float,
    _ c: UnsafeMutablePointer<Float>, _ ldc: Int, threads: Int
  ) {
    ob_sgemm(
      transposeA ? 1 : 0, transposeB ? 1 : 0, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc,
      Int32(threads))
  }
}

extension Double: Element {
  static var precision: Precision { .f64 }

  static func binary(
    _ op: Int32, _ a: UnsafePointer<Double>, _ aStep: Int, _ b: UnsafePointer<Double>, _ bStep: Int,
    _ y: UnsafeMutablePointer<Double>, _ n: Int
  ) {
    ck_binary_f64(op, a, aStep, b, bStep, y, n)
  }

  static func unary(
    _ op: Int32, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ n: Int
  ) {
    ck_unary_f64(op, x, y, n)
  }

  static func unaryGradient(
    _ op: Int32, _ x: UnsafePointer<Double>?, _ y: UnsafePointer<Double>?,
    _ g: UnsafePointer<Double>, _ d: UnsafeMutablePointer<Double>, _ n: Int
  ) {
    ck_unary_gradient_f64(op, x, y, g, d, n)
  }

  static func addScaled(
    _ scale: Double, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ n: Int
  ) {
    ck_add_scaled_f64(scale, x, y, n)
  }

  static func reduce(
    _ op: Int32, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ outer: Int,
    _ n: Int, _ inner: Int
  ) {
    ck_reduce_f64(op, x, y, outer, n, inner)
  }

  static func gatherStrided(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ sizes: [Int], _ steps: [Int]
  ) {
    ck_gather_strided_f64(x, y, Int32(sizes.count), sizes, steps)
  }

  static func scatterStrided(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ sizes: [Int], _ steps: [Int]
  ) {
    ck_scatter_strided_f64(x, y, Int32(sizes.count), sizes, steps)
  }

  static func softmax(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ rows: Int, _ n: Int,
    _ isLog: Bool
  ) {
    ck_softmax_f64(x, y, rows, n, isLog ? 1 : 0)
  }

  static func softmaxGradient(
    _ y: UnsafePointer<Double>, _ g: UnsafePointer<Double>, _ d: UnsafeMutablePointer<Double>,
    _ rows: Int, _ n: Int, _ isLog: Bool
  ) {
    ck_softmax_gradient_f64(y, g, d, rows, n, isLog ? 1 : 0)
  }

  static func normaliseRows(
    _ x: UnsafePointer<Double>, _ scale: UnsafePointer<Double>, _ shift: UnsafePointer<Double>,
    _ epsilon: Double, _ y: UnsafeMutablePointer<Double>, _ mean: UnsafeMutablePointer<Double>,
    _ inverse: UnsafeMutablePointer<Double>, _ rows: Int, _ n: Int
  ) {
    ck_normalise_rows_f64(x, scale, shift, epsilon, y, mean, inverse, rows, n)
  }

  static func normaliseRowsGradient(
    _ x: UnsafePointer<Double>, _ scale: UnsafePointer<Double>, _ mean: UnsafePointer<Double>,
    _ inverse: UnsafePointer<Double>, _ g: UnsafePointer<Double>, _ d: UnsafeMutablePointer<Double>,
    _ dScale: UnsafeMutablePointer<Double>, _ dShift: UnsafeMutablePointer<Double>, _ rows: Int,
    _ n: Int
  ) {
    ck_normalise_rows_gradient_f64(x, scale, mean, inverse, g, d, dScale, dShift, rows, n)
  }

  static func planeSums(
    _ x: UnsafePointer<Double>, _ planes: Int, _ step: Int, _ space: Int, _ block: Int,
    _ sum: UnsafeMutablePointer<Double>, _ square: UnsafeMutablePointer<Double>
  ) {
    ck_plane_sums_f64(x, planes, step, space, block, sum, square)
  }

  static func planeAffine(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ planes: Int, _ step: Int,
    _ space: Int, _ block: Int, _ scale: UnsafePointer<Double>, _ shift: UnsafePointer<Double>,
    _ relu: Bool
  ) {
    ck_plane_affine_f64(x, y, planes, step, space, block, scale, shift, relu ? 1 : 0)
  }

  static func planeProducts(
    _ x: UnsafePointer<Double>, _ scale: UnsafePointer<Double>?, _ shift: UnsafePointer<Double>?,
    _ g: UnsafePointer<Double>,
    _ planes: Int, _ step: Int, _ space: Int, _ block: Int, _ sum: UnsafeMutablePointer<Double>,
    _ product: UnsafeMutablePointer<Double>
  ) {
    ck_plane_products_f64(x, scale, shift, g, planes, step, space, block, sum, product)
  }

  static func planeCombine(
    _ x: UnsafePointer<Double>, _ scale: UnsafePointer<Double>?, _ shift: UnsafePointer<Double>?,
    _ g: UnsafePointer<Double>,
    _ d: UnsafeMutablePointer<Double>, _ planes: Int, _ step: Int, _ space: Int, _ block: Int,
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ c: UnsafePointer<Double>
  ) {
    ck_plane_combine_f64(x, scale, shift, g, d, planes, step, space, block, a, b, c)
  }

  static func maxPool(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>,
    _ which: UnsafeMutablePointer<UInt8>, _ planes: Int, _ block: Int, _ window: ck_window
  ) {
    withUnsafePointer(to: window) { ck_max_pool_f64(x, y, which, planes, block, $0) }
  }

  static func maxPoolGradient(
    _ g: UnsafePointer<Double>, _ which: UnsafePointer<UInt8>, _ d: UnsafeMutablePointer<Double>,
    _ planes: Int, _ block: Int, _ window: ck_window
  ) {
    withUnsafePointer(to: window) { ck_max_pool_gradient_f64(g, which, d, planes, block, $0) }
  }

  static func meanPool(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ planes: Int, _ block: Int,
    _ window: ck_window
  ) {
    withUnsafePointer(to: window) { ck_mean_pool_f64(x, y, planes, block, $0) }
  }

  static func meanPoolGradient(
    _ g: UnsafePointer<Double>, _ d: UnsafeMutablePointer<Double>, _ planes: Int, _ block: Int,
    _ window: ck_window
  ) {
    withUnsafePointer(to: window) { ck_mean_pool_gradient_f64(g, d, planes, block, $0) }
  }

  static func windowsToColumns(
    _ x: UnsafePointer<Double>, _ columns: UnsafeMutablePointer<Double>, _ channels: Int,
    _ window: ck_window
  ) {
    withUnsafePointer(to: window) { ck_windows_to_columns_f64(x, columns, channels, $0) }
  }

  static func columnsToWindows(
    _ columns: UnsafePointer<Double>, _ x: UnsafeMutablePointer<Double>, _ channels: Int,
    _ window: ck_window
  ) {
    withUnsafePointer(to: window) { ck_columns_to_windows_f64(columns, x, channels, $0) }
  }

  static func product(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Double,
    _ a: UnsafePointer<Double>, _ lda: Int, _ b: UnsafePointer<Double>, _ ldb: Int, _ beta: Double,
    _ c: UnsafeMutablePointer<Double>, _ ldc: Int, threads: Int
  ) {
    ob_dgemm(
      transposeA ? 1 : 0, transposeB ? 1 : 0, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc,
      Int32(threads))
  }
}
