import Images

/// Samples of a picture: row-major, red, green, blue.
package struct TerminalPixels: Equatable, Sendable {
  package let width: Int
  package let height: Int
  package let rgb: [UInt8]

  /// - Precondition: `rgb` has three bytes for each of the `width` × `height` pixels.
  package init(width: Int, height: Int, rgb: [UInt8]) {
    precondition(rgb.count == 3 * width * height, "three bytes a pixel")
    self.width = width
    self.height = height
    self.rgb = rgb
  }

  /// The picture in the colours of a map, if it is gray; a coloured one as it is.
  func inColours(of map: ColourMap) -> TerminalPixels {
    let pixels = stride(from: 0, to: rgb.count, by: 3)
    guard pixels.allSatisfy({ rgb[$0] == rgb[$0 + 1] && rgb[$0] == rgb[$0 + 2] }) else {
      return self
    }
    let gray = Image(
      width: width, height: height, channels: 1, bytes: pixels.map { rgb[$0] })
    return TerminalPixels(width: width, height: height, rgb: map.apply(gray).bytes)
  }

  /// The picture in `width` × `height` pixels, each the mean of the area it covers.
  package func scaled(width newWidth: Int, height newHeight: Int) -> TerminalPixels {
    if newWidth == width, newHeight == height { return self }
    var result = [UInt8](repeating: 0, count: 3 * newWidth * newHeight)
    for y in 0..<newHeight {
      let rows = Self.covered(y, of: newHeight, in: height)
      for x in 0..<newWidth {
        let columns = Self.covered(x, of: newWidth, in: width)
        var sum = (0, 0, 0)
        for row in rows {
          for column in columns {
            let at = 3 * (row * width + column)
            sum.0 += Int(rgb[at])
            sum.1 += Int(rgb[at + 1])
            sum.2 += Int(rgb[at + 2])
          }
        }
        let count = rows.count * columns.count
        let to = 3 * (y * newWidth + x)
        result[to] = UInt8((sum.0 + count / 2) / count)
        result[to + 1] = UInt8((sum.1 + count / 2) / count)
        result[to + 2] = UInt8((sum.2 + count / 2) / count)
      }
    }
    return TerminalPixels(width: newWidth, height: newHeight, rgb: result)
  }

  /// The picture no larger than the room, with its proportions; small ones stay as they are.
  package func fitted(width maximumWidth: Int, height maximumHeight: Int) -> TerminalPixels {
    let scale = min(
      1, Double(max(1, maximumWidth)) / Double(width),
      Double(max(1, maximumHeight)) / Double(height))
    return scaled(
      width: max(1, Int((Double(width) * scale).rounded())),
      height: max(1, Int((Double(height) * scale).rounded())))
  }

  /// Old indices under new index `index`, never empty.
  private static func covered(_ index: Int, of count: Int, in length: Int) -> Range<Int> {
    let start = index * length / count
    return start..<max(start + 1, min(length, (index + 1) * length / count))
  }
}
