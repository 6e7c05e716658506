import Basics

/// The IDX layout of the MNIST family: two zero bytes, type, rank, sizes (big-endian), numbers.
struct IDXFile {
  let shape: [Int]
  let bytes: [UInt8]

  /// Reads a file, gzipped or not, whose numbers are unsigned bytes in `rank` axes.
  init(_ path: String, rank: Int, files: FileAccess) throws {
    let raw = try files.readData(path)
    let isGzip = Gzip.isGzip(raw)
    let headerSize = 4 + 4 * rank
    let header = isGzip ? try Gzip.inflate(raw, limit: headerSize, file: path) : raw
    guard header.count >= 4 else {
      throw Problem(
        "data", "\"\(path)\" is too short to be an IDX file",
        notes: ["it has \(header.count) bytes, the header alone takes \(headerSize)"])
    }
    guard header[0] == 0, header[1] == 0, header[2] == 8, Int(header[3]) == rank else {
      let found = header[..<4].map { "\($0)" }.joined(separator: " ")
      throw Problem(
        "data", "\"\(path)\" is not an IDX file of \(rank == 1 ? "labels" : "images")",
        notes: ["it should begin with the bytes 0 0 8 \(rank), it begins with \(found)"],
        suggestions: header[2] == 8 && header[3] <= 4 && header[0] == 0
          ? ["check that images and labels are not exchanged"] : [])
    }
    guard header.count >= headerSize else {
      throw Problem(
        "data", "\"\(path)\" ends inside its header",
        notes: ["it has \(header.count) bytes, the header takes \(headerSize)"])
    }
    shape = (0..<rank).map { axis in
      header[4 + 4 * axis..<8 + 4 * axis].reduce(0) { $0 << 8 | Int($1) }
    }
    var size = 1
    for length in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: length)
      guard length > 0, !overflow, product <= 16 << 30 else {
        throw Problem(
          "data", "\"\(path)\" claims an impossible size",
          notes: ["its header says \(shape.map(String.init).joined(separator: " × "))"])
      }
      size = product
    }
    // One byte more than announced is enough to notice a file that is too long.
    let content = isGzip ? try Gzip.inflate(raw, limit: headerSize + size + 1, file: path) : raw
    guard content.count == headerSize + size else {
      let found =
        content.count < headerSize + size
        ? "it ends after \(max(0, content.count - headerSize))" : "it goes on after them"
      throw Problem(
        "data", "\"\(path)\" does not have the length its header says",
        notes: ["\(shape.map(String.init).joined(separator: " × ")) is \(size) numbers, \(found)"])
    }
    bytes = Array(content[headerSize...])
  }

  /// Images with their labels as a dataset of [1, height, width].
  static func dataset(
    images: String, labels: String, files: FileAccess, classes: Int?, classNames: [String]?
  ) throws -> ArrayDataset {
    let pictures = try IDXFile(images, rank: 3, files: files)
    let classOf = try IDXFile(labels, rank: 1, files: files)
    guard pictures.shape[0] == classOf.shape[0] else {
      throw Problem(
        "data", "images and labels differ in number",
        notes: [
          "\"\(images)\" has \(pictures.shape[0]) images, "
            + "\"\(labels)\" has \(classOf.shape[0]) labels"
        ],
        suggestions: ["take both files from the same part, train or t10k"])
    }
    let numbers = classOf.bytes.map(Int.init)
    if let classes, let wrong = numbers.firstIndex(where: { $0 >= classes }) {
      throw Problem(
        "data", "\"\(labels)\" holds a label that is no class",
        notes: ["label number \(wrong) is \(numbers[wrong]), there are \(classes) classes"])
    }
    return try ArrayDataset(
      .bytes(pictures.bytes), labels: numbers, sampleShape: [1] + pictures.shape.dropFirst(),
      classes: classes, classNames: classNames)
  }
}
