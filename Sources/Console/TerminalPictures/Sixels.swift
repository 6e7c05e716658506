/// Sixel graphics: bands of six rows, one bit plane for each of at most 256 colours.
enum Sixels {
  static func text(_ pixels: TerminalPixels) -> String {
    let (palette, indices) = quantised(pixels)
    var text = "\u{1B}Pq\"1;1;\(pixels.width);\(pixels.height)"
    for (number, colour) in palette.enumerated() {
      let percent = [colour.0, colour.1, colour.2].map { String((Int($0) * 100 + 127) / 255) }
      text += "#\(number);2;" + percent.joined(separator: ";")
    }
    for band in stride(from: 0, to: pixels.height, by: 6) {
      let rows = band..<min(band + 6, pixels.height)
      var planes: [Int: [UInt8]] = [:]
      for row in rows {
        for column in 0..<pixels.width {
          let colour = Int(indices[row * pixels.width + column])
          planes[colour, default: [UInt8](repeating: 0, count: pixels.width)][column] |=
            1 << UInt8(row - band)
        }
      }
      let lines = planes.sorted { $0.key < $1.key }.map { "#\($0.key)" + runs($0.value) }
      text += lines.joined(separator: "$") + "-"
    }
    return text + "\u{1B}\\"
  }

  /// Six-pixel columns as characters, equal ones as `!count` runs.
  private static func runs(_ bits: [UInt8]) -> String {
    var text = ""
    var index = 0
    while index < bits.count {
      var end = index + 1
      while end < bits.count, bits[end] == bits[index] { end += 1 }
      let character = Character(Unicode.Scalar(63 + bits[index]))
      let count = end - index
      text += count > 3 ? "!\(count)\(character)" : String(repeating: character, count: count)
      index = end
    }
    return text
  }

  /// At most 256 colours: the picture's own when there are so few, else a cube of 6 × 7 × 6.
  private static func quantised(_ pixels: TerminalPixels) -> (
    palette: [(UInt8, UInt8, UInt8)], indices: [UInt8]
  ) {
    var known: [Int: UInt8] = [:]
    var palette: [(UInt8, UInt8, UInt8)] = []
    var indices: [UInt8] = []
    indices.reserveCapacity(pixels.width * pixels.height)
    for at in stride(from: 0, to: pixels.rgb.count, by: 3) {
      let (r, g, b) = (pixels.rgb[at], pixels.rgb[at + 1], pixels.rgb[at + 2])
      let key = Int(r) << 16 | Int(g) << 8 | Int(b)
      if let index = known[key] {
        indices.append(index)
        continue
      }
      if palette.count == 256 { return cube(pixels) }
      known[key] = UInt8(palette.count)
      indices.append(UInt8(palette.count))
      palette.append((r, g, b))
    }
    return (palette, indices)
  }

  private static func cube(_ pixels: TerminalPixels) -> (
    palette: [(UInt8, UInt8, UInt8)], indices: [UInt8]
  ) {
    var palette: [(UInt8, UInt8, UInt8)] = []
    for r in 0..<6 {
      for g in 0..<7 {
        for b in 0..<6 { palette.append((UInt8(r * 51), UInt8(g * 255 / 6), UInt8(b * 51))) }
      }
    }
    let indices = stride(from: 0, to: pixels.rgb.count, by: 3).map { at -> UInt8 in
      let r = (Int(pixels.rgb[at]) + 25) / 51
      let g = (Int(pixels.rgb[at + 1]) * 6 + 127) / 255
      let b = (Int(pixels.rgb[at + 2]) + 25) / 51
      return UInt8((r * 7 + g) * 6 + b)
    }
    return (palette, indices)
  }
}
