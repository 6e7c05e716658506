import Basics
import CKernels

/// A random rectangle replaced by noise or by one value (random erasing, arXiv 1708.04896).
package struct Erase: Augmentation {
  package var probability = 0.25
  package var least = 0.02
  package var most = 0.33
  package var fill = "noise"

  package init() {}

  package static let name = "erase"
  package static let text = """
    A rectangle of random area, shape and place is overwritten, with a probability (random \
    erasing).
    """
  package static let examples = """
    flip() >> erase(0.25)
    erase(1, least = 0.1, most = 0.2)
    """
  package static let settings: [Setting<Self>] = [
    Setting("probability", \.probability, in: 0...1, "how often a picture loses a rectangle"),
    Setting("least", \.least, in: 0.001...1, "smallest share of the picture's area"),
    Setting("most", \.most, in: 0.001...1, "largest share of the picture's area"),
    Setting("fill", \.fill, choices: ["noise", "zero"], "standard normal noise, or zero"),
  ]

  package func outputShape(for input: [Int]) throws -> [Int] {
    try checkPicture(input)
    guard least <= most else {
      throw Problem(
        "range", "`least` is \(NumberText.short(least)), more than `most`",
        notes: ["`most` is \(NumberText.short(most))"])
    }
    return input
  }

  package func vary(_ sample: inout SampleBuffer, _ random: inout RandomSource) {
    if random.uniform() >= probability { return }
    let area = random.uniform(least, most) * Double(sample.height * sample.width)
    // Between 0.3 and 1/0.3, evenly in the logarithm.
    let limit = -ck_log(0.3)
    let aspect = ck_exp(random.uniform(-limit, limit))
    let height = min(sample.height, max(1, Int((area * aspect).squareRoot().rounded())))
    let width = min(sample.width, max(1, Int((area / aspect).squareRoot().rounded())))
    let top = random.below(sample.height - height + 1)
    let left = random.below(sample.width - width + 1)
    for channel in 0..<sample.channels {
      for row in top..<top + height {
        let start = (channel * sample.height + row) * sample.width + left
        for i in start..<start + width {
          sample.values[i] = fill == "noise" ? Float(random.normal()) : 0
        }
      }
    }
  }
}
