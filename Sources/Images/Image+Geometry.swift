import Basics

/// How a picture is sampled when its size changes.
package enum Resampling: String, Sendable, CaseIterable {
  /// The nearest pixel: keeps hard edges and levels.
  case nearest
  /// Straight lines between pixel centres.
  case bilinear
  /// The mean of the area each new pixel covers: the right way down.
  case area
}

extension Image {
  /// The picture at another size.
  ///
  /// - Parameter method: `nil` takes `area` along an axis that shrinks and `bilinear` along one
  ///   that grows.
  package func resized(width newWidth: Int, height newHeight: Int, _ method: Resampling? = nil)
    throws -> Image
  {
    try Image.checkSize(newWidth, newHeight)
    if newWidth == width, newHeight == height { return self }
    let columns = Image.taps(from: width, to: newWidth, method)
    let rows = Image.taps(from: height, to: newHeight, method)
    if method == .nearest {
      return picking(width: newWidth, height: newHeight) { x, y in
        (columns[x].first, rows[y].first)
      }
    }
    let source = floats
    // Along rows first, then along columns.
    var middle = [Float](repeating: 0, count: newWidth * height * channels)
    for y in 0..<height {
      for x in 0..<newWidth {
        let tap = columns[x]
        for c in 0..<channels {
          var sum: Float = 0
          for (k, weight) in tap.weights.enumerated() {
            sum += weight * source[(y * width + tap.first + k) * channels + c]
          }
          middle[(y * newWidth + x) * channels + c] = sum
        }
      }
    }
    var result = [Float](repeating: 0, count: newWidth * newHeight * channels)
    let stride = newWidth * channels
    for y in 0..<newHeight {
      let tap = rows[y]
      for (k, weight) in tap.weights.enumerated() {
        for i in 0..<stride {
          result[y * stride + i] += weight * middle[(tap.first + k) * stride + i]
        }
      }
    }
    let resized = Image(width: newWidth, height: newHeight, channels: channels, floats: result)
    if case .bytes = samples { return resized.asBytes() }
    return resized
  }

  /// The part of `width` × `height` pixels whose upper left corner is at (`x`, `y`).
  package func cropped(x: Int, y: Int, width newWidth: Int, height newHeight: Int) throws -> Image {
    guard x >= 0, y >= 0, newWidth > 0, newHeight > 0, newWidth <= width - x,
      newHeight <= height - y
    else {
      throw Problem(
        "range", "a crop of \(newWidth)×\(newHeight) at (\(x), \(y)) leaves the picture",
        notes: ["the picture is \(width)×\(height)"])
    }
    return picking(width: newWidth, height: newHeight) { ($0 + x, $1 + y) }
  }

  /// The middle of the picture.
  package func centreCropped(width newWidth: Int, height newHeight: Int) throws -> Image {
    try cropped(
      x: (width - newWidth) / 2, y: (height - newHeight) / 2, width: newWidth, height: newHeight)
  }

  /// The picture as in a mirror that stands beside it.
  package func flippedLeftRight() -> Image {
    picking(width: width, height: height) { (width - 1 - $0, $1) }
  }

  /// The picture as in water below it.
  package func flippedTopBottom() -> Image {
    picking(width: width, height: height) { ($0, height - 1 - $1) }
  }

  /// The picture turned by quarter turns against the clock.
  package func rotated(quarters: Int) -> Image {
    switch ((quarters % 4) + 4) % 4 {
    case 1: picking(width: height, height: width) { (width - 1 - $1, $0) }
    case 2: picking(width: width, height: height) { (width - 1 - $0, height - 1 - $1) }
    case 3: picking(width: height, height: width) { ($1, height - 1 - $0) }
    default: self
    }
  }

