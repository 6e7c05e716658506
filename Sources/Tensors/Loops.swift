import Basics

/// Loops over the numbers of tensors, spread over the threads in blocks of a fixed size.
enum Loops {
  /// Numbers in a block of cheap elementwise work: enough that handing it out costs little.
  static let block = 1 << 15

  /// Calls `body` with the bounds of each block of 0..<count. Work on fewer than two blocks stays
  /// on this thread. Blocks do not depend on the number of threads.
  static func forEach(_ count: Int, block: Int = block, _ body: @Sendable (Range<Int>) -> Void) {
    let block = max(1, block)
    let blocks = (count + block - 1) / block
    if blocks <= 1 {
      if count > 0 { body(0..<count) }
      return
    }
    do {
      try Parallel.forEach(blocks) { body($0 * block..<min(count, ($0 + 1) * block)) }
    } catch {
      preconditionFailure("a loop that cannot throw threw \(error)")
    }
  }
}

extension Tensor {
  /// Where the numbers are. The tensor must outlive the use.
  func pointer<T: Element>(_ type: T.Type) -> UnsafeMutablePointer<T> {
    precondition(T.precision == precision, "numbers of another precision")
    return storage.pointer.assumingMemoryBound(to: T.self)
  }

  /// A tensor whose numbers `fill` sets, all of them.
  static func filled<T: Element>(
    _ type: T.Type, _ shape: [Int], channelBlock: Int = 1,
    _ fill: (UnsafeMutablePointer<T>) throws -> Void
  ) rethrows -> Tensor {
    let result = Tensor(uninitialised: shape, T.precision, channelBlock: channelBlock)
    try fill(result.pointer(T.self))
    return result
  }

  /// Zeros like this tensor.
  func zeros() -> Tensor { Tensor(repeating: 0, shape: shape, precision: precision) }

  /// Adds `scale` times another tensor of the same shape, in place when nothing else holds this.
  package mutating func accumulate(_ other: Tensor, scale: Double = 1) {
    precondition(shape == other.shape, "\(shape) and \(other.shape) cannot be accumulated")
    let joined = Precision.joined(precision, other.precision)
    if precision != joined { self = detached.converted(to: joined) }
    var other = other.detached.converted(to: joined)
    if other.channelBlock != channelBlock { other = other.blocked(by: channelBlock) }
    node = nil
    if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
    func run<T: Element>(_ type: T.Type) {
      nonisolated(unsafe) let (from, to) = (other.pointer(T.self), pointer(T.self))
      Loops.forEach(count) { range in
        T.addScaled(
          T(scale), from + range.lowerBound, to + range.lowerBound, range.count)
      }
    }
    switch joined {
    case .f64: run(Double.self)
    case .f32: run(Float.self)
    }
    withExtendedLifetime((self, other)) {}
  }
}
