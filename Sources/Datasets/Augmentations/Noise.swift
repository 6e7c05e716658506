import Basics

/// Normal noise added to every value.
package struct Noise: Augmentation {
  package var deviation = 0.05

  package init() {}

  package static let name = "add_noise"
  package static let text = "Adds normal noise to every value."
  package static let examples = """
    flip() >> add_noise(0.05)
    add_noise(0.5)
    """
  package static let settings: [Setting<Self>] = [
    Setting("deviation", \.deviation, in: 0...10, "standard deviation of the noise")
  ]

  package func vary(_ sample: inout SampleBuffer, _ random: inout RandomSource) {
    for i in sample.values.indices {
      sample.values[i] += Float(deviation * random.normal())
    }
  }
}
