import Basics

/// Photographs of clothes, 28 × 28 (arXiv 1708.07747).
package struct FashionMNIST: DatasetFormat {
  package var folder = ""
  package var part = "train"

  package init() {}

  /// Where Debian's package puts the files.
  package static let usualFolder = "/usr/share/datasets/fashion-mnist"

  /// The ten classes in the order of their labels.
  package static let classNames = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
  ]

  package static let name = "fashion_mnist"
  package static let text = """
    Photographs of clothes: 60,000 pictures of 28 × 28 to train on and 10,000 to test, in 10 \
    classes.

    Without a folder the files are those of Debian's package `dataset-fashion-mnist`.
    """
  package static let examples = """
    clothes = fashion_mnist()
    held_out = fashion_mnist(part = "test")
    """
  package static let settings: [Setting<Self>] = [
    Setting("dir", \.folder, "folder of the four files; \"\": where Debian installs them"),
    Setting("part", \.part, choices: DatasetPart.choices, "which part"),
  ]

  package func open(_ files: FileAccess) throws -> any Dataset {
    try MNISTFolder.open(
      folder, usual: Self.usualFolder, part: part, classNames: Self.classNames, files: files,
      advice: [
        "apt-get install dataset-fashion-mnist", "fashion_mnist(\"folder with the four files\")",
      ])
  }
}
