/// A rectangular array of numbers: contiguous, row-major, with value semantics.
///
/// Copies share their storage until one is written. A tensor that came from `tracked()` remembers
/// how it was made, so that `gradients(of:withRespectTo:)` can be asked for.
///
/// `@unchecked Sendable`: storage is written only while a single tensor refers to it, and the
/// record of origins never changes after it was made, except that a sweep releases it.
package struct Tensor: @unchecked Sendable {
  /// Sizes of the axes; empty for a scalar.
  package let shape: [Int]
  /// How the numbers are stored.
  package let precision: Precision
  /// Whether the numbers are the 0s and 1s of a comparison: shown as true and false, usable to
  /// select. Arithmetic clears it.
  package var isMask = false
  /// Axes of size 1 that `new` or `keep = true` made, and that therefore may stretch.
  package var stretchable = AxisSet()

  /// How many numbers it holds.
  package let count: Int
  /// Channels that stand together in storage: 1 is row-major. Only pictures in single precision
  /// of shape [batch, channels, height, width] have other values, and only operations that say so
  /// (`Operation.takesBlocks`) ever see them; everything else reads the numbers in row-major order.
  let channelBlock: Int
  var storage: Storage
  /// How it was made; nil when no gradient flows through it.
  var node: Node?

  /// A tensor whose numbers are not set yet.
  init(uninitialised shape: [Int], _ precision: Precision, channelBlock: Int = 1) {
    self.shape = shape
    self.precision = precision
    self.channelBlock = channelBlock
    count = shape.reduce(1, *)
    storage = Storage(bytes: count * precision.size)
  }

  /// A tensor that has a shape but no numbers at all.
  init(shapeOnly shape: [Int], _ precision: Precision) {
    self.shape = shape
    self.precision = precision
    channelBlock = 1
    count = shape.reduce(1, *)
    storage = .none
  }

  /// The same numbers under another shape; shares storage.
  init(_ other: Tensor, shape: [Int]) {
    precondition(shape.reduce(1, *) == other.count, "a new shape must hold as many numbers")
    precondition(other.channelBlock == 1, "only row-major numbers can be seen under another shape")
    self.shape = shape
    count = other.count
    channelBlock = 1
    precision = other.precision
    isMask = other.isMask
    storage = other.storage
  }

  /// Double precision numbers in row-major order.
  package init(_ values: [Double], shape: [Int]) {
    precondition(values.count == shape.reduce(1, *), "\(values.count) numbers for shape \(shape)")
    self.init(uninitialised: shape, .f64)
    values.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(start: storage.pointer, count: bytes.count)
        .copyMemory(from: bytes)
    }
  }

  /// Single precision numbers in row-major order.
  package init(floats values: [Float], shape: [Int]) {
    precondition(values.count == shape.reduce(1, *), "\(values.count) numbers for shape \(shape)")
    self.init(uninitialised: shape, .f32)
    values.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(start: storage.pointer, count: bytes.count)
        .copyMemory(from: bytes)
    }
  }

  /// One number everywhere.
  package init(repeating value: Double, shape: [Int], precision: Precision = .f64) {
    self.init(uninitialised: shape, precision)
    switch precision {
    case .f64: doublesPointer.initialize(repeating: value, count: count)
    case .f32: floatsPointer.initialize(repeating: Float(value), count: count)
    }
  }

  /// A scalar.
  package init(_ value: Double, precision: Precision = .f64) {
    self.init(repeating: value, shape: [], precision: precision)
  }

  /// A tensor that `fill` writes, every number of it.
  package init(floatsOf shape: [Int], _ fill: (UnsafeMutableBufferPointer<Float>) throws -> Void)
    rethrows
  {
    self.init(uninitialised: shape, .f32)
    try fill(UnsafeMutableBufferPointer(start: floatsPointer, count: count))
  }

  /// A tensor that `fill` writes, every number of it.
  package init(doublesOf shape: [Int], _ fill: (UnsafeMutableBufferPointer<Double>) throws -> Void)
    rethrows
  {
    self.init(uninitialised: shape, .f64)
    try fill(UnsafeMutableBufferPointer(start: doublesPointer, count: count))
  }
}

extension Tensor {
  /// How many axes it has.
  package var rank: Int { shape.count }

  /// The only number of a tensor with one.
  package var item: Double {
    precondition(count == 1, "item needs a tensor of one number")
    return self[flat: 0]
  }

  /// All numbers in row-major order.
  package var doubles: [Double] {
    switch precision {
    case .f64: withDoubles { Array($0) }
    case .f32: withFloats { $0.map(Double.init) }
    }
  }

