import Basics
import CKernels
import Images

/// Smoothed Gaussian noise; the category decides how it is smoothed.
package struct GaussianNoise: Renderer {
  package var finest = 0.02
  package var coarsest = 0.15
  package var contrast = 0.2

  package init() {}

  package static let name = "noisedb"
  package static let text = """
    White Gaussian noise, smoothed by a Gaussian whose width the category decides.

    Each category has two widths, along and across, drawn between `finest` and `coarsest` as
    shares of the picture, and a share of a wider smoothing that is taken away, so that classes
    range from grain to clouds to stripes. Each instance has noise of its own; pictures go on at the
    opposite side. Values have mean 0.5 and standard deviation `contrast`, cut at 0 and 1.
    """
  package static let examples = """
    noisedb(categories = 3, seed = 3)
    noisedb(categories = 2)[1]
    """
  package static let settings: [Setting<GaussianNoise>] = [
    Setting("finest", \.finest, in: 0.001...0.5, "least width, as a share of the picture's side"),
    Setting("coarsest", \.coarsest, in: 0.001...0.5, "greatest width, as a share of the side"),
    Setting("contrast", \.contrast, in: 0.01...1, "standard deviation of the gray level"),
  ]

  package func image(category: RandomSource, instance: RandomSource, width: Int, height: Int) throws
    -> Image
  {
    guard (1...8192).contains(width), (1...8192).contains(height) else {
      throw Problem(
        "range", "a picture of \(width)×\(height) pixels", notes: ["each side has 1 to 8192"])
    }
    var shape = category.stream("shape")
    let low = ck_log(min(finest, coarsest))
    let high = ck_log(max(finest, coarsest))
    let side = Double(min(width, height))
    let across = ck_exp(shape.uniform(low, high)) * side
    let along = ck_exp(shape.uniform(low, high)) * side
    let taken = shape.uniform() < 0.5 ? 0 : shape.uniform(0.3, 0.95)

    var noise = instance.stream("noise")
    let count = width * height
    var field = [Float](unsafeUninitializedCapacity: count) { values, filled in
      for i in 0..<count { values[i] = Float(noise.normal()) }
      filled = count
    }
    let fine = smoothed(field, width, height, across, along)
    if taken > 0 {
      let wide = smoothed(field, width, height, 2 * across, 2 * along)
      // Two smoothings have different strengths; each is brought to the same before the difference.
      let a = 1 / deviation(fine)
      let b = taken / deviation(wide)
      field = zip(fine, wide).map { $0 * Float(a) - $1 * Float(b) }
    } else {
      field = fine
    }
    let mean = Float(field.reduce(0.0) { $0 + Double($1) } / Double(count))
    let scale = Float(contrast / deviation(field))
    for i in 0..<count { field[i] = min(1, max(0, 0.5 + (field[i] - mean) * scale)) }
    return Image(width: width, height: height, channels: 1, floats: field)
  }

  private func smoothed(
    _ field: [Float], _ width: Int, _ height: Int, _ across: Double, _ along: Double
  ) -> [Float] {
    var result = [Float](repeating: 0, count: field.count)
    ck_smooth_wrapping(field, Int32(width), Int32(height), across, along, &result)
    return result
  }

  private func deviation(_ field: [Float]) -> Double {
    var sum = 0.0
    var squares = 0.0
    for value in field {
      sum += Double(value)
      squares += Double(value) * Double(value)
    }
    let mean = sum / Double(field.count)
    return max(1e-12, squares / Double(field.count) - mean * mean).squareRoot()
  }
}
