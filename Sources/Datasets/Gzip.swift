import Basics
import CZlib

/// Gzip members (RFC 1952) opened through zlib, never further than asked.
enum Gzip {
  /// Whether the bytes start like a gzip file.
  static func isGzip(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b
  }

  /// At most `limit` bytes of what was compressed. A file that would give more is cut there, so a
  /// small file cannot fill the memory.
  static func inflate(_ bytes: [UInt8], limit: Int, file: String) throws -> [UInt8] {
    var stream = z_stream()
    // 15 bits of window, and 16 for "gzip header and checksum".
    guard
      inflateInit2_(&stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw Problem("data", "zlib could not be started") }
    defer { inflateEnd(&stream) }

    var result: [UInt8] = []
    var status = Z_OK
    let chunk = min(limit, 1 << 20)
    var input = bytes
    try input.withUnsafeMutableBufferPointer { source in
      var offset = 0
      while status != Z_STREAM_END, result.count < limit {
        if stream.avail_in == 0 {
          let next = min(source.count - offset, 1 << 30)
          if next == 0 {
            throw Problem(
              "data", "\"\(file)\" ends too early",
              notes: ["the gzip stream breaks off after \(result.count) bytes of content"])
          }
          stream.next_in = source.baseAddress! + offset
          stream.avail_in = UInt32(next)
          offset += next
        }
        let wanted = min(chunk, limit - result.count)
        let before = result.count
        result.append(contentsOf: repeatElement(0, count: wanted))
        status = result.withUnsafeMutableBufferPointer { out in
          stream.next_out = out.baseAddress! + before
          stream.avail_out = UInt32(wanted)
          return CZlib.inflate(&stream, Z_NO_FLUSH)
        }
        result.removeLast(Int(stream.avail_out))
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
          throw Problem(
            "data", "\"\(file)\" is damaged",
            notes: [
              stream.msg.map { "zlib says: " + String(cString: $0) } ?? "zlib error \(status)"
            ])
        }
      }
    }
    return result
  }
}
