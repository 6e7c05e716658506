import Basics

/// Values shifted and scaled to a mean of 0 and a deviation of 1, also where networks are tested.
package struct Normalise: Augmentation {
  package var mean = 0.5
  package var deviation = 0.5
  package var preset = "none"

  package init() {}

  package static let name = "normalize"
  package static let text = """
    Values minus `mean`, divided by `deviation`, where a network is trained and where it is tested.

    A preset takes the numbers of a known data set, channel by channel where it has colours.
    """
  package static let examples = """
    flip() >> normalize(0.2860, 0.3530)
    normalize(preset = "cifar10")
    """
  package static let settings: [Setting<Self>] = [
    Setting("mean", \.mean, in: -1e6...1e6, "what becomes 0"),
    Setting("deviation", \.deviation, in: 1e-6...1e6, "what becomes 1 above the mean"),
    Setting(
      "preset", \.preset, choices: ["none"] + presets.keys.sorted(),
      "the numbers of a known data set instead"),
  ]

  /// Mean and deviation of each channel of known data sets.
  private static let presets: [String: [(mean: Float, deviation: Float)]] = [
    "fashion_mnist": [(0.2860, 0.3530)],
    "mnist": [(0.1307, 0.3081)],
    "cifar10": [(0.4914, 0.2470), (0.4822, 0.2435), (0.4465, 0.2616)],
    "cifar100": [(0.5071, 0.2673), (0.4865, 0.2564), (0.4409, 0.2762)],
    "imagenet": [(0.485, 0.229), (0.456, 0.224), (0.406, 0.225)],
  ]

  private var channels: [(mean: Float, deviation: Float)] {
    Self.presets[preset] ?? [(Float(mean), Float(deviation))]
  }

  package func outputShape(for input: [Int]) throws -> [Int] {
    let count = channels.count
    if count > 1, input.count != 3 || input[0] != count {
      throw Problem(
        "shape", "the preset \"\(preset)\" is for \(count) channels",
        notes: ["these samples have shape \(input)"])
    }
    return input
  }

  package func vary(_ sample: inout SampleBuffer, _ random: inout RandomSource) {
    prepare(&sample)
  }

  package func prepare(_ sample: inout SampleBuffer) {
    let channels = channels
    let plane = sample.values.count / channels.count
    for (number, channel) in channels.enumerated() {
      let scale = 1 / channel.deviation
      for i in number * plane..<(number + 1) * plane {
        sample.values[i] = (sample.values[i] - channel.mean) * scale
      }
    }
  }
}
