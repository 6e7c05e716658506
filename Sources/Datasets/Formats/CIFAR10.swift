import Basics

/// Colour photographs of 32 × 32 in 10 classes, in the binary layout.
package struct CIFAR10: DatasetFormat {
  package var folder = ""
  package var part = "train"

  package init() {}

  package static let name = "cifar10"
  package static let text = """
    Colour photographs of 32 × 32 in 10 classes: 50,000 to train on and 10,000 to test.

    The folder holds the files of the binary version, `data_batch_1.bin` to `data_batch_5.bin` \
    and `test_batch.bin`; class names come from `batches.meta.txt` when it is there.
    """
  package static let examples = """
    data = cifar10("cifar-10-batches-bin")
    held_out = cifar10("cifar-10-batches-bin", part = "test")
    """
  package static let settings: [Setting<Self>] = [
    Setting("dir", \.folder, required: true, "folder of the binary version's files"),
    Setting("part", \.part, choices: DatasetPart.choices, "which part"),
  ]

  package func open(_ files: FileAccess) throws -> any Dataset {
    let names = part == "train" ? (1...5).map { "data_batch_\($0).bin" } : ["test_batch.bin"]
    return try CIFARFile.dataset(
      names.map { folder + "/" + $0 }, labelBytes: 1, labelAt: 0, classes: 10,
      classNames: CIFARFile.names(folder + "/batches.meta.txt", count: 10, files: files),
      files: files)
  }
}
