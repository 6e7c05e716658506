import Basics
import Foundation

/// A way in which labelled samples come to a program: a layout of files, or a recipe.
package protocol DatasetFormat: Configurable {
  /// The dataset that the settings describe. Files are read through `files` alone.
  func open(_ files: FileAccess) throws -> any Dataset
}

/// Which part of a published dataset is meant.
enum DatasetPart {
  static let choices = ["train", "test"]
}

extension FileAccess {
  /// The content of a data file of at most `limit` bytes.
  func readData(_ path: String, limit: Int = 16 << 30) throws -> [UInt8] {
    let url = try readableURL(path)
    let size = (try? FileManager.default.attributesOfItem(atPath: url.path))?[.size] as? Int
    if let size, size > limit {
      throw Problem(
        "data", "\"\(path)\" is too large",
        notes: [
          "it has \(NumberText.bytes(Double(size))), at most "
            + "\(NumberText.bytes(Double(limit))) are read"
        ])
    }
    return try read(path)
  }

  /// Whether there is a file that may be read.
  func hasFile(_ path: String) -> Bool {
    guard let url = try? readableURL(path) else { return false }
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  /// The first of these files that exists, else the first.
  func firstExisting(_ paths: [String]) -> String { paths.first(where: hasFile) ?? paths[0] }
}
