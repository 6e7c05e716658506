import Basics

/// Colour photographs of 32 × 32 in 100 classes, in the binary layout.
package struct CIFAR100: DatasetFormat {
  package var folder = ""
  package var part = "train"
  package var labels = "fine"

  package init() {}

  package static let name = "cifar100"
  package static let text = """
    Colour photographs of 32 × 32 in 100 classes: 50,000 to train on and 10,000 to test.

    The folder holds `train.bin` and `test.bin` of the binary version; `labels = "coarse"` takes \
    the 20 superclasses.
    """
  package static let examples = """
    data = cifar100("cifar-100-binary")
    coarse = cifar100("cifar-100-binary", labels = "coarse")
    """
  package static let settings: [Setting<Self>] = [
    Setting("dir", \.folder, required: true, "folder of the binary version's files"),
    Setting("part", \.part, choices: DatasetPart.choices, "which part"),
    Setting("labels", \.labels, choices: ["fine", "coarse"], "100 classes or 20 superclasses"),
  ]

  package func open(_ files: FileAccess) throws -> any Dataset {
    let classes = labels == "fine" ? 100 : 20
    return try CIFARFile.dataset(
      [folder + "/" + part + ".bin"], labelBytes: 2, labelAt: labels == "fine" ? 1 : 0,
      classes: classes,
      classNames: CIFARFile.names(
        folder + "/\(labels)_label_names.txt", count: classes, files: files),
      files: files)
  }
}
