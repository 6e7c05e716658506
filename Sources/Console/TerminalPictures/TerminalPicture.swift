/// Ways a terminal can show a picture.
package enum PictureMethod: String, Sendable, CaseIterable {
  case kitty, iterm, sixel, blocks, none
}

/// What a terminal can do, as it said itself.
package struct TerminalAbilities: Equatable, Sendable {
  package var method: PictureMethod
  /// Whether it shows 24-bit colours; else 256.
  package var hasTrueColour: Bool
  /// TerminalPixels of one character cell.
  package var cellWidth: Int
  package var cellHeight: Int

  package init(
    method: PictureMethod = .blocks, hasTrueColour: Bool = false, cellWidth: Int = 8,
    cellHeight: Int = 16
  ) {
    self.method = method
    self.hasTrueColour = hasTrueColour
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
  }
}

/// A picture as bytes for a terminal.
package enum TerminalPicture {
  /// The escape text that shows `pixels` from the cursor on and ends at the start of a fresh row.
  ///
  /// - Parameters:
  ///   - columns: columns of the screen.
  ///   - rows: rows of the screen; the picture leaves two of them free.
  package static func text(
    _ pixels: TerminalPixels, abilities: TerminalAbilities, columns: Int, rows: Int
  ) throws -> String {
    let freeRows = max(4, rows - 2)
    let width = columns * abilities.cellWidth
    let height = freeRows * abilities.cellHeight
    switch abilities.method {
    case .none: return ""
    case .blocks:
      let fitted = pixels.fitted(width: columns, height: 2 * freeRows)
      return HalfBlocks.text(fitted, hasTrueColour: abilities.hasTrueColour)
    case .kitty:
      return KittyGraphics.text(pixels.fitted(width: width, height: height)) + "\r\n"
    case .iterm:
      return try ITermImages.text(pixels.fitted(width: width, height: height)) + "\r\n"
    case .sixel:
      return Sixels.text(pixels.fitted(width: width, height: height)) + "\r\n"
    }
  }
}
