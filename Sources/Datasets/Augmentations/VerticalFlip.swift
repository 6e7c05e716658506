import Basics

/// The picture mirrored top to bottom, for some of the samples.
package struct VerticalFlip: Augmentation {
  package var probability = 0.5

  package init() {}

  package static let name = "vertical_flip"
  package static let text = "The picture mirrored top to bottom, with a probability."
  package static let examples = """
    flip() >> vertical_flip()
    vertical_flip(1)
    """
  package static let settings: [Setting<Self>] = [
    Setting("probability", \.probability, in: 0...1, "how often a picture is mirrored")
  ]

  package func outputShape(for input: [Int]) throws -> [Int] { try pictureShape(input) }

  package func vary(_ sample: inout SampleBuffer, _ random: inout RandomSource) {
    if random.uniform() >= probability { return }
    let (height, width) = (sample.height, sample.width)
    for channel in 0..<sample.channels {
      for row in 0..<height / 2 {
        let upper = (channel * height + row) * width
        let lower = (channel * height + height - 1 - row) * width
        for column in 0..<width { sample.values.swapAt(upper + column, lower + column) }
      }
    }
  }
}
