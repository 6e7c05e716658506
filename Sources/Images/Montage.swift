import Basics

/// Pictures side by side in a grid.
package enum Montage {
  /// The pictures in rows of `columns`, each centred in a cell as large as the largest.
  ///
  /// - Parameters:
  ///   - columns: pictures in a row; `nil` takes the nearest to a square.
  ///   - gap: pixels between cells.
  ///   - border: pixels around the grid.
  ///   - background: gray level of what no picture covers.
  package static func image(
    of images: [Image], columns: Int? = nil, gap: Int = 2, border: Int = 0, background: UInt8 = 255
  ) throws -> Image {
    guard let first = images.first else {
      throw Problem("empty", "a montage needs at least one picture")
    }
    let columns = try checked(columns, count: images.count)
    guard gap >= 0, border >= 0 else {
      throw Problem("range", "a gap of \(min(gap, border)) pixels is not possible")
    }
    let rows = (images.count + columns - 1) / columns
    let cellWidth = images.reduce(first.width) { max($0, $1.width) }
    let cellHeight = images.reduce(first.height) { max($0, $1.height) }
    let channels = images.contains { $0.channels > 1 } ? 3 : 1
    let width = columns * cellWidth + (columns - 1) * gap + 2 * border
    let height = rows * cellHeight + (rows - 1) * gap + 2 * border
    guard width <= 1 << 16, height <= 1 << 16 else {
      throw Problem("memory", "the montage would be \(width)×\(height) pixels")
    }
    var bytes = [UInt8](repeating: background, count: width * height * channels)
    for (index, image) in images.enumerated() {
      let tile = (channels == 3 ? image.rgb() : image).bytes
      let left = border + index % columns * (cellWidth + gap) + (cellWidth - image.width) / 2
      let top = border + index / columns * (cellHeight + gap) + (cellHeight - image.height) / 2
      let stride = image.width * channels
      for y in 0..<image.height {
        let start = ((top + y) * width + left) * channels
        bytes.replaceSubrange(start..<start + stride, with: tile[y * stride..<(y + 1) * stride])
      }
    }
    return Image(width: width, height: height, channels: channels, bytes: bytes)
  }

  private static func checked(_ columns: Int?, count: Int) throws -> Int {
    guard let columns else { return max(1, Int(Double(count).squareRoot().rounded(.up))) }
    guard columns > 0 else {
      throw Problem("range", "a montage of \(columns) columns", suggestions: ["columns = 8"])
    }
    return min(columns, count)
  }
}
