import Basics

/// Brightness and contrast changed by random amounts.
package struct Jitter: Augmentation {
  package var brightness = 0.2
  package var contrast = 0.2

  package init() {}

  package static let name = "jitter"
  package static let text = """
    Brightness and contrast of the picture changed by random amounts: values are scaled around \
    their mean, and a constant is added.
    """
  package static let examples = """
    flip() >> jitter(0.2, 0.4)
    jitter(0.1, 0) >> normalize(0.2860, 0.3530)
    """
  package static let settings: [Setting<Self>] = [
    Setting("brightness", \.brightness, in: 0...1, "largest constant added or taken away"),
    Setting("contrast", \.contrast, in: 0...1, "largest change of the spread, as a share of it"),
  ]

  package func vary(_ sample: inout SampleBuffer, _ random: inout RandomSource) {
    let offset = Float(random.uniform(-brightness, brightness))
    let spread = Float(1 + random.uniform(-contrast, contrast))
    let mean = sample.values.reduce(0, +) / Float(max(1, sample.values.count))
    for i in sample.values.indices {
      sample.values[i] = (sample.values[i] - mean) * spread + mean + offset
    }
  }
}
