import Basics

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
    if let size = try size(path), size > limit {
      throw Problem(
        "data", "\"\(path)\" is too large",
        notes: [
          "it has \(NumberText.bytes(Double(size))), at most "
            + "\(NumberText.bytes(Double(limit))) are read"
        ])
    }
    return try read(path)
  }

  /// The first of these files that exists, else the first.
  func firstExisting(_ paths: [String]) -> String { paths.first(where: hasFile) ?? paths[0] }
}
