import Basics
import CKernels

extension Image {
  /// Light and dark exchanged; opacity stays.
  package func inverted() -> Image {
    switch samples {
    case .bytes(var values):
      for i in values.indices where channels < 4 || i % 4 != 3 { values[i] = 255 - values[i] }
      return Image(width: width, height: height, channels: channels, bytes: values)
    case .floats(var values):
      for i in values.indices where channels < 4 || i % 4 != 3 { values[i] = 1 - values[i] }
      return Image(width: width, height: height, channels: channels, floats: values)
    }
  }

  /// White where the picture's gray is above `level` (0...1), black elsewhere.
  package func thresholded(above level: Double) -> Image {
    let gray = grayscale()
    let result: [UInt8] =
      switch gray.samples {
      case .bytes(let values): values.map { Double($0) > level * 255 ? 255 : 0 }
      case .floats(let values): values.map { Double($0) > level ? 255 : 0 }
      }
    return Image(width: width, height: height, channels: 1, bytes: result)
  }

  /// The picture smoothed by a Gaussian of standard deviation `sigma` pixels; edges are repeated.
  package func blurred(sigma: Double) throws -> Image {
    guard sigma >= 0, sigma.isFinite else {
      throw Problem("range", "a blur of \(NumberText.short(sigma)) pixels is not possible")
    }
    if sigma == 0 { return self }
    let smooth = Image(
      width: width, height: height, channels: channels,
      floats: Image.smoothed(
        floats, width: width, height: height, channels: channels, sigma: sigma, wrapping: false))
    if case .bytes = samples { return smooth.asBytes() }
    return smooth
  }

  /// Where the gray changes: the length of Sobel's gradient, scaled so that a step from black to
  /// white gives 1.
  package func edges() -> Image {
    let gray = grayscale().floats
    var result = [Float](repeating: 0, count: gray.count)
    for y in 0..<height {
      let up = max(0, y - 1) * width
      let row = y * width
      let down = min(height - 1, y + 1) * width
      for x in 0..<width {
        let left = max(0, x - 1)
        let right = min(width - 1, x + 1)
        let across =
          gray[up + right] + 2 * gray[row + right] + gray[down + right]
          - gray[up + left] - 2 * gray[row + left] - gray[down + left]
        let along =
          gray[down + left] + 2 * gray[down + x] + gray[down + right]
          - gray[up + left] - 2 * gray[up + x] - gray[up + right]
        result[row + x] = min(1, (across * across + along * along).squareRoot() / 4)
      }
    }
    let picture = Image(width: width, height: height, channels: 1, floats: result)
    if case .bytes = samples { return picture.asBytes() }
    return picture
  }

  /// The picture stretched so that its darkest sample is 0 and its lightest 1.
  package func normalised() -> Image {
    let values = floats
    guard let low = values.min(), let high = values.max(), high > low else { return self }
    return Image(
      width: width, height: height, channels: channels,
      floats: values.map { ($0 - low) / (high - low) })
  }

  /// A separable Gaussian over row-major samples; at the borders the picture repeats its edge, or
  /// goes on at the other side when `wrapping`.
  package static func smoothed(
    _ source: [Float], width: Int, height: Int, channels: Int, sigma: Double, wrapping: Bool
  ) -> [Float] {
    let radius = max(1, Int((3 * sigma).rounded(.up)))
    var kernel = (-radius...radius).map { ck_exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let total = kernel.reduce(0, +)
    kernel = kernel.map { $0 / total }
    let weights = kernel.map(Float.init)
    func places(_ count: Int) -> [Int] {
      (-radius..<count + radius).map {
        wrapping ? (($0 % count) + count) % count : min(max($0, 0), count - 1)
      }
    }
    let columns = places(width)
    let rows = places(height)
    var middle = [Float](repeating: 0, count: source.count)
    let stride = width * channels
    for y in 0..<height {
      for x in 0..<width {
        for c in 0..<channels {
          var sum: Float = 0
          for k in 0..<weights.count {
            sum += weights[k] * source[y * stride + columns[x + k] * channels + c]
          }
          middle[y * stride + x * channels + c] = sum
        }
      }
    }
    var result = [Float](repeating: 0, count: source.count)
    for y in 0..<height {
      for k in 0..<weights.count {
        let weight = weights[k]
        let from = rows[y + k] * stride
        for i in 0..<stride { result[y * stride + i] += weight * middle[from + i] }
      }
    }
    return result
  }
}
