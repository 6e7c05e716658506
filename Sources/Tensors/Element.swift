import CKernels
import COpenBLAS
import Formulas

/// The types of the C functions that loop over numbers; the same for every number type.
enum Kernel<Number> {
  typealias In = UnsafePointer<Number>?
  typealias Out = UnsafeMutablePointer<Number>?
  typealias Sums = UnsafeMutablePointer<Double>?
  typealias Window = UnsafePointer<ck_window>?

  typealias Binary = (
    _ op: Int32, _ a: In, _ aStep: Int, _ b: In, _ bStep: Int, _ y: Out, _ n: Int
  ) -> Void
  typealias Unary = (_ op: Int32, _ x: In, _ y: Out, _ n: Int) -> Void
  typealias UnaryGradient = (_ op: Int32, _ x: In, _ y: In, _ g: In, _ d: Out, _ n: Int) -> Void
  typealias AddScaled = (_ scale: Number, _ x: In, _ y: Out, _ n: Int) -> Void
  typealias Reduce = (_ op: Int32, _ x: In, _ y: Out, _ outer: Int, _ n: Int, _ inner: Int) -> Void
  typealias NormaliseRows = (
    _ x: In, _ scale: In, _ shift: In, _ epsilon: Number, _ y: Out, _ mean: Out, _ inverse: Out,
    _ rows: Int, _ n: Int
  ) -> Void
  typealias NormaliseRowsGradient = (
    _ x: In, _ scale: In, _ mean: In, _ inverse: In, _ g: In, _ d: Out, _ dScale: Out,
    _ dShift: Out, _ rows: Int, _ n: Int
  ) -> Void
  typealias Attention = (
    _ x: In, _ shares: Out, _ y: Out, _ heads: Int, _ tokens: Int, _ depth: Int, _ from: Int,
    _ to: Int
  ) -> Void
  typealias AttentionGradient = (
    _ x: In, _ shares: In, _ g: In, _ d: Out, _ heads: Int, _ tokens: Int, _ depth: Int,
    _ from: Int, _ to: Int
  ) -> Void
  typealias PlaneSums = (
    _ x: In, _ planes: Int, _ step: Int, _ space: Int, _ block: Int, _ sum: Sums, _ square: Sums
  ) -> Void
  typealias PlaneProducts = (
    _ x: In, _ scale: In, _ shift: In, _ g: In, _ planes: Int, _ step: Int, _ space: Int,
    _ block: Int, _ sum: Sums, _ product: Sums
  ) -> Void
  typealias PlaneCombine = (
    _ x: In, _ scale: In, _ shift: In, _ g: In, _ d: Out, _ planes: Int, _ step: Int, _ space: Int,
    _ block: Int, _ a: In, _ b: In, _ c: In
  ) -> Void
  typealias GatherStrided = (
    _ x: In, _ y: Out, _ rank: Int32, _ sizes: UnsafePointer<Int>?, _ steps: UnsafePointer<Int>?
  ) -> Void
  typealias Softmax = (_ x: In, _ y: Out, _ rows: Int, _ n: Int, _ isLog: Int32) -> Void
  typealias SoftmaxGradient = (
    _ y: In, _ g: In, _ d: Out, _ rows: Int, _ n: Int, _ isLog: Int32
  ) -> Void
  typealias PlaneAffine = (
    _ x: In, _ y: Out, _ planes: Int, _ step: Int, _ space: Int, _ block: Int, _ scale: In,
    _ shift: In, _ relu: Int32
  ) -> Void
  typealias MaxPool = (
    _ x: In, _ y: Out, _ which: UnsafeMutablePointer<UInt8>?, _ planes: Int, _ block: Int, Window
  ) -> Void
  typealias MaxPoolGradient = (
    _ g: In, _ which: UnsafePointer<UInt8>?, _ d: Out, _ planes: Int, _ block: Int, Window
  ) -> Void
  typealias MeanPool = (_ x: In, _ y: Out, _ planes: Int, _ block: Int, Window) -> Void
  typealias WindowsToColumns = (_ from: In, _ to: Out, _ channels: Int, Window) -> Void
  typealias Product = (
    _ transposeA: Int32, _ transposeB: Int32, _ m: Int, _ n: Int, _ k: Int, _ alpha: Number,
    _ a: In, _ lda: Int, _ b: In, _ ldb: Int, _ beta: Number, _ c: Out, _ ldc: Int, _ threads: Int32
  ) -> Void
}

/// A number type of tensors, with the C functions that loop over it.
protocol Element: BinaryFloatingPoint, Sendable {
  static var precision: Precision { get }
  /// How a primitive is computed for this type.
  static func rule(of primitive: Primitive) -> Primitive.Rule<Self>

