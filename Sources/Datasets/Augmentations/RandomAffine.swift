import Basics
import CKernels

/// The picture turned, scaled and shifted by random amounts.
package struct RandomAffine: Augmentation {
  package var degrees = 10.0
  package var scale = 0.1
  package var shift = 0.1

  package init() {}

  package static let name = "random_affine"
  package static let text = """
    The picture turned, scaled and shifted around its middle by random amounts, with linear \
    interpolation; what comes from outside is zero.
    """
  package static let examples = """
    random_affine(15, shift = 0.05) >> flip()
    random_affine(0, shift = 0.1)
    """
  package static let settings: [Setting<Self>] = [
    Setting("degrees", \.degrees, in: 0...180, "largest angle, to either side"),
    Setting("scale", \.scale, in: 0...0.9, "largest change of size, as a share of it"),
    Setting("shift", \.shift, in: 0...1, "largest shift, as a share of the side"),
  ]

  package func outputShape(for input: [Int]) throws -> [Int] { try pictureShape(input) }

  package func vary(_ sample: inout SampleBuffer, _ random: inout RandomSource) {
    let angle = random.uniform(-degrees, degrees) * Double.pi / 180
    let inverse = 1 / (1 + random.uniform(-scale, scale))
    let (height, width) = (Double(sample.height), Double(sample.width))
    let down = random.uniform(-shift, shift) * height
    let across = random.uniform(-shift, shift) * width
    let (cosine, sine) = (ck_cos(angle) * inverse, ck_sin(angle) * inverse)
    let (middleRow, middleColumn) = ((height - 1) / 2, (width - 1) / 2)
    sample = sample.resampled(height: sample.height, width: sample.width) { row, column in
      let y = Double(row) - middleRow - down
      let x = Double(column) - middleColumn - across
      return (middleRow + cosine * y - sine * x, middleColumn + sine * y + cosine * x)
    }
  }
}