  /// The picture turned about its middle by an angle in radians, against the clock; same size,
  /// bilinear, `background` where nothing lands.
  package func rotated(radians angle: Double, cosine: Double, sine: Double, background: Float = 0)
    -> Image
  {
    let source = floats
    var result = [Float](repeating: background, count: source.count)
    let cx = Double(width - 1) / 2
    let cy = Double(height - 1) / 2
    for y in 0..<height {
      for x in 0..<width {
        let dx = Double(x) - cx
        let dy = Double(y) - cy
        let sx = cx + cosine * dx - sine * dy
        let sy = cy + sine * dx + cosine * dy
        guard sx > -1, sy > -1, sx < Double(width), sy < Double(height) else { continue }
        let left = Int(sx.rounded(.down))
        let top = Int(sy.rounded(.down))
        let u = Float(sx - Double(left))
        let v = Float(sy - Double(top))
        for c in 0..<channels {
          func sample(_ x: Int, _ y: Int) -> Float {
            guard x >= 0, y >= 0, x < width, y < height else { return background }
            return source[(y * width + x) * channels + c]
          }
          let upper = sample(left, top) * (1 - u) + sample(left + 1, top) * u
          let lower = sample(left, top + 1) * (1 - u) + sample(left + 1, top + 1) * u
          result[(y * width + x) * channels + c] = upper * (1 - v) + lower * v
        }
      }
    }
    let turned = Image(width: width, height: height, channels: channels, floats: result)
    if case .bytes = samples { return turned.asBytes() }
    return turned
  }

  /// The picture with `amount` pixels of `background` (0...1) around it.
  package func padded(by amount: Int, background: Float = 0) throws -> Image {
    try Image.checkSize(width + 2 * amount, height + 2 * amount)
    func frame<Sample>(_ source: [Sample], _ fill: Sample) -> [Sample] {
      let newWidth = width + 2 * amount
      var result = [Sample](repeating: fill, count: newWidth * (height + 2 * amount) * channels)
      for y in 0..<height {
        let start = ((y + amount) * newWidth + amount) * channels
        let row = y * width * channels
        result.replaceSubrange(
          start..<start + width * channels, with: source[row..<row + width * channels])
      }
      return result
    }
    let size = (width + 2 * amount, height + 2 * amount)
    switch samples {
    case .bytes(let values):
      let level = UInt8(min(max(background, 0), 1) * 255 + 0.5)
      return Image(
        width: size.0, height: size.1, channels: channels, bytes: frame(values, level))
    case .floats(let values):
      return Image(
        width: size.0, height: size.1, channels: channels, floats: frame(values, background))
    }
  }

  /// The picture whose pixel (x, y) is this one's at `place(x, y)`.
  private func picking(
    width newWidth: Int, height newHeight: Int, _ place: (Int, Int) -> (Int, Int)
  )
    -> Image
  {
    func pick<Sample>(_ source: [Sample]) -> [Sample] {
      var result: [Sample] = []
      result.reserveCapacity(newWidth * newHeight * channels)
      for y in 0..<newHeight {
        for x in 0..<newWidth {
          let (sx, sy) = place(x, y)
          let at = (sy * width + sx) * channels
          for c in 0..<channels { result.append(source[at + c]) }
        }
      }
      return result
    }
    switch samples {
    case .bytes(let values):
      return Image(width: newWidth, height: newHeight, channels: channels, bytes: pick(values))
    case .floats(let values):
      return Image(width: newWidth, height: newHeight, channels: channels, floats: pick(values))
    }
  }

  /// The old pixels, from `first` on, that make one new pixel.
  private struct Tap {
    var first: Int
    var weights: [Float]
  }

  private static func taps(from old: Int, to new: Int, _ method: Resampling?) -> [Tap] {
    let scale = Double(old) / Double(new)
    let method = method ?? (scale > 1 ? .area : .bilinear)
    return (0..<new).map { i in
      switch method {
      case .nearest:
        return Tap(first: min(old - 1, (2 * i + 1) * old / (2 * new)), weights: [1])
      case .bilinear:
        let centre = min(max((Double(i) + 0.5) * scale - 0.5, 0), Double(old - 1))
        let first = min(Int(centre), max(0, old - 2))
        let share = Float(centre - Double(first))
        return old == 1
          ? Tap(first: 0, weights: [1]) : Tap(first: first, weights: [1 - share, share])
      case .area:
        let start = Double(i) * scale
        let end = min(Double(i + 1) * scale, Double(old))
        let first = min(Int(start), old - 1)
        let last = min(old - 1, max(first, Int(end.rounded(.up)) - 1))
        let covered = (first...last).map { min(end, Double($0 + 1)) - max(start, Double($0)) }
        let total = covered.reduce(0, +)
        return Tap(first: first, weights: covered.map { Float($0 / total) })
      }
    }
  }

  private static func checkSize(_ width: Int, _ height: Int) throws {
    guard width > 0, height > 0, width <= 1 << 16, height <= 1 << 16 else {
      throw Problem(
        "range", "a picture of \(width)×\(height) pixels",
        notes: ["each side has 1 to 65536 pixels"])
    }
  }
}
