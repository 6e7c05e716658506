/// Pictures as characters: `▀` shows two pixels, the upper in the foreground's colour.
enum HalfBlocks {
  /// Rows of half blocks, each ended by a newline and with the colours put back.
  static func text(_ pixels: TerminalPixels, hasTrueColour: Bool) -> String {
    var text = ""
    for y in stride(from: 0, to: pixels.height, by: 2) {
      var upper = ""
      var lower = ""
      for x in 0..<pixels.width {
        let top = colour(pixels, x, y, hasTrueColour)
        // The lower half of an odd last row keeps the terminal's background.
        let bottom = y + 1 < pixels.height ? colour(pixels, x, y + 1, hasTrueColour) : ""
        if top != upper { text += "\u{1B}[38;\(top)m" }
        if bottom != lower { text += "\u{1B}[48;\(bottom)m" }
        upper = top
        lower = bottom
        text += "▀"
      }
      text += "\u{1B}[0m\n"
    }
    return text
  }

  private static func colour(_ pixels: TerminalPixels, _ x: Int, _ y: Int, _ hasTrueColour: Bool)
    -> String
  {
    let at = 3 * (y * pixels.width + x)
    let (r, g, b) = (pixels.rgb[at], pixels.rgb[at + 1], pixels.rgb[at + 2])
    return hasTrueColour ? "2;\(r);\(g);\(b)" : "5;\(XTermPalette.index(r, g, b))"
  }
}

/// The 256 colours of xterm: a 6 × 6 × 6 cube and 24 grays above the 16 of the user.
enum XTermPalette {
  private static let levels = [0, 95, 135, 175, 215, 255]

  /// Number of the nearest colour that does not depend on the user's theme.
  static func index(_ r: UInt8, _ g: UInt8, _ b: UInt8) -> Int {
    let wanted = [Int(r), Int(g), Int(b)]
    let cube = wanted.map(nearestLevel)
    let cubeDistance = distance(wanted, cube.map { levels[$0] })
    let gray = min(23, max(0, (wanted.reduce(0, +) / 3 - 3) / 10))
    let grayValue = 8 + 10 * gray
    if distance(wanted, [grayValue, grayValue, grayValue]) < cubeDistance { return 232 + gray }
    return 16 + 36 * cube[0] + 6 * cube[1] + cube[2]
  }

  private static func nearestLevel(_ value: Int) -> Int {
    value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40
  }

  private static func distance(_ a: [Int], _ b: [Int]) -> Int {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}
