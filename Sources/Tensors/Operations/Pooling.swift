import Basics
import CKernels

/// Windows over pictures [batch, channels, height, width]: their largest number or their mean.
package struct Pooling: Operation {
  /// What a window becomes.
  package enum Kind: Sendable {
    case largest
    /// Padding counts as zeros.
    case mean
  }

  package var kind: Kind
  package var kernel: Int
  package var stride: Int
  package var pad = 0
  /// For each output, which place of its window won, and the channel block they stand in.
  private let winners = Kept<Storage>()
  private let keptBlock = Kept<Int>()

  package init(_ kind: Kind, kernel: Int, stride: Int, pad: Int = 0) {
    self.kind = kind
    self.kernel = kernel
    self.stride = stride
    self.pad = pad
  }

  package var needs: Needs { [] }
  package var takesBlocks: Bool { true }

  private func window(_ x: [Int]) throws -> ck_window {
    guard x.count == 4 else {
      throw Problem("shape", "pooling takes [batch, channels, height, width], not \(x)")
    }
    let (height, width) = (x[2] + 2 * pad - kernel, x[3] + 2 * pad - kernel)
    guard height >= 0, width >= 0, pad <= kernel / 2, kernel <= 15 else {
      throw Problem(
        "shape", "a window of \(kernel)×\(kernel) does not fit over \(x[2])×\(x[3])",
        notes: ["with a border of \(pad); windows are at most 15 wide"])
    }
    return ck_window(
      height: x[2], width: x[3], out_height: height / stride + 1, out_width: width / stride + 1,
      kernel_h: kernel, kernel_w: kernel, stride_h: stride, stride_w: stride, pad_h: pad,
      pad_w: pad)
  }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    let w = try window(x[0].shape)
    return x[0].precision == .f64 ? run(Double.self, x[0], w) : run(Float.self, x[0], w)
  }

  private func run<T: Element>(_ type: T.Type, _ x: Tensor, _ w: ck_window) -> Tensor {
    let (from, to) = (w.height * w.width * x.channelBlock, w.out_height * w.out_width)
    let outPlane = to * x.channelBlock
    let planes = x.shape[0] * x.shape[1] / x.channelBlock
    let shape = [x.shape[0], x.shape[1], w.out_height, w.out_width]
    return Tensor.filled(T.self, shape, channelBlock: x.channelBlock) { to in
      nonisolated(unsafe) let (p, y) = (x.pointer(T.self), to)
      let perBlock = Swift.max(1, Loops.block / from)
      switch kind {
      case .mean:
        Loops.forEach(planes, block: perBlock) {
          T.meanPool(
            p + $0.lowerBound * from, y + $0.lowerBound * outPlane, $0.count, x.channelBlock, w)
        }
      case .largest:
        keptBlock.value = x.channelBlock
        let places = Storage(bytes: planes * outPlane)
        winners.value = places
        nonisolated(unsafe) let which = places.pointer.assumingMemoryBound(to: UInt8.self)
        Loops.forEach(planes, block: perBlock) {
          T.maxPool(
            p + $0.lowerBound * from, y + $0.lowerBound * outPlane,
            which + $0.lowerBound * outPlane, $0.count, x.channelBlock, w)
        }
      }
    }
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    let w = try window(x[0].shape)
    // Winners were noted in the order of the pictures that forward saw.
    let block = keptBlock.value ?? 1
    let g = gradient.blocked(by: kind == .largest ? block : gradient.channelBlock)
    return [
      g.precision == .f64
        ? spread(Double.self, g, x[0].shape, w) : spread(Float.self, g, x[0].shape, w)
    ]
  }

  private func spread<T: Element>(_ type: T.Type, _ g: Tensor, _ shape: [Int], _ w: ck_window)
    -> Tensor
  {
    let from = w.out_height * w.out_width * g.channelBlock
    let to = w.height * w.width * g.channelBlock
    let planes = shape[0] * shape[1] / g.channelBlock
    let perBlock = Swift.max(1, Loops.block / to)
    defer { withExtendedLifetime(g) {} }
    return Tensor.filled(T.self, shape, channelBlock: g.channelBlock) { made in
      nonisolated(unsafe) let (p, d) = (g.pointer(T.self), made)
      switch kind {
      case .mean:
        Loops.forEach(planes, block: perBlock) {
          T.meanPoolGradient(
            p + $0.lowerBound * from, d + $0.lowerBound * to, $0.count, g.channelBlock, w)
        }
      case .largest:
        guard let winners = winners.value else { return }
        nonisolated(unsafe) let which = winners.pointer.assumingMemoryBound(to: UInt8.self)
        Loops.forEach(planes, block: perBlock) {
          T.maxPoolGradient(
            p + $0.lowerBound * from, which + $0.lowerBound * from, d + $0.lowerBound * to,
            $0.count, g.channelBlock, w)
        }
        withExtendedLifetime(winners) {}
      }
    }
  }

  package static var samples: [Sample] {
    let x = Tensor((0..<120).map { Double(($0 * 37) % 61) / 9 }, shape: [2, 3, 5, 4])
    return [
      Sample(Pooling(.largest, kernel: 2, stride: 2), [x]),
      Sample(Pooling(.largest, kernel: 3, stride: 2, pad: 1), [x]),
      Sample(Pooling(.mean, kernel: 2, stride: 2), [x]),
      Sample(Pooling(.mean, kernel: 3, stride: 1, pad: 1), [x]),
    ]
  }
}

extension Tensor {
  /// The largest number of each window of pictures.
  package func maxPooled(kernel: Int, stride: Int? = nil, pad: Int = 0) throws -> Tensor {
    try Pooling(.largest, kernel: kernel, stride: stride ?? kernel, pad: pad)(self)
  }

  /// The mean of each window of pictures.
  package func meanPooled(kernel: Int, stride: Int? = nil, pad: Int = 0) throws -> Tensor {
    try Pooling(.mean, kernel: kernel, stride: stride ?? kernel, pad: pad)(self)
  }
}