  static var binary: Kernel<Self>.Binary { get }
  static var unary: Kernel<Self>.Unary { get }
  static var unaryGradient: Kernel<Self>.UnaryGradient { get }
  static var addScaled: Kernel<Self>.AddScaled { get }
  static var reduce: Kernel<Self>.Reduce { get }
  static var normaliseRows: Kernel<Self>.NormaliseRows { get }
  static var normaliseRowsGradient: Kernel<Self>.NormaliseRowsGradient { get }
  static var attention: Kernel<Self>.Attention { get }
  static var attentionGradient: Kernel<Self>.AttentionGradient { get }
  static var planeSums: Kernel<Self>.PlaneSums { get }
  static var planeProducts: Kernel<Self>.PlaneProducts { get }
  static var planeCombine: Kernel<Self>.PlaneCombine { get }

  // The extension below gives these arguments of Swift's types.
  static var gatherStridedKernel: Kernel<Self>.GatherStrided { get }
  static var scatterStridedKernel: Kernel<Self>.GatherStrided { get }
  static var softmaxKernel: Kernel<Self>.Softmax { get }
  static var softmaxGradientKernel: Kernel<Self>.SoftmaxGradient { get }
  static var planeAffineKernel: Kernel<Self>.PlaneAffine { get }
  static var maxPoolKernel: Kernel<Self>.MaxPool { get }
  static var maxPoolGradientKernel: Kernel<Self>.MaxPoolGradient { get }
  static var meanPoolKernel: Kernel<Self>.MeanPool { get }
  static var meanPoolGradientKernel: Kernel<Self>.MeanPool { get }
  static var windowsToColumnsKernel: Kernel<Self>.WindowsToColumns { get }
  static var columnsToWindowsKernel: Kernel<Self>.WindowsToColumns { get }
  static var productKernel: Kernel<Self>.Product { get }
}

extension Float: Element {
  static var precision: Precision { .f32 }
  static func rule(of primitive: Primitive) -> Primitive.Rule<Float> { primitive.singleRule }

  static var binary: Kernel<Float>.Binary { ck_binary_f32 }
  static var unary: Kernel<Float>.Unary { ck_unary_f32 }
  static var unaryGradient: Kernel<Float>.UnaryGradient { ck_unary_gradient_f32 }
  static var addScaled: Kernel<Float>.AddScaled { ck_add_scaled_f32 }
  static var reduce: Kernel<Float>.Reduce { ck_reduce_f32 }
  static var normaliseRows: Kernel<Float>.NormaliseRows { ck_normalise_rows_f32 }
  static var normaliseRowsGradient: Kernel<Float>.NormaliseRowsGradient {
    ck_normalise_rows_gradient_f32
  }
  static var attention: Kernel<Float>.Attention { ck_attention_f32 }
  static var attentionGradient: Kernel<Float>.AttentionGradient { ck_attention_gradient_f32 }
  static var planeSums: Kernel<Float>.PlaneSums { ck_plane_sums_f32 }
  static var planeProducts: Kernel<Float>.PlaneProducts { ck_plane_products_f32 }
  static var planeCombine: Kernel<Float>.PlaneCombine { ck_plane_combine_f32 }

  static var gatherStridedKernel: Kernel<Float>.GatherStrided { ck_gather_strided_f32 }
  static var scatterStridedKernel: Kernel<Float>.GatherStrided { ck_scatter_strided_f32 }
  static var softmaxKernel: Kernel<Float>.Softmax { ck_softmax_f32 }
  static var softmaxGradientKernel: Kernel<Float>.SoftmaxGradient { ck_softmax_gradient_f32 }
  static var planeAffineKernel: Kernel<Float>.PlaneAffine { ck_plane_affine_f32 }
  static var maxPoolKernel: Kernel<Float>.MaxPool { ck_max_pool_f32 }
  static var maxPoolGradientKernel: Kernel<Float>.MaxPoolGradient { ck_max_pool_gradient_f32 }
  static var meanPoolKernel: Kernel<Float>.MeanPool { ck_mean_pool_f32 }
  static var meanPoolGradientKernel: Kernel<Float>.MeanPool { ck_mean_pool_gradient_f32 }
  static var windowsToColumnsKernel: Kernel<Float>.WindowsToColumns { ck_windows_to_columns_f32 }
  static var columnsToWindowsKernel: Kernel<Float>.WindowsToColumns { ck_columns_to_windows_f32 }
  static var productKernel: Kernel<Float>.Product { ob_sgemm }
}

extension Double: Element {
  static var precision: Precision { .f64 }
  static func rule(of primitive: Primitive) -> Primitive.Rule<Double> { primitive.rule }

  static var binary: Kernel<Double>.Binary { ck_binary_f64 }
  static var unary: Kernel<Double>.Unary { ck_unary_f64 }
  static var unaryGradient: Kernel<Double>.UnaryGradient { ck_unary_gradient_f64 }
  static var addScaled: Kernel<Double>.AddScaled { ck_add_scaled_f64 }
  static var reduce: Kernel<Double>.Reduce { ck_reduce_f64 }
  static var normaliseRows: Kernel<Double>.NormaliseRows { ck_normalise_rows_f64 }
  static var normaliseRowsGradient: Kernel<Double>.NormaliseRowsGradient {
    ck_normalise_rows_gradient_f64
  }
  static var attention: Kernel<Double>.Attention { ck_attention_f64 }
  static var attentionGradient: Kernel<Double>.AttentionGradient { ck_attention_gradient_f64 }
  static var planeSums: Kernel<Double>.PlaneSums { ck_plane_sums_f64 }
  static var planeProducts: Kernel<Double>.PlaneProducts { ck_plane_products_f64 }
  static var planeCombine: Kernel<Double>.PlaneCombine { ck_plane_combine_f64 }

