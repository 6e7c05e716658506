import Basics
import CZlib
import Foundation
import Images

/// A folder for one test's files, removed with the value.
final class Scratch {
  let url: URL
  let files: FileAccess

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("fdsl-data-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    files = FileAccess(root: url)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ bytes: [UInt8], _ path: String) throws {
    let target = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: target)
  }

  func folder(_ path: String) throws {
    try FileManager.default.createDirectory(
      at: url.appendingPathComponent(path), withIntermediateDirectories: true)
  }

  func picture(_ path: String, width: Int, height: Int, channels: Int, value: UInt8) throws {
    let image = Image(
      width: width, height: height, channels: channels,
      bytes: [UInt8](repeating: value, count: width * height * channels))
    try write(try PNGFile.encode(image), path)
  }
}

/// An IDX file of unsigned bytes.
func idx(_ shape: [Int], _ bytes: [UInt8]) -> [UInt8] {
  [0, 0, 8, UInt8(shape.count)]
    + shape.flatMap { n in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: n >> $0) } } + bytes
}

/// The bytes as gzip makes them.
func gzipped(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  precondition(
    deflateInit2_(
      &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, zlibVersion(),
      Int32(MemoryLayout<z_stream>.size)) == Z_OK)
  defer { deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 64)
  let size = input.withUnsafeMutableBufferPointer { source in
    output.withUnsafeMutableBufferPointer { target in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      stream.next_out = target.baseAddress
      stream.avail_out = UInt32(target.count)
      precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
      return target.count - Int(stream.avail_out)
    }
  }
  return Array(output[..<size])
}

/// The problem that `body` throws.
func problem(_ body: () throws -> Void) -> Problem? {
  do {
    try body()
    return nil
  } catch { return error as? Problem }
}
