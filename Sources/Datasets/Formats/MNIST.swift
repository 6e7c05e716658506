import Basics

/// Handwritten digits, 28 × 28.
package struct MNIST: DatasetFormat {
  package var folder = ""
  package var part = "train"

  package init() {}

  package static let name = "mnist"
  package static let text = """
    Handwritten digits: 60,000 pictures of 28 × 28 to train on and 10,000 to test.

    The folder holds the four IDX files, gzipped or not.
    """
  package static let examples = """
    digits = mnist("mnist")
    held_out = mnist("mnist", part = "test")
    """
  package static let settings: [Setting<Self>] = [
    Setting("dir", \.folder, required: true, "folder of the four files"),
    Setting("part", \.part, choices: DatasetPart.choices, "which part"),
  ]

  package func open(_ files: FileAccess) throws -> any Dataset {
    try MNISTFolder.open(
      folder, usual: nil, part: part, classNames: (0..<10).map(String.init), files: files,
      advice: ["download train-images-idx3-ubyte.gz and the other three into \"\(folder)\""])
  }
}
