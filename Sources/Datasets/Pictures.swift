import Basics
import Images
import Synchronization
import Tensors

/// Labelled pictures that are read or drawn when asked for, and kept as bytes where that is small.
package struct Pictures: Dataset {
  package let labels: [Int]
  package let classes: Int
  package let classNames: [String]?
  package let sampleShape: [Int]
  private let isParallel: Bool
  private let isFresh: Bool
  private let make: @Sendable (_ index: Int, _ epoch: Int) throws -> Image
  private let cache: Cache?

  /// The largest dataset that is kept in memory, in bytes.
  package static let cacheLimit = 512 << 20

  /// - Parameters:
  ///   - sampleShape: [channels, height, width] of every picture.
  ///   - isFresh: whether every epoch shows other pictures; nothing is kept then.
  ///   - isParallel: whether `make` may be called on several threads.
  ///   - make: the picture with a number. It must not depend on anything else.
  package init(
    labels: [Int], classes: Int, classNames: [String]?, sampleShape: [Int],
    isFresh: Bool = false, isParallel: Bool = true,
    make: @escaping @Sendable (_ index: Int, _ epoch: Int) throws -> Image
  ) {
    precondition(sampleShape.count == 3, "pictures have channels, height and width")
    self.labels = labels
    self.classes = classes
    self.classNames = classNames
    self.sampleShape = sampleShape
    self.isFresh = isFresh
    self.isParallel = isParallel
    self.make = make
    let (size, overflow) = labels.count.multipliedReportingOverflow(by: sampleShape.reduce(1, *))
    cache = isFresh || overflow || size > Self.cacheLimit ? nil : Cache(labels.count)
  }

  package var count: Int { labels.count }

  /// A kept picture is as quick as memory, but which are kept changes; a thread costs little.
  package var isCostly: Bool { isParallel }

  package func samples(_ indices: [Int], epoch: Int) throws -> (inputs: Tensor, labels: [Int]) {
    try checkIndices(indices)
    let size = sampleSize
    var values = [Float](repeating: 0, count: indices.count * size)
    try values.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer
      let write: @Sendable (Int) throws -> Void = { row in
        let bytes = try bytes(of: indices[row], epoch: epoch)
        for i in 0..<size { out[row * size + i] = Float(bytes[i]) * (1 / 255) }
      }
      if isParallel {
        try Parallel.forEach(indices.count, write)
      } else {
        for row in indices.indices { try write(row) }
      }
    }
    return (
      Tensor(floats: values, shape: [indices.count] + sampleShape), indices.map { labels[$0] }
    )
  }

  private func bytes(of index: Int, epoch: Int) throws -> [UInt8] {
    if let kept = cache?[index] { return kept }
    let image = try make(index, isFresh ? epoch : 0)
    let bytes = try planes(image)
    cache?[index] = bytes
    return bytes
  }

  /// The picture channel by channel, as convolutions want it.
  private func planes(_ image: Image) throws -> [UInt8] {
    let (channels, height, width) = (sampleShape[0], sampleShape[1], sampleShape[2])
    guard image.width == width, image.height == height else {
      throw Problem(
        "data", "a picture is \(image.width) × \(image.height), the others \(width) × \(height)",
        notes: ["all pictures of a data set have one size"])
    }
    let bytes = image.bytes
    let found = image.channels
    if found == channels, found == 1 { return bytes }
    let area = width * height
    var planes = [UInt8](repeating: 0, count: channels * area)
    for pixel in 0..<area {
      let start = pixel * found
      if found == 1 {
        for channel in 0..<channels { planes[channel * area + pixel] = bytes[start] }
      } else if channels == 1 {
        // ITU-R BT.601 in whole numbers, as common picture libraries turn colours gray.
        let sum =
          19595 * Int(bytes[start]) + 38470 * Int(bytes[start + 1]) + 7471 * Int(bytes[start + 2])
        planes[pixel] = UInt8((sum + 32768) >> 16)
      } else {
        for channel in 0..<channels { planes[channel * area + pixel] = bytes[start + channel] }
      }
    }
    return planes
  }
}

/// Pictures that were made before. Two threads may make the same picture; both get the same bytes.
private final class Cache: Sendable {
  private let pictures: Mutex<[[UInt8]?]>

  init(_ count: Int) { pictures = Mutex([[UInt8]?](repeating: nil, count: count)) }

  subscript(index: Int) -> [UInt8]? {
    get { pictures.withLock { $0[index] } }
    set { pictures.withLock { $0[index] = newValue } }
  }
}
