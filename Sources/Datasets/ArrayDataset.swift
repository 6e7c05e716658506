import Basics
import Tensors

/// Samples that lie in memory, as bytes (which mean 0...1) or as single-precision numbers.
package struct ArrayDataset: Dataset {
  /// The numbers of all samples, one sample after the other.
  package enum Storage: Sendable {
    /// 0 means 0 and 255 means 1.
    case bytes([UInt8])
    case floats([Float])

    /// How many numbers there are.
    package var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .floats(let floats): floats.count
      }
    }

    /// How many bytes they take.
    fileprivate var bytes: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .floats(let floats): 4 * floats.count
      }
    }
  }

  package let labels: [Int]
  package let classes: Int
  package let sampleShape: [Int]
  package let classNames: [String]?
  private let storage: Storage
  private let claim: MemoryClaim?

  package var count: Int { labels.count }

  /// - Parameter classes: how many there are; by default one more than the largest label.
  package init(
    _ storage: Storage, labels: [Int], sampleShape: [Int], classes: Int? = nil,
    classNames: [String]? = nil
  ) throws {
    let size = sampleShape.reduce(1, *)
    guard sampleShape.allSatisfy({ $0 > 0 }), storage.count == labels.count * size else {
      throw Problem(
        "data", "samples and labels do not fit together",
        notes: [
          "\(labels.count) labels with samples of \(sampleShape) need "
            + "\(labels.count * size) numbers, there are \(storage.count)"
        ])
    }
    let least = classes ?? classNames?.count ?? ((labels.max() ?? 0) + 1)
    if let wrong = labels.first(where: { $0 < 0 || $0 >= least }) {
      throw Problem(
        "data", "label \(wrong) is none of the \(least) classes",
        notes: ["labels are whole numbers from 0 to \(least - 1)"])
    }
    if let classNames, classNames.count != least {
      throw Problem("data", "\(classNames.count) class names for \(least) classes")
    }
    self.storage = storage
    claim = .large(storage.bytes + 8 * labels.count)
    self.labels = labels
    self.sampleShape = sampleShape
    self.classes = least
    self.classNames = classNames
  }

  /// The samples in a tensor whose first axis counts them.
  package init(_ inputs: Tensor, labels: [Int], classes: Int? = nil, classNames: [String]? = nil)
    throws
  {
    guard inputs.rank >= 2, inputs.shape[0] == labels.count else {
      throw Problem(
        "shape", "\(labels.count) labels do not fit samples of shape \(inputs.shape)",
        notes: ["the first axis counts the samples"])
    }
    try self.init(
      .floats(inputs.floats), labels: labels, sampleShape: Array(inputs.shape.dropFirst()),
      classes: classes, classNames: classNames)
  }

  package func samples(_ indices: [Int], epoch: Int) throws -> (inputs: Tensor, labels: [Int]) {
    try checkIndices(indices)
    let size = sampleSize
    let values = [Float](unsafeUninitializedCapacity: indices.count * size) { out, filled in
      switch storage {
      case .bytes(let bytes):
        bytes.withUnsafeBufferPointer { source in
          for (row, index) in indices.enumerated() {
            let from = source.baseAddress! + index * size
            let to = out.baseAddress! + row * size
            for i in 0..<size { to[i] = Float(from[i]) * (1 / 255) }
          }
        }
      case .floats(let floats):
        floats.withUnsafeBufferPointer { source in
          for (row, index) in indices.enumerated() {
            (out.baseAddress! + row * size)
              .update(from: source.baseAddress! + index * size, count: size)
          }
        }
      }
      filled = indices.count * size
    }
    return (
      Tensor(floats: values, shape: [indices.count] + sampleShape), indices.map { labels[$0] }
    )
  }
}
