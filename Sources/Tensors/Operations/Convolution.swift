import Basics
import CKernels
import COneDNN

/// A convolution of pictures [batch, channels, height, width] with weights
/// [outputs, channels / groups, kernel, kernel] and, optionally, a bias [outputs].
///
/// Single precision goes through oneDNN, which picks direct or Winograd code by shape; double
/// precision, and machines without the library, through columns and a matrix product.
package struct Convolution: Operation {
  package var stride = 1
  package var pad = 0
  package var groups = 1
  /// Whether nothing asks for the gradient of the pictures, as in a first layer.
  package var skipsPictures = false

  package var needs: Needs { .inputs }
  package var takesBlocks: Bool { true }

  private func window(_ x: [Int], _ w: [Int]) throws -> ck_window {
    guard x.count == 4, w.count == 4 else {
      throw Problem(
        "shape", "a convolution takes [batch, channels, height, width], not \(x)")
    }
    guard x[1] == w[1] * groups else {
      throw Problem(
        "shape", "a convolution of \(w[1] * groups) channels was given \(x[1])",
        notes: ["pictures are [batch, channels, height, width], here \(x)"])
    }
    let (height, width) = (x[2] + 2 * pad - w[2], x[3] + 2 * pad - w[3])
    guard height >= 0, width >= 0 else {
      throw Problem(
        "shape",
        "a kernel of \(w[2])×\(w[3]) does not fit into \(x[2])×\(x[3]) with a border of \(pad)",
        suggestions: ["pad = \(w[2] / 2)"])
    }
    return ck_window(
      height: x[2], width: x[3], out_height: height / stride + 1, out_width: width / stride + 1,
      kernel_h: w[2], kernel_w: w[3], stride_h: stride, stride_w: stride, pad_h: pad, pad_w: pad)
  }

  /// Blocks in which input and output channels can stand.
  private func blocks(_ x: [Int], _ w: [Int]) -> (Int, Int) {
    let (channels, outputs) = (x[1], w[0])
    if groups == 1 {
      return (Tensor.suitableBlock(channels: channels), Tensor.suitableBlock(channels: outputs))
    }
    let isDepthwise = groups == channels && groups == outputs
    let block = Tensor.suitableBlock(channels: isDepthwise ? groups : channels / groups)
    let out = Tensor.suitableBlock(channels: isDepthwise ? groups : outputs / groups)
    return block == out ? (block, out) : (1, 1)
  }

  private func description(_ x: [Int], _ w: [Int], _ window: ck_window) -> dn_convolution {
    let (inBlock, outBlock) = blocks(x, w)
    return dn_convolution(
      batch: Int64(x[0]), channels: Int64(x[1]), height: Int64(x[2]), width: Int64(x[3]),
      outputs: Int64(w[0]), out_height: Int64(window.out_height),
      out_width: Int64(window.out_width), kernel_h: Int64(w[2]), kernel_w: Int64(w[3]),
      stride_h: Int64(stride), stride_w: Int64(stride), pad_h: Int64(pad), pad_w: Int64(pad),
      groups: Int64(groups), in_block: Int64(inBlock), out_block: Int64(outBlock))
  }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    let window = try window(x[0].shape, x[1].shape)
    let shape = [x[0].shape[0], x[1].shape[0], window.out_height, window.out_width]
    let precision = Precision.joined(x[0].precision, x[1].precision)
    guard precision == .f32 else {
      let parts = x.map { $0.rowMajor.converted(to: .f64) }
      return byColumns(Double.self, parts, shape, window)
    }
    var c = description(x[0].shape, x[1].shape, window)
    let picture = x[0].blocked(by: Int(c.in_block))
    let (weights, bias) = (x[1].rowMajor, x.count > 2 ? x[2] : nil)
    defer { withExtendedLifetime((picture, weights, bias)) {} }
    let y = Tensor(uninitialised: shape, .f32, channelBlock: Int(c.out_block))
    let status = dn_convolve(
      &c, picture.floatsPointer, weights.floatsPointer, bias?.floatsPointer, y.floatsPointer,
      Int32(Parallel.threads))
    return status == 0 ? y : byColumns(Float.self, x.map(\.rowMajor), shape, window)
  }

  /// One picture after the other as a matrix of windows.
  private func byColumns<T: Element>(
    _ type: T.Type, _ x: [Tensor], _ shape: [Int], _ window: ck_window
  ) -> Tensor {
    let sizes = ColumnSizes(x[0].shape, x[1].shape, groups, window)
    let columns = Tensor(uninitialised: [sizes.rows * groups, sizes.columns], T.precision)
    defer { withExtendedLifetime((columns, x)) {} }
    return Tensor.filled(T.self, shape) { y in
      for b in 0..<shape[0] {
        T.windowsToColumns(
          x[0].pointer(T.self) + b * sizes.picture, columns.pointer(T.self), x[0].shape[1], window)
        for g in 0..<groups {
          T.product(
            false, false, sizes.outputs, sizes.columns, sizes.rows, 1,
            x[1].pointer(T.self) + g * sizes.outputs * sizes.rows, sizes.rows,
            columns.pointer(T.self) + g * sizes.rows * sizes.columns, sizes.columns, 0,
            y + (b * groups + g) * sizes.outputs * sizes.columns, sizes.columns,
            threads: Parallel.threads)
        }
        guard x.count > 2 else { continue }
        let bias = x[2].pointer(T.self)
        for o in 0..<shape[1] {
          let to = y + (b * shape[1] + o) * sizes.columns
          for i in 0..<sizes.columns { to[i] += bias[o] }
        }
      }
    }
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    let window = try window(x[0].shape, x[1].shape)
    let hasBias = x.count > 2
    if gradient.precision == .f32, let parts = backwardFast(gradient, x, window) { return parts }
    let g = gradient.rowMajor
    let parts = x.map { $0.rowMajor.converted(to: g.precision) }
    let found =
      g.precision == .f64
      ? byColumnsBackward(Double.self, g, parts, window)
      : byColumnsBackward(Float.self, g, parts, window)
    let db = hasBias ? try g.sum(axes: [0, 2, 3]).converted(to: x[2].precision) : nil
    return [
      found.0.converted(to: x[0].precision), found.1.converted(to: x[1].precision),
    ] + (hasBias ? [db] : [])
  }

  private func backwardFast(_ gradient: Tensor, _ x: [Tensor], _ window: ck_window) -> [Tensor?]? {
    var c = description(x[0].shape, x[1].shape, window)
    let threads = Int32(Parallel.threads)
    let g = gradient.blocked(by: Int(c.out_block))
    let picture = x[0].blocked(by: Int(c.in_block))
    let weights = x[1].rowMajor
    defer { withExtendedLifetime((g, picture, weights)) {} }
    let dw = Tensor(uninitialised: x[1].shape, .f32)
    let db = x.count > 2 ? Tensor(uninitialised: x[2].shape, .f32) : nil
    guard
      dn_convolve_weights(
        &c, picture.floatsPointer, dw.floatsPointer, db?.floatsPointer, g.floatsPointer, threads)
        == 0
    else { return nil }
    var dx: Tensor?
    if !skipsPictures {
      let made = Tensor(uninitialised: x[0].shape, .f32, channelBlock: Int(c.in_block))
      guard
        dn_convolve_data(&c, made.floatsPointer, weights.floatsPointer, g.floatsPointer, threads)
          == 0
      else { return nil }
      dx = made
    }
    return [dx, dw] + (x.count > 2 ? [db] : [])
  }

  private func byColumnsBackward<T: Element>(
    _ type: T.Type, _ g: Tensor, _ x: [Tensor], _ window: ck_window
  ) -> (Tensor, Tensor) {
    let sizes = ColumnSizes(x[0].shape, x[1].shape, groups, window)
    let columns = Tensor(uninitialised: [sizes.rows * groups, sizes.columns], T.precision)
    let slopes = Tensor(uninitialised: columns.shape, T.precision)
    let (dx, dw) = (x[0].zeros(), x[1].zeros())
    for b in 0..<x[0].shape[0] {
      T.windowsToColumns(
        x[0].pointer(T.self) + b * sizes.picture, columns.pointer(T.self), x[0].shape[1], window)
      for i in 0..<groups {
        let dy = g.pointer(T.self) + (b * groups + i) * sizes.outputs * sizes.columns
        let part = i * sizes.rows * sizes.columns
        T.product(
          false, true, sizes.outputs, sizes.rows, sizes.columns, 1, dy, sizes.columns,
          columns.pointer(T.self) + part, sizes.columns, 1,
          dw.pointer(T.self) + i * sizes.outputs * sizes.rows, sizes.rows,
          threads: Parallel.threads)
        T.product(
          true, false, sizes.rows, sizes.columns, sizes.outputs, 1,
          x[1].pointer(T.self) + i * sizes.outputs * sizes.rows, sizes.rows, dy, sizes.columns, 0,
          slopes.pointer(T.self) + part, sizes.columns, threads: Parallel.threads)
      }
      T.columnsToWindows(
        slopes.pointer(T.self), dx.pointer(T.self) + b * sizes.picture, x[0].shape[1], window)
    }
    withExtendedLifetime((columns, slopes, g, x)) {}
    return (dx, dw)
  }

  package static var samples: [Sample] {
    func t(_ shape: [Int]) -> Tensor {
      Tensor((0..<shape.reduce(1, *)).map { Double(($0 * 5) % 11) / 7 - 0.6 }, shape: shape)
    }
    return [
      Sample(Convolution(pad: 1), [t([2, 3, 5, 4]), t([2, 3, 3, 3]), t([2])]),
      Sample(Convolution(stride: 2), [t([1, 2, 6, 7]), t([3, 2, 2, 2])]),
      Sample(Convolution(pad: 1, groups: 2), [t([1, 4, 4, 4]), t([6, 2, 3, 3]), t([6])]),
      Sample(Convolution(stride: 2, pad: 1), [t([2, 16, 5, 5]), t([16, 16, 3, 3])]),
    ]
  }
}

/// Sizes of a convolution as products of matrices: one group of one picture.
private struct ColumnSizes {
  /// Outputs of a group.
  let outputs: Int
  /// Numbers in a window over a group's channels.
  let rows: Int
  /// Places of the window.
  let columns: Int
  /// Numbers in a picture.
  let picture: Int

  init(_ x: [Int], _ w: [Int], _ groups: Int, _ window: ck_window) {
    outputs = w[0] / groups
    rows = w[1] * w[2] * w[3]
    columns = window.out_height * window.out_width
    picture = x[1] * x[2] * x[3]
  }
}

extension Tensor {
  /// The convolution of pictures [batch, channels, height, width] with weights
  /// [outputs, channels / groups, kernel, kernel].
  package func convolved(
    weights: Tensor, bias: Tensor? = nil, stride: Int = 1, pad: Int = 0, groups: Int = 1
  ) throws -> Tensor {
    let operation = Convolution(
      stride: stride, pad: pad, groups: groups, skipsPictures: !isTracked)
    return try operation.applied(to: [self, weights] + (bias.map { [$0] } ?? []))
  }
}
