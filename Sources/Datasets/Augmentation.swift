import Basics
import Tensors

/// One way to vary the samples of a training, or to prepare those of any use.
package protocol Augmentation: Configurable {
  /// The shape that samples of shape `input` come out with, or a problem.
  func outputShape(for input: [Int]) throws -> [Int]
  /// Varies one sample of a training.
  func vary(_ sample: inout SampleBuffer, _ random: inout RandomSource)
  /// What takes its place where a network is tested: nothing, unless samples must be prepared
  /// in the same way (normalisation, size).
  func prepare(_ sample: inout SampleBuffer)
}

extension Augmentation {
  package func outputShape(for input: [Int]) throws -> [Int] { input }
  package func prepare(_ sample: inout SampleBuffer) {}

  /// The shape of pictures that keep their size; throws unless samples are pictures.
  func pictureShape(_ input: [Int]) throws -> [Int] {
    try checkPicture(input)
    return input
  }

  /// Throws unless samples are pictures.
  func checkPicture(_ input: [Int]) throws {
    if input.count != 3 {
      throw Problem(
        "shape", "\(Self.name) works on pictures, these samples have shape \(input)",
        notes: ["a picture has the shape [channels, height, width]"])
    }
  }
}

/// Augmentations one after the other.
package struct Pipeline: Sendable {
  package let stages: [any Augmentation]

  package init(_ stages: [any Augmentation] = []) { self.stages = stages }

  package var isEmpty: Bool { stages.isEmpty }

  /// First `left`, then `right`.
  package static func >> (left: Pipeline, right: Pipeline) -> Pipeline {
    Pipeline(left.stages + right.stages)
  }

  /// The shape that samples come out with.
  package func outputShape(for input: [Int]) throws -> [Int] {
    try stages.reduce(input) { try $1.outputShape(for: $0) }
  }

  /// A batch varied for a training. Sample number `i` draws from `random`'s stream `i` alone, so
  /// neither batch nor thread matters.
  package func applied(to inputs: Tensor, indices: [Int], random: RandomSource) throws -> Tensor {
    try mapped(inputs) { row, sample in
      var stream = random.stream("sample", indices[row])
      for stage in stages { stage.vary(&sample, &stream) }
    }
  }

  /// A batch prepared for a test.
  package func prepared(_ inputs: Tensor) throws -> Tensor {
    try mapped(inputs) { _, sample in for stage in stages { stage.prepare(&sample) } }
  }

  private func mapped(
    _ inputs: Tensor, _ change: @Sendable (Int, inout SampleBuffer) -> Void
  ) throws -> Tensor {
    if stages.isEmpty { return inputs }
    let input = Array(inputs.shape.dropFirst())
    let output = try outputShape(for: input)
    let (inputSize, outputSize) = (input.reduce(1, *), output.reduce(1, *))
    let count = inputs.shape[0]
    var values = [Float](repeating: 0, count: count * outputSize)
    let source = inputs.floats
    try values.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer
      // Blocks of rows: each writes its own part of the result.
      let block = 16
      try Parallel.forEach((count + block - 1) / block) { number in
        for row in number * block..<min(count, (number + 1) * block) {
          var sample = SampleBuffer(
            values: Array(source[row * inputSize..<(row + 1) * inputSize]), shape: input)
          change(row, &sample)
          precondition(sample.shape == output, "an augmentation misreported its output shape")
          _ = UnsafeMutableBufferPointer(rebasing: out[row * outputSize..<(row + 1) * outputSize])
            .update(fromContentsOf: sample.values)
        }
      }
    }
    return Tensor(floats: values, shape: [count] + output)
  }
}

extension Augmentation {
  /// The pipeline of this one stage.
  package var pipeline: Pipeline { Pipeline([self]) }
}
