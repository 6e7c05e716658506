import Basics
import Foundation

/// The binary layout of CIFAR: records of label bytes and 3 × 32 × 32 picture bytes.
enum CIFARFile {
  static let pixels = 3 * 32 * 32

  /// Reads the records of several files.
  ///
  /// - Parameters:
  ///   - labelBytes: 1 for CIFAR-10; 2 for CIFAR-100 (coarse, then fine).
  ///   - labelAt: which of them is the class.
  static func dataset(
    _ paths: [String], labelBytes: Int, labelAt: Int, classes: Int, classNames: [String]?,
    files: FileAccess
  ) throws -> ArrayDataset {
    let record = labelBytes + pixels
    var bytes: [UInt8] = []
    var labels: [Int] = []
    for path in paths {
      let content = try files.readData(path, limit: 1 << 30)
      guard !content.isEmpty, content.count % record == 0 else {
        throw Problem(
          "data", "\"\(path)\" is not a CIFAR file, or ends too early",
          notes: [
            "its records have \(record) bytes, \(content.count) bytes are "
              + "\(content.count / record) records and \(content.count % record) bytes"
          ],
          suggestions: ["use the \"binary version\" of CIFAR-\(classes == 10 ? "10" : "100")"])
      }
      for start in stride(from: 0, to: content.count, by: record) {
        let label = Int(content[start + labelAt])
        guard label < classes else {
          throw Problem(
            "data", "\"\(path)\" holds a label that is no class",
            notes: ["record \(start / record) has label \(label), there are \(classes) classes"])
        }
        labels.append(label)
        bytes += content[start + labelBytes..<start + record]
      }
    }
    return try ArrayDataset(
      .bytes(bytes), labels: labels, sampleShape: [3, 32, 32], classes: classes,
      classNames: classNames)
  }

  /// The names in a text file with one class a line, when it is there and has as many.
  static func names(_ path: String, count: Int, files: FileAccess) -> [String]? {
    guard files.hasFile(path), let bytes = try? files.readData(path, limit: 1 << 16) else {
      return nil
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    return lines.count == count ? lines : nil
  }
}
