import Basics

/// Images and labels in two IDX files.
package struct IDX: DatasetFormat {
  package var images = ""
  package var labels = ""
  package var classes = 0

  package init() {}

  package static let name = "idx"
  package static let text = """
    Images and labels in two IDX files, gzipped or not.

    The images are unsigned bytes in three axes, the labels in one; both numbers must agree.
    """
  package static let examples = """
    data = idx("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")
    idx("images-idx3-ubyte", "labels-idx1-ubyte", classes = 10)
    """
  package static let settings: [Setting<Self>] = [
    Setting("images", \.images, required: true, "file of the images"),
    Setting("labels", \.labels, required: true, "file of the labels"),
    Setting("classes", \.classes, in: 0...256, "number of classes; 0: one more than the largest"),
  ]

  package func open(_ files: FileAccess) throws -> any Dataset {
    try IDXFile.dataset(
      images: images, labels: labels, files: files, classes: classes == 0 ? nil : classes,
      classNames: nil)
  }
}
