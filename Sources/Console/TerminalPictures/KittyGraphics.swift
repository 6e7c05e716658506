import Foundation

/// The graphics protocol of kitty: raw samples in base64, in chunks of at most 4096 characters.
enum KittyGraphics {
  static func text(_ pixels: TerminalPixels) -> String {
    let payload = Data(pixels.rgb).base64EncodedString()
    // q=2: no answer, which would arrive as typed text.
    var control = "a=T,f=24,s=\(pixels.width),v=\(pixels.height),q=2,"
    var text = ""
    var rest = payload[...]
    repeat {
      let chunk = rest.prefix(4096)
      rest = rest.dropFirst(4096)
      text += "\u{1B}_G\(control)m=\(rest.isEmpty ? 0 : 1);\(chunk)\u{1B}\\"
      control = ""
    } while !rest.isEmpty
    return text
  }
}
