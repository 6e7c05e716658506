import Basics

/// A square of zeros around a random pixel (cutout, arXiv 1708.04552).
package struct Cutout: Augmentation {
  package var size = 8

  package init() {}

  package static let name = "cutout"
  package static let text = """
    A square of zeros around a random pixel; parts of it may lie outside of the picture.
    """
  package static let examples = """
    flip() >> cutout(8)
    cutout(12) >> normalize(preset = "cifar10")
    """
  package static let settings: [Setting<Self>] = [
    Setting("size", \.size, in: 1...4096, "side of the square in pixels")
  ]

  package func outputShape(for input: [Int]) throws -> [Int] { try pictureShape(input) }

  package func vary(_ sample: inout SampleBuffer, _ random: inout RandomSource) {
    let top = random.below(sample.height) - size / 2
    let left = random.below(sample.width) - size / 2
    let rows = max(0, top)..<min(sample.height, top + size)
    let columns = max(0, left)..<min(sample.width, left + size)
    for channel in 0..<sample.channels {
      for row in rows {
        let start = (channel * sample.height + row) * sample.width
        for column in columns { sample.values[start + column] = 0 }
      }
    }
  }
}
