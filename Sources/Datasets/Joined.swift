import Basics
import Tensors

/// Datasets of one sample shape and one set of classes, one after the other.
package struct Joined: Dataset {
  private let parts: [any Dataset]
  private let starts: [Int]
  package let labels: [Int]

  package init(_ parts: [any Dataset]) throws {
    guard let first = parts.first else { throw Problem("data", "there is nothing to join") }
    for part in parts.dropFirst() {
      guard part.sampleShape == first.sampleShape, part.classes == first.classes else {
        throw Problem(
          "data", "these data sets cannot be joined",
          notes: [
            "one has \(first.classes) classes of samples \(first.sampleShape)",
            "another has \(part.classes) classes of samples \(part.sampleShape)",
          ])
      }
    }
    self.parts = parts
    labels = parts.flatMap(\.labels)
    var next = 0
    starts = parts.map { part in
      defer { next += part.count }
      return next
    }
  }

  package var count: Int { labels.count }
  package var classes: Int { parts[0].classes }
  package var sampleShape: [Int] { parts[0].sampleShape }
  package var classNames: [String]? { parts[0].classNames }
  package var isCostly: Bool { parts.contains { $0.isCostly } }

  package func samples(_ indices: [Int], epoch: Int) throws -> (inputs: Tensor, labels: [Int]) {
    try checkIndices(indices)
    let size = sampleSize
    var values = [Float](repeating: 0, count: indices.count * size)
    for (number, part) in parts.enumerated() {
      let range = starts[number]..<starts[number] + part.count
      let rows = indices.indices.filter { range.contains(indices[$0]) }
      if rows.isEmpty { continue }
      let found = try part.samples(rows.map { indices[$0] - range.lowerBound }, epoch: epoch)
      found.inputs.withFloats { source in
        for (from, to) in rows.enumerated() {
          for i in 0..<size { values[to * size + i] = source[from * size + i] }
        }
      }
    }
    return (
      Tensor(floats: values, shape: [indices.count] + sampleShape), indices.map { labels[$0] }
    )
  }
}
