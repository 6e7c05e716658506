import Basics
import CKernels

/// A random part of the picture, of random area and shape, scaled to one size.
package struct RandomResizedCrop: Augmentation {
  package var size = 0
  package var least = 0.3
  package var most = 1.0
  package var ratio = 4.0 / 3

  package init() {}

  package static let name = "random_resized_crop"
  package static let text = """
    A part of the picture of random area and aspect ratio, scaled to a square by linear \
    interpolation.

    With `size = 0` the result is as large as the picture. Where a network is tested the whole \
    picture is scaled.
    """
  package static let examples = """
    random_resized_crop(28, least = 0.5) >> flip()
    random_resized_crop(224, least = 0.08)
    """
  package static let settings: [Setting<Self>] = [
    Setting("size", \.size, in: 0...4096, "side of the result in pixels; 0: that of the picture"),
    Setting("least", \.least, in: 0.01...1, "smallest share of the picture's area"),
    Setting("most", \.most, in: 0.01...1, "largest share of the picture's area"),
    Setting("ratio", \.ratio, in: 1...4, "largest ratio of the part's longer to its shorter side"),
  ]

  package func outputShape(for input: [Int]) throws -> [Int] {
    try checkPicture(input)
    guard least <= most else {
      throw Problem(
        "range", "`least` is \(NumberText.short(least)), more than `most`",
        notes: ["`most` is \(NumberText.short(most))"])
    }
    return size == 0 ? input : [input[0], size, size]
  }

  package func vary(_ sample: inout SampleBuffer, _ random: inout RandomSource) {
    let share = random.uniform(least, most)
    // The logarithm of the ratio is uniform, so that wide and tall are equally likely.
    let limit = ck_log(ratio)
    let aspect = ck_exp(random.uniform(-limit, limit == 0 ? 0 : limit))
    let area = share * Double(sample.height * sample.width)
    let height = min(Double(sample.height), (area / aspect).squareRoot())
    let width = min(Double(sample.width), (area * aspect).squareRoot())
    let top = random.uniform() * (Double(sample.height) - height)
    let left = random.uniform() * (Double(sample.width) - width)
    resize(&sample, top: top, left: left, height: height, width: width)
  }

  package func prepare(_ sample: inout SampleBuffer) {
    resize(
      &sample, top: 0, left: 0, height: Double(sample.height), width: Double(sample.width))
  }

  private func resize(
    _ sample: inout SampleBuffer, top: Double, left: Double, height: Double, width: Double
  ) {
    let rows = size == 0 ? sample.height : size
    let columns = size == 0 ? sample.width : size
    let (down, across) = (height / Double(rows), width / Double(columns))
    sample = sample.resampled(height: rows, width: columns) { row, column in
      (
        top + (Double(row) + 0.5) * down - 0.5, left + (Double(column) + 0.5) * across - 0.5
      )
    }
  }
}
