import Basics
import CPNG

/// PNG files in memory, with text chunks for the recipe of a picture.
package enum PNGFile {
  /// The keyword under which a picture's recipe is stored.
  package static let recipeKey = "fdsl"

  /// How hard the encoder tries. Each gives the same bytes for the same picture.
  package enum Effort: Sendable {
    /// Little compression and no filters: databases of thousands of pictures.
    case fast
    /// zlib's usual level with adaptive filters.
    case usual

    fileprivate var level: Int32 { self == .fast ? 1 : 6 }
    fileprivate var filters: Int32 { self == .fast ? 0 : 1 }
  }

  /// The most pixels `decode` accepts unless told otherwise.
  package static let pixelLimit = 1 << 28

  /// The picture as a PNG file, 8 bits a sample.
  ///
  /// - Parameters:
  ///   - recipe: how the picture was made; stored under `recipeKey`.
  ///   - texts: further text chunks, by keyword (1 to 79 Latin letters).
  package static func encode(
    _ image: Image, recipe: String? = nil, texts: [String: String] = [:], effort: Effort = .usual
  ) throws -> [UInt8] {
    var chunks = texts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    if let recipe { chunks.insert((recipeKey, recipe), at: 0) }
    for (key, text) in chunks {
      guard (1...79).contains(key.utf8.count), key.utf8.allSatisfy({ (32...126).contains($0) }),
        !key.hasPrefix(" "), !key.hasSuffix(" "), !text.utf8.contains(0)
      else {
        throw Problem(
          "png", "a PNG file cannot hold a text named \"\(key)\"",
          notes: ["a keyword has 1 to 79 plain letters; the text has no NUL"])
      }
    }
    var out = cpng_buffer()
    defer { cpng_free(&out) }
    var message = [CChar](repeating: 0, count: Int(CPNG_MESSAGE_SIZE))
    let storage = chunks.map { (Array($0.0.utf8CString), Array($0.1.utf8CString)) }
    let code = withPointers(storage) { texts in
      image.bytes.withUnsafeBufferPointer { pixels in
        cpng_encode(
          pixels.baseAddress, UInt32(image.width), UInt32(image.height), Int32(image.channels),
          effort.level, effort.filters, texts.baseAddress, Int32(texts.count), &out, &message)
      }
    }
    try check(code, message)
    return Array(UnsafeBufferPointer(start: out.bytes, count: out.count))
  }

  /// The picture of a PNG file, of any colour type and depth, as bytes.
  ///
  /// Sizes are checked before anything is decoded.
  package static func decode(_ bytes: [UInt8], pixelLimit: Int = pixelLimit) throws -> Image {
    var header = cpng_header()
    var pixels = cpng_buffer()
    defer { cpng_free(&pixels) }
    var message = [CChar](repeating: 0, count: Int(CPNG_MESSAGE_SIZE))
    let code = bytes.withUnsafeBufferPointer {
      cpng_decode($0.baseAddress, $0.count, UInt64(pixelLimit), &header, &pixels, &message)
    }
    if code == CPNG_TOO_LARGE.rawValue {
      throw Problem(
        "png", "the picture is \(header.width)×\(header.height), larger than allowed",
        notes: ["the limit is \(pixelLimit) pixels"])
    }
    try check(code, message)
    return Image(
      width: Int(header.width), height: Int(header.height), channels: Int(header.channels),
      bytes: Array(UnsafeBufferPointer(start: pixels.bytes, count: pixels.count)))
  }

  /// Width, height and channels as the file's header says, without decoding.
  package static func size(of bytes: [UInt8]) throws -> (width: Int, height: Int, channels: Int) {
    var header = cpng_header()
    var message = [CChar](repeating: 0, count: Int(CPNG_MESSAGE_SIZE))
    let code = bytes.withUnsafeBufferPointer {
      cpng_read_header($0.baseAddress, $0.count, &header, &message)
    }
    try check(code, message)
    return (Int(header.width), Int(header.height), Int(header.channels))
  }

  /// The text chunks that stand before the pixels, by keyword.
  package static func texts(of bytes: [UInt8]) throws -> [String: String] {
    var out = cpng_buffer()
    defer { cpng_free(&out) }
    var message = [CChar](repeating: 0, count: Int(CPNG_MESSAGE_SIZE))
    let code = bytes.withUnsafeBufferPointer {
      cpng_read_texts($0.baseAddress, $0.count, &out, &message)
    }
    try check(code, message)
    let parts = UnsafeBufferPointer(start: out.bytes, count: out.count)
      .split(separator: 0, omittingEmptySubsequences: false).dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
    var texts: [String: String] = [:]
    for i in stride(from: 0, to: parts.count - 1, by: 2) { texts[parts[i]] = parts[i + 1] }
    return texts
  }

  /// Calls `body` with C strings that live as long as the call.
  private static func withPointers<R>(
    _ storage: [([CChar], [CChar])], _ body: (UnsafeBufferPointer<cpng_text>) -> R
  ) -> R {
    func descend(_ index: Int, _ made: [cpng_text]) -> R {
      if index == storage.count { return made.withUnsafeBufferPointer(body) }
      return storage[index].0.withUnsafeBufferPointer { key in
        storage[index].1.withUnsafeBufferPointer { text in
          descend(index + 1, made + [cpng_text(key: key.baseAddress, text: text.baseAddress)])
        }
      }
    }
    return descend(0, [])
  }

  private static func check(_ code: Int32, _ message: [CChar]) throws {
    if code == CPNG_OK.rawValue { return }
    let said = String(
      decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    switch UInt32(code) {
    case CPNG_NOT_PNG.rawValue: throw Problem("png", "this is not a PNG file", notes: [said])
    case CPNG_NO_MEMORY.rawValue: throw Problem("memory", "no memory for the picture")
    case CPNG_ARGUMENT.rawValue: throw Problem("png", "no PNG file can hold this", notes: [said])
    default: throw Problem("png", "the PNG file is damaged", notes: [said])
    }
  }
}