  static var gatherStridedKernel: Kernel<Double>.GatherStrided { ck_gather_strided_f64 }
  static var scatterStridedKernel: Kernel<Double>.GatherStrided { ck_scatter_strided_f64 }
  static var softmaxKernel: Kernel<Double>.Softmax { ck_softmax_f64 }
  static var softmaxGradientKernel: Kernel<Double>.SoftmaxGradient { ck_softmax_gradient_f64 }
  static var planeAffineKernel: Kernel<Double>.PlaneAffine { ck_plane_affine_f64 }
  static var maxPoolKernel: Kernel<Double>.MaxPool { ck_max_pool_f64 }
  static var maxPoolGradientKernel: Kernel<Double>.MaxPoolGradient { ck_max_pool_gradient_f64 }
  static var meanPoolKernel: Kernel<Double>.MeanPool { ck_mean_pool_f64 }
  static var meanPoolGradientKernel: Kernel<Double>.MeanPool { ck_mean_pool_gradient_f64 }
  static var windowsToColumnsKernel: Kernel<Double>.WindowsToColumns { ck_windows_to_columns_f64 }
  static var columnsToWindowsKernel: Kernel<Double>.WindowsToColumns { ck_columns_to_windows_f64 }
  static var productKernel: Kernel<Double>.Product { ob_dgemm }
}

extension Element {
  typealias In = UnsafePointer<Self>
  typealias Out = UnsafeMutablePointer<Self>

  static func gatherStrided(_ x: In, _ y: Out, _ sizes: [Int], _ steps: [Int]) {
    gatherStridedKernel(x, y, Int32(sizes.count), sizes, steps)
  }

  static func scatterStrided(_ x: In, _ y: Out, _ sizes: [Int], _ steps: [Int]) {
    scatterStridedKernel(x, y, Int32(sizes.count), sizes, steps)
  }

  static func softmax(_ x: In, _ y: Out, _ rows: Int, _ n: Int, _ isLog: Bool) {
    softmaxKernel(x, y, rows, n, isLog ? 1 : 0)
  }

  static func softmaxGradient(_ y: In, _ g: In, _ d: Out, _ rows: Int, _ n: Int, _ isLog: Bool) {
    softmaxGradientKernel(y, g, d, rows, n, isLog ? 1 : 0)
  }

  static func planeAffine(
    _ x: In, _ y: Out, _ planes: Int, _ step: Int, _ space: Int, _ block: Int, _ scale: In,
    _ shift: In, _ relu: Bool
  ) {
    planeAffineKernel(x, y, planes, step, space, block, scale, shift, relu ? 1 : 0)
  }

  static func maxPool(
    _ x: In, _ y: Out, _ which: UnsafeMutablePointer<UInt8>, _ planes: Int, _ block: Int,
    _ window: ck_window
  ) {
    withUnsafePointer(to: window) { maxPoolKernel(x, y, which, planes, block, $0) }
  }

  static func maxPoolGradient(
    _ g: In, _ which: UnsafePointer<UInt8>, _ d: Out, _ planes: Int, _ block: Int,
    _ window: ck_window
  ) {
    withUnsafePointer(to: window) { maxPoolGradientKernel(g, which, d, planes, block, $0) }
  }

  static func meanPool(_ x: In, _ y: Out, _ planes: Int, _ block: Int, _ window: ck_window) {
    withUnsafePointer(to: window) { meanPoolKernel(x, y, planes, block, $0) }
  }

  static func meanPoolGradient(
    _ g: In, _ d: Out, _ planes: Int, _ block: Int, _ window: ck_window
  ) {
    withUnsafePointer(to: window) { meanPoolGradientKernel(g, d, planes, block, $0) }
  }

  static func windowsToColumns(_ x: In, _ columns: Out, _ channels: Int, _ window: ck_window) {
    withUnsafePointer(to: window) { windowsToColumnsKernel(x, columns, channels, $0) }
  }

  static func columnsToWindows(_ columns: In, _ x: Out, _ channels: Int, _ window: ck_window) {
    withUnsafePointer(to: window) { columnsToWindowsKernel(columns, x, channels, $0) }
  }

  /// c[m, n] = alpha a b + beta c through OpenBLAS.
  static func product(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Self, _ a: In,
    _ lda: Int, _ b: In, _ ldb: Int, _ beta: Self, _ c: Out, _ ldc: Int, threads: Int
  ) {
    productKernel(
      transposeA ? 1 : 0, transposeB ? 1 : 0, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc,
      Int32(threads))
  }
}
