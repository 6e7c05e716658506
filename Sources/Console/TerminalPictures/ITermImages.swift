import Foundation
import Images

/// Inline images of iTerm2: a PNG file in base64.
enum ITermImages {
  static func text(_ pixels: TerminalPixels) throws -> String {
    let image = Image(
      width: pixels.width, height: pixels.height, channels: 3, bytes: pixels.rgb)
    let file = try PNGFile.encode(image)
    return "\u{1B}]1337;File=inline=1;size=\(file.count);width=\(pixels.width)px;"
      + "height=\(pixels.height)px;preserveAspectRatio=1:\(Data(file).base64EncodedString())\u{7}"
  }
}
