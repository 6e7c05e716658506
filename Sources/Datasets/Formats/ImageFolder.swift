import Basics
import Images

/// Pictures in one folder for each class.
package struct ImageFolder: DatasetFormat {
  package var folder = ""
  package var channels = 0

  package init() {}

  package static let name = "folder"
  package static let text = """
    PNG pictures in one folder for each class.

    Classes are the folders in the order of their names, pictures the files in the order of \
    theirs; other files are passed over. All pictures must have one size. Without `channels` they \
    are gray if every file is gray, else coloured; transparency is dropped.
    """
  package static let examples = """
    data = folder("fractals")
    data.classes
    """
  package static let settings: [Setting<Self>] = [
    Setting("dir", \.folder, required: true, "folder of the class folders"),
    Setting("channels", \.channels, in: 0...3, "1 gray, 3 coloured, 0 as the files are"),
  ]

  package func open(_ files: FileAccess) throws -> any Dataset {
    if channels == 2 {
      throw Problem("range", "`channels` is 2", notes: ["pictures are gray (1) or coloured (3)"])
    }
    let classNames = try files.entries(folder).filter(\.isFolder).map(\.name)
    guard !classNames.isEmpty else {
      throw Problem(
        "data", "\"\(folder)\" holds no class folders",
        notes: ["every folder in it is one class with its PNG files"])
    }
    var paths: [String] = []
    var labels: [Int] = []
    for (label, name) in classNames.enumerated() {
      let pictures = try files.entries(folder + "/" + name)
        .filter { !$0.isFolder && $0.name.lowercased().hasSuffix(".png") }
      guard !pictures.isEmpty else {
        throw Problem(
          "data", "class folder \"\(folder)/\(name)\" holds no PNG files",
          notes: ["remove the folder, or put the class's pictures there"])
      }
      paths += pictures.map { folder + "/" + name + "/" + $0.name }
      labels += pictures.map { _ in label }
    }
    let headers = try paths.map { try PNGHeader($0, files) }
    for (path, header) in zip(paths, headers)
    where (header.width, header.height) != (headers[0].width, headers[0].height) {
      throw Problem(
        "data", "the pictures in \"\(folder)\" have different sizes",
        notes: [
          "\"\(paths[0])\" is \(headers[0].width) × \(headers[0].height)",
          "\"\(path)\" is \(header.width) × \(header.height)",
        ])
    }
    let isColoured = channels == 0 ? headers.contains(where: \.isColoured) : channels == 3
    return Pictures(
      labels: labels, classes: classNames.count, classNames: classNames,
      sampleShape: [isColoured ? 3 : 1, headers[0].height, headers[0].width]
    ) { [paths] index, _ in
      do { return try PNGFile.decode(try files.readData(paths[index], limit: 1 << 30)) } catch var
        problem as Problem
      {
        problem.notes.append("while reading \"\(paths[index])\"")
        throw problem
      }
    }
  }
}

/// The first bytes of a PNG file, which give its size without decoding it.
private struct PNGHeader {
  let width: Int
  let height: Int
  let isColoured: Bool

  init(_ path: String, _ files: FileAccess) throws {
    let bytes = try files.read(path, first: 26)
    let signature: [UInt8] = [137, 80, 78, 71, 13, 10, 26, 10]
    guard bytes.count == 26, bytes.starts(with: signature) else {
      throw Problem(
        "data", "\"\(path)\" is not a PNG picture",
        notes: [
          bytes.count < 26
            ? "it has only \(bytes.count) bytes" : "it does not begin with PNG's signature"
        ])
    }
    func number(_ start: Int) -> Int {
      bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    width = number(16)
    height = number(20)
    guard (1...65536).contains(width), (1...65536).contains(height) else {
      throw Problem("data", "\"\(path)\" claims to be \(width) × \(height) pixels")
    }
    // Colour types: 0 gray, 4 gray with alpha; the others have colours.
    isColoured = bytes[25] != 0 && bytes[25] != 4
  }
}
