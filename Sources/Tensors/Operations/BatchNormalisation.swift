import Basics

/// Each channel shifted and scaled to mean 0 and deviation 1, then by learned numbers; negative
/// results become 0 when `rectifies`.
///
/// Inputs: x [batch, channels, ..], scale [channels], shift [channels].
package struct BatchNormalisation: Operation {
  package var epsilon: Double
  /// Statistics to use; those of the batch when nil.
  package var fixed: (mean: [Double], variance: [Double])?
  /// Whether results below 0 become 0, in the same pass.
  package var rectifies = false
  /// The statistics used, once forward ran.
  package let used = Kept<(mean: [Double], variance: [Double])>()

  package init(
    epsilon: Double = 1e-5, fixed: (mean: [Double], variance: [Double])? = nil,
    rectifies: Bool = false
  ) {
    self.epsilon = epsilon
    self.fixed = fixed
    self.rectifies = rectifies
  }

  package var needs: Needs { .inputs }
  package var takesBlocks: Bool { true }

  /// How planes of one channel block lie in storage.
  private struct Layout {
    let images: Int
    let channels: Int
    let space: Int
    let block: Int
    var groups: Int { channels / block }
    /// Numbers between the same plane of two pictures.
    var step: Int { groups * space * block }
    /// Numbers of a channel.
    var share: Double { Double(images * space) }

    init(_ x: Tensor) {
      images = x.shape[0]
      channels = x.shape[1]
      space = x.shape.dropFirst(2).reduce(1, *)
      block = x.channelBlock
    }

    /// Calls `body` with a few pictures of one channel block at a time: the first number, and how
    /// many pictures. The partition is fixed.
    func forEach(_ body: @Sendable (_ part: Int, _ group: Int, _ start: Int, _ images: Int) -> Void)
    {
      let per = picturesPerPart
      let parts = (images + per - 1) / per
      Loops.forEach(
        parts * groups, block: space * channels * images < Loops.block ? parts * groups : 1
      ) {
        for task in $0 {
          let (part, group) = (task / groups, task % groups)
          body(
            part, group, part * per * step + group * space * block,
            Swift.min(per, images - part * per))
        }
      }
    }

    var picturesPerPart: Int { Swift.max(1, (images + 7) / 8) }
    var parts: Int { (images + picturesPerPart - 1) / picturesPerPart }
  }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    guard x[0].rank >= 2, x[1].count == x[0].shape[1], x[0].count > 0 else {
      throw Problem(
        "shape", "a batch normalisation of \(x[1].count) channels was given \(x[0].shape)")
    }
    return x[0].precision == .f64 ? run(Double.self, x) : run(Float.self, x)
  }

  private func run<T: Element>(_ type: T.Type, _ x: [Tensor]) -> Tensor {
    let layout = Layout(x[0])
    let (mean, variance) = fixed ?? statistics(T.self, x[0], layout)
    used.value = (mean, variance)
    let (factors, offsets) = map(T.self, x, mean, variance)
    return Tensor.filled(T.self, x[0].shape, channelBlock: layout.block) { to in
      nonisolated(unsafe) let (p, y) = (x[0].pointer(T.self), to)
      layout.forEach { _, group, start, images in
        factors.withUnsafeBufferPointer { f in
          offsets.withUnsafeBufferPointer { o in
            guard let f = f.baseAddress, let o = o.baseAddress else { return }
            T.planeAffine(
              p + start, y + start, images, layout.step, layout.space, layout.block,
              f + group * layout.block, o + group * layout.block, rectifies)
          }
        }
      }
    }
  }

  /// What each channel is multiplied by, and what is added then.
  private func map<T: Element>(
    _ type: T.Type, _ x: [Tensor], _ mean: [Double], _ variance: [Double]
  ) -> ([T], [T]) {
    let (scale, shift) = (x[1].doubles, x[2].doubles)
    let a = mean.indices.map { scale[$0] / (variance[$0] + epsilon).squareRoot() }
    return (a.map { T($0) }, mean.indices.map { T(shift[$0] - mean[$0] * a[$0]) })
  }

  private func statistics<T: Element>(_ type: T.Type, _ x: Tensor, _ layout: Layout)
    -> (mean: [Double], variance: [Double])
  {
    let (sum, square) = Self.sums(layout) { p, group, start, images, s, q in
      T.planeSums(
        x.pointer(T.self) + start, images, layout.step, layout.space, layout.block, s, q)
    }
    let mean = sum.map { $0 / layout.share }
    return (mean, zip(square, mean).map { Swift.max(0, $0 / layout.share - $1 * $1) })
  }

  /// Two sums for each channel, gathered in parts and added in a fixed order.
  private static func sums(
    _ layout: Layout,
    _ body: (
      _ part: Int, _ group: Int, _ start: Int, _ images: Int, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<Double>
    ) -> Void
  ) -> ([Double], [Double]) {
    let channels = layout.channels
    var partial = [Double](repeating: 0, count: 2 * layout.parts * channels)
    partial.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let (to, work) = (base, body)
      layout.forEach { part, group, start, images in
        let place = to + 2 * part * channels + group * layout.block
        work(part, group, start, images, place, place + channels)
      }
    }
    var (first, second) = (
      [Double](repeating: 0, count: channels), [Double](repeating: 0, count: channels)
    )
    for part in 0..<layout.parts {
      for c in 0..<channels {
        first[c] += partial[2 * part * channels + c]
        second[c] += partial[(2 * part + 1) * channels + c]
      }
    }
    return (first, second)
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    x[0].precision == .f64
      ? run(Double.self, gradient, x) : run(Float.self, gradient, x)
  }

  private func run<T: Element>(_ type: T.Type, _ gradient: Tensor, _ x: [Tensor]) -> [Tensor?] {
    guard let (mean, variance) = used.value else { return [nil, nil, nil] }
    let layout = Layout(x[0])
    let g = gradient.converted(to: T.precision).blocked(by: layout.block)
    // The sign of a result follows from the input, so that the result need not be read again.
    let (factors, offsets) = map(T.self, x, mean, variance)
    let signs = Tensor.filled(T.self, [2, layout.channels]) {
      $0.update(from: factors, count: layout.channels)
      ($0 + layout.channels).update(from: offsets, count: layout.channels)
    }
    nonisolated(unsafe) let sign = rectifies ? signs.pointer(T.self) : nil
    defer { withExtendedLifetime((g, x, signs)) {} }
    let (sum, product) = Self.sums(layout) { _, group, start, images, s, q in
      T.planeProducts(
        x[0].pointer(T.self) + start, sign.map { UnsafePointer($0 + group * layout.block) },
        sign.map { UnsafePointer($0 + layout.channels + group * layout.block) },
        g.pointer(T.self) + start, images, layout.step, layout.space, layout.block, s, q)
    }
    // With z = (x - mean) inverse: dx = scale inverse (g - mean(g) - z mean(g z)).
    let scale = x[1].doubles
    let inverse = variance.map { 1 / ($0 + epsilon).squareRoot() }
    let dScale = mean.indices.map { inverse[$0] * (product[$0] - mean[$0] * sum[$0]) }
    let isFixed = fixed != nil
    let a = mean.indices.map { scale[$0] * inverse[$0] }
    let b = mean.indices.map { isFixed ? 0 : -a[$0] * inverse[$0] * dScale[$0] / layout.share }
    let c = mean.indices.map { isFixed ? 0 : -a[$0] * sum[$0] / layout.share - b[$0] * mean[$0] }
    let coefficients = (a + b + c).map { T($0) }
    let dx = Tensor.filled(T.self, x[0].shape, channelBlock: layout.block) { to in
      nonisolated(unsafe) let (p, h, d) = (x[0].pointer(T.self), g.pointer(T.self), to)
      layout.forEach { _, group, start, images in
        coefficients.withUnsafeBufferPointer { k in
          guard let k = k.baseAddress.map({ $0 + group * layout.block }) else { return }
          T.planeCombine(
            p + start, sign.map { UnsafePointer($0 + group * layout.block) },
            sign.map { UnsafePointer($0 + layout.channels + group * layout.block) }, h + start,
            d + start, images,
            layout.step, layout.space, layout.block, k, k + layout.channels,
            k + 2 * layout.channels)
        }
      }
    }
    return [
      dx, Tensor(dScale, shape: x[1].shape).converted(to: x[1].precision),
      Tensor(sum, shape: x[2].shape).converted(to: x[2].precision),
    ]
  }

  package static var samples: [Sample] {
    let x = Tensor((0..<48).map { Double(($0 * 37) % 53) / 19 - 1 }, shape: [4, 3, 2, 2])
    let (scale, shift) = (
      Tensor([1.2, 0.8, -0.5], shape: [3]), Tensor([0.1, -0.2, 0.3], shape: [3])
    )
    return [
      Sample(BatchNormalisation(), [x, scale, shift]),
      Sample(BatchNormalisation(rectifies: true), [x, scale, shift]),
      Sample(
        BatchNormalisation(fixed: ([0.1, 0.2, 0.3], [1, 2, 0.5])), [x, scale, shift]),
      Sample(BatchNormalisation(), [Tensor(x, shape: [16, 3]), scale, shift]),
    ]
  }
}