  /// All numbers in row-major order.
  package var floats: [Float] {
    switch precision {
    case .f64: withDoubles { $0.map { Float($0) } }
    case .f32: withFloats { Array($0) }
    }
  }

  /// The number at a row-major position. Writing copies shared storage first and forgets how the
  /// tensor was made.
  package subscript(flat index: Int) -> Double {
    get {
      precondition(index >= 0 && index < count, "flat index \(index) of \(count)")
      return switch precision {
      case .f64: doublesPointer[index]
      case .f32: withFloats { Double($0[index]) }
      }
    }
    set {
      precondition(index >= 0 && index < count, "flat index \(index) of \(count)")
      makeUnique()
      switch precision {
      case .f64: doublesPointer[index] = newValue
      case .f32: floatsPointer[index] = Float(newValue)
      }
    }
  }

  /// Calls `body` with the numbers in single precision (converted when stored in double).
  package func withFloats<R>(_ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
    let tensor = precision == .f32 ? detached.rowMajor : detached.converted(to: .f32)
    defer { withExtendedLifetime(tensor) {} }
    return try body(UnsafeBufferPointer(start: tensor.floatsPointer, count: count))
  }

  /// Calls `body` with the numbers in double precision (converted when stored in single).
  package func withDoubles<R>(_ body: (UnsafeBufferPointer<Double>) throws -> R) rethrows -> R {
    let tensor = precision == .f64 ? self : detached.converted(to: .f64)
    defer { withExtendedLifetime(tensor) {} }
    return try body(UnsafeBufferPointer(start: tensor.doublesPointer, count: count))
  }

  /// Calls `body` with the numbers of a single precision tensor, to be changed in place.
  package mutating func withMutableFloats<R>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws -> R
  ) rethrows -> R {
    precondition(precision == .f32, "the tensor is stored in double precision")
    makeUnique()
    return try body(UnsafeMutableBufferPointer(start: floatsPointer, count: count))
  }

  /// Calls `body` with the numbers of a double precision tensor, to be changed in place.
  package mutating func withMutableDoubles<R>(
    _ body: (UnsafeMutableBufferPointer<Double>) throws -> R
  ) rethrows -> R {
    precondition(precision == .f64, "the tensor is stored in single precision")
    makeUnique()
    return try body(UnsafeMutableBufferPointer(start: doublesPointer, count: count))
  }

  /// Whether both share their storage.
  package func sharesStorage(with other: Tensor) -> Bool { storage === other.storage }

  private mutating func makeUnique() {
    node = nil
    self = rowMajor
    if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
  }

  var floatsPointer: UnsafeMutablePointer<Float> {
    storage.pointer.assumingMemoryBound(to: Float.self)
  }

  var doublesPointer: UnsafeMutablePointer<Double> {
    storage.pointer.assumingMemoryBound(to: Double.self)
  }
}

extension Tensor {
  /// Whether a gradient can flow to it.
  package var isTracked: Bool { node != nil }

  /// The same numbers as a leaf whose gradient can be asked for.
  package func tracked() -> Tensor {
    var leaf = self
    leaf.node = Node()
    return leaf
  }

  /// The same numbers without a past.
  package var detached: Tensor {
    var tensor = self
    tensor.node = nil
    return tensor
  }
}

extension Tensor: Equatable {
  /// Whether shape, precision and every number agree.
  package static func == (left: Tensor, right: Tensor) -> Bool {
    guard left.shape == right.shape, left.precision == right.precision else { return false }
    if left.storage === right.storage, left.precision == .f64 {
      return left.withDoubles { $0.allSatisfy { !$0.isNaN } }
    }
    return left.precision == .f64
      ? left.withDoubles { a in right.withDoubles { a.elementsEqual($0) } }
      : left.withFloats { a in right.withFloats { a.elementsEqual($0) } }
  }
}

/// A set of axes, counted from the left.
package struct AxisSet: Sendable, Equatable {
  private var bits: UInt64 = 0

  package init() {}

  /// The axes of a list.
  package init(_ axes: some Sequence<Int>) { for axis in axes { insert(axis) } }

  package var isEmpty: Bool { bits == 0 }

  /// Whether the axis is in the set.
  package func contains(_ axis: Int) -> Bool { axis < 64 && bits >> UInt64(axis) & 1 == 1 }

  /// Puts an axis into the set.
  package mutating func insert(_ axis: Int) { if axis < 64 { bits |= 1 << UInt64(axis) } }
}
