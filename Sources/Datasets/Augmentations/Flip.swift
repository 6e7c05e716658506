import Basics

/// The picture mirrored left to right, for some of the samples.
package struct Flip: Augmentation {
  package var probability = 0.5

  package init() {}

  package static let name = "flip"
  package static let text = "The picture mirrored left to right, with a probability."
  package static let examples = """
    random_crop(28, pad = 2) >> flip()
    flip(1)
    """
  package static let settings: [Setting<Self>] = [
    Setting("probability", \.probability, in: 0...1, "how often a picture is mirrored")
  ]

  package func outputShape(for input: [Int]) throws -> [Int] { try pictureShape(input) }

  package func vary(_ sample: inout SampleBuffer, _ random: inout RandomSource) {
    if random.uniform() >= probability { return }
    let width = sample.width
    for start in stride(from: 0, to: sample.values.count, by: width) {
      sample.values[start..<start + width].reverse()
    }
  }
}
