import Basics
import Foundation

/// The file that gnuplot made: whole, and the same bytes for the same figure.
enum FigureFile {
  /// Checks the trailer (gnuplot reports success on a full disk) and pins what changes from run to
  /// run: dates, which keep their length so that offsets in the file stay true.
  static func finished(
    _ bytes: [UInt8], as terminal: GnuplotScript.Terminal
  ) throws -> [UInt8] {
    let (start, end): ([UInt8], [UInt8]) =
      switch terminal.format {
      case .pdf: (Array("%PDF-".utf8), Array("%%EOF".utf8))
      case .eps: (Array("%!PS".utf8), Array("%%EOF".utf8))
      case .svg: (Array("<?xml".utf8), Array("</svg>".utf8))
      case .png: ([0x89, 0x50, 0x4e, 0x47], [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82])
      }
    var length = bytes.count
    while length > 0, [10, 13, 32].contains(bytes[length - 1]) { length -= 1 }
    guard bytes.starts(with: start), bytes[..<length].suffix(end.count).elementsEqual(end) else {
      throw Problem(
        "plot", "gnuplot made an incomplete picture",
        notes: ["\(NumberText.bytes(Double(bytes.count))) arrived; is the disk full?"])
    }
    switch terminal.format {
    case .pdf: return pinned(bytes, after: "/CreationDate (D:", digits: 14)
    case .eps: return pinnedLine(bytes, "%%CreationDate: ")
    case .svg: return sized(bytes, terminal)
    case .png: return bytes
    }
  }

  /// Replaces the digits of a date by those of 2000-01-01.
  private static func pinned(_ bytes: [UInt8], after key: String, digits: Int) -> [UInt8] {
    var result = bytes
    let key = Array(key.utf8)
    let date = Array("20000101000000".utf8).prefix(digits)
    // The dictionary stands near the end of the file.
    var place = bytes.count - key.count - digits
    while place >= 0 {
      if bytes[place] == key[0], bytes[place..<(place + key.count)].elementsEqual(key) {
        let first = place + key.count
        result.replaceSubrange(first..<(first + digits), with: date)
        return result
      }
      place -= 1
    }
    return result
  }

  /// Overwrites the rest of the line that starts with `key`.
  private static func pinnedLine(_ bytes: [UInt8], _ key: String) -> [UInt8] {
    var result = bytes
    let key = Array(key.utf8)
    guard
      let place = (0..<max(0, min(4096, bytes.count) - key.count)).first(where: {
        bytes[$0..<($0 + key.count)].elementsEqual(key)
      })
    else { return result }
    let first = place + key.count
    let end = bytes[first...].firstIndex(of: 10) ?? bytes.count
    let date = Array("Sat Jan  1 00:00:00 2000".utf8)
    for index in first..<end {
      result[index] = index - first < date.count ? date[index - first] : 32
    }
    return result
  }

  /// Says that sizes are points, and names fonts for machines without the first choice.
  private static func sized(_ bytes: [UInt8], _ terminal: GnuplotScript.Terminal) -> [UInt8] {
    var text = String(decoding: bytes, as: UTF8.self)
    let plain = "width=\"\(terminal.width)\" height=\"\(terminal.height)\""
    if let range = text.firstRange(of: plain) {
      text.replaceSubrange(
        range, with: "width=\"\(terminal.width)pt\" height=\"\(terminal.height)pt\"")
    }
    text = text.replacing(
      "font-family=\"\(terminal.font)\"",
      with: "font-family=\"\(terminal.font), Verdana, sans-serif\"")
    return Array(text.utf8)
  }
}
