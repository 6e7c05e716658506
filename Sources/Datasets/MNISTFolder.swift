import Basics
import Foundation

/// The four files of MNIST and of the datasets that took over its layout.
enum MNISTFolder {
  /// One part of the dataset in `folder`; an empty `folder` means `usual`, where a Debian package
  /// puts it, which every program may read.
  static func open(
    _ folder: String, usual: String?, part: String, classNames: [String], files: FileAccess,
    advice: [String]
  ) throws -> any Dataset {
    let isUsual = folder.isEmpty && usual != nil
    let place = folder.isEmpty ? usual ?? "." : folder
    let reader =
      isUsual ? FileAccess(root: URL(fileURLWithPath: place), reading: [], writing: []) : files
    let stem = part == "train" ? "train" : "t10k"
    func file(_ content: String, _ rank: Int) -> String {
      let base = isUsual ? "" : place + "/"
      // Both spellings are met in the wild.
      let names = ["\(stem)-\(content)-idx\(rank)-ubyte", "\(stem)-\(content).idx\(rank)-ubyte"]
      return reader.firstExisting(names.flatMap { [base + $0 + ".gz", base + $0] })
    }
    let (images, labels) = (file("images", 3), file("labels", 1))
    // Denied access is a trouble of its own; only a missing file gets the advice.
    _ = try reader.kind(images)
    guard reader.hasFile(images), reader.hasFile(labels) else {
      let missing = reader.hasFile(images) ? labels : images
      throw Problem(
        "data", "there is no \(PathName.last(missing)) in \"\(place)\"",
        notes: ["the four files of the data set are expected there, gzipped or not"],
        suggestions: advice)
    }
    return try IDXFile.dataset(
      images: images, labels: labels, files: reader, classes: 10, classNames: classNames)
  }
}
