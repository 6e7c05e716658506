import Basics
import Foundation
import Images
import Tensors
import Testing

@testable import Datasets

@Suite struct IDXTests {
  func open(_ scratch: Scratch) throws -> any Dataset {
    var format = IDX()
    format.images = "i"
    format.labels = "l"
    return try format.open(scratch.files)
  }

  let pixels: [UInt8] = (0..<18).map { UInt8($0 * 15) }

  @Test(arguments: [false, true]) func `reads plain and gzipped files`(isGzip: Bool) throws {
    let scratch = try Scratch()
    let (images, labels) = (idx([3, 2, 3], pixels), idx([3], [2, 0, 1]))
    try scratch.write(isGzip ? gzipped(images) : images, "i")
    try scratch.write(isGzip ? gzipped(labels) : labels, "l")
    let data = try open(scratch)
    #expect(data.count == 3)
    #expect(data.classes == 3)
    #expect(data.sampleShape == [1, 2, 3])
    let found = try data.samples([2, 0])
    #expect(found.labels == [1, 2])
    #expect(found.inputs.shape == [2, 1, 2, 3])
    #expect(found.inputs.precision == .f32)
    #expect(found.inputs[flat: 0] == Double(Float(180) * (1 / 255)))
    #expect(data.summary.hasPrefix("3 images [2, 3] f32 in 3 classes, min 0"))
  }

  @Test(arguments: 0..<22) func `a truncated file is refused wherever it ends`(length: Int) throws {
    let scratch = try Scratch()
    let images = idx([3, 2, 3], pixels)
    try scratch.write(Array(images[..<length]), "i")
    try scratch.write(idx([3], [2, 0, 1]), "l")
    let found = problem { _ = try open(scratch) }
    #expect(found?.message.contains("\"i\"") == true)
    try scratch.write(Array(gzipped(images).dropLast(length + 1)), "i")
    #expect(problem { _ = try open(scratch) }?.slug == "data")
  }

  @Test func `hostile headers are refused without memory for them`() throws {
    let scratch = try Scratch()
    try scratch.write(idx([3], [2, 0, 1]), "l")
    let huge = idx([0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [])
    let files: [[UInt8]] = [
      huge, gzipped(huge), idx([0x7fff_ffff, 2, 3], pixels), idx([0, 2, 3], []),
      idx([2, 2, 3], pixels), gzipped(idx([2, 2, 3], pixels)), idx([4, 2, 3], pixels),
      idx([3], [1, 2, 3]), [0, 0, 13, 3] + idx([3, 2, 3], pixels).dropFirst(4),
      [0x1f, 0x8b], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6], [],
    ]
    for file in files {
      try scratch.write(file, "i")
      let found = problem { _ = try open(scratch) }
      #expect(found?.slug == "data", "\(file.prefix(20))")
      #expect(found?.notes.isEmpty == false)
    }
  }

  @Test func `counts and labels that do not fit are named`() throws {
    let scratch = try Scratch()
    try scratch.write(idx([3, 2, 3], pixels), "i")
    try scratch.write(idx([4], [2, 0, 1, 1]), "l")
    let found = problem { _ = try open(scratch) }
    #expect(found?.notes == ["\"i\" has 3 images, \"l\" has 4 labels"])
    try scratch.write(idx([3], [2, 0, 9]), "l")
    var format = IDX()
    (format.images, format.labels, format.classes) = ("i", "l", 4)
    let label = problem { _ = try format.open(scratch.files) }
    #expect(label?.notes == ["label number 2 is 9, there are 4 classes"])
  }

  @Test func `a missing data set says how to get it`() throws {
    let scratch = try Scratch()
    var fashion = FashionMNIST()
    fashion.folder = "nowhere"
    let found = problem { _ = try fashion.open(scratch.files) }
    #expect(found?.suggestions.first == "apt-get install dataset-fashion-mnist")
    fashion.folder = "/etc"
    #expect(problem { _ = try fashion.open(scratch.files) }?.slug == "denied")
  }

  @Test func `both spellings of the file names are found in a folder`() throws {
    let scratch = try Scratch()
    try scratch.write(gzipped(idx([3, 2, 3], pixels)), "m/t10k-images-idx3-ubyte.gz")
    try scratch.write(idx([3], [2, 0, 1]), "m/t10k-labels.idx1-ubyte")
    var digits = MNIST()
    (digits.folder, digits.part) = ("m", "test")
    let data = try digits.open(scratch.files)
    #expect(data.classes == 10)
    #expect(data.classNames?[3] == "3")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: FashionMNIST.usualFolder)))
  func `Debian's Fashion-MNIST is read from where it is installed`() throws {
    let scratch = try Scratch()
    var fashion = FashionMNIST()
    fashion.part = "test"
    let data = try fashion.open(scratch.files)
    #expect(data.count == 10_000)
    #expect(data.classCounts == [Int](repeating: 1000, count: 10))
    #expect(data.classNames?[9] == "Ankle boot")
  }
}

@Suite struct CIFARTests {
  func record(_ labels: [UInt8], _ value: UInt8) -> [UInt8] {
    labels + [UInt8](repeating: value, count: 1024) + [UInt8](repeating: 0, count: 1024)
      + [UInt8](repeating: 255, count: 1024)
  }

  @Test func `reads ten and hundred classes and their names`() throws {
    let scratch = try Scratch()
    try scratch.write(record([7], 51) + record([2], 0), "c/test_batch.bin")
    let names = (0..<10).map { "name \($0)" }.joined(separator: "\n") + "\n\n"
    try scratch.write(Array(names.utf8), "c/batches.meta.txt")
    var ten = CIFAR10()
    (ten.folder, ten.part) = ("c", "test")
    let data = try ten.open(scratch.files)
    #expect(data.labels == [7, 2])
    #expect(data.sampleShape == [3, 32, 32])
    #expect(data.classNames?[7] == "name 7")
    let sample = try data.samples([0]).inputs.floats
    #expect(sample[0] == Float(51) * (1 / 255))
    #expect(sample[1024] == 0 && sample[3071] == 1)

    try scratch.write(record([3, 88], 1), "c/train.bin")
    var hundred = CIFAR100()
    hundred.folder = "c"
    #expect(try hundred.open(scratch.files).labels == [88])
    hundred.labels = "coarse"
    let coarse = try hundred.open(scratch.files)
    #expect(coarse.labels == [3] && coarse.classes == 20)
  }

  @Test func `short files, wrong labels and missing files are refused`() throws {
    let scratch = try Scratch()
    var ten = CIFAR10()
    (ten.folder, ten.part) = ("c", "test")
    try scratch.folder("c")
    #expect(problem { _ = try ten.open(scratch.files) }?.slug == "file")
    let files: [[UInt8]] = [
      [], Array(record([7], 1).dropLast()), record([10], 1), record([7], 1) + [0],
    ]
    for file in files {
      try scratch.write(file, "c/test_batch.bin")
      #expect(problem { _ = try ten.open(scratch.files) }?.slug == "data")
    }
  }
}

@Suite struct ImageFolderTests {
  func open(_ scratch: Scratch, channels: Int = 0) throws -> any Dataset {
    var format = ImageFolder()
    (format.folder, format.channels) = ("p", channels)
    return try format.open(scratch.files)
  }

  @Test func `classes are the folders in the order of their names`() throws {
    let scratch = try Scratch()
    try scratch.picture("p/zebra/2.png", width: 3, height: 2, channels: 1, value: 255)
    try scratch.picture("p/zebra/10.png", width: 3, height: 2, channels: 1, value: 51)
    try scratch.picture("p/ant/x.PNG", width: 3, height: 2, channels: 1, value: 0)
    try scratch.write([1, 2, 3], "p/ant/notes.txt")
    try scratch.write([1, 2, 3], "p/readme")
    let data = try open(scratch)
    #expect(data.classNames == ["ant", "zebra"])
    #expect(data.labels == [0, 1, 1])
    #expect(data.sampleShape == [1, 2, 3])
    for _ in 0..<2 {
      let found = try data.everything().inputs
      #expect(found[flat: 0] == 0)
      #expect(found[flat: 6] == Double(Float(51) * (1 / 255)))
      #expect(found[flat: 12] == 1)
    }
  }

  @Test func `colours are planes, and gray files join coloured ones`() throws {
    let scratch = try Scratch()
    let image = Image(width: 2, height: 1, channels: 3, bytes: [255, 0, 51, 0, 255, 102])
    try scratch.write(try PNGFile.encode(image), "p/a/1.png")
    try scratch.picture("p/b/1.png", width: 2, height: 1, channels: 1, value: 255)
    let data = try open(scratch)
    #expect(data.sampleShape == [3, 1, 2])
    let values = try data.everything().inputs.floats
    #expect(values[0..<4] == [1, 0, 0, 1])
    #expect(values[6...].allSatisfy { $0 == 1 })
    #expect(try open(scratch, channels: 1).sampleShape == [1, 1, 2])
  }

  @Test func `empty folders, mixed sizes and files that are no pictures are named`() throws {
    let scratch = try Scratch()
    #expect(problem { _ = try open(scratch) }?.message == "there is no folder \"p\"")
    try scratch.folder("p")
    #expect(problem { _ = try open(scratch) }?.message == "\"p\" holds no class folders")
    try scratch.folder("p/a")
    #expect(
      problem { _ = try open(scratch) }?.message == "class folder \"p/a\" holds no PNG files")
    try scratch.picture("p/a/1.png", width: 3, height: 2, channels: 1, value: 0)
    try scratch.picture("p/a/2.png", width: 2, height: 2, channels: 1, value: 0)
    let mixed = problem { _ = try open(scratch) }
    #expect(mixed?.notes == ["\"p/a/1.png\" is 3 × 2", "\"p/a/2.png\" is 2 × 2"])
    for junk: [UInt8] in [[], [137, 80], [UInt8](repeating: 7, count: 100)] {
      try scratch.write(junk, "p/a/2.png")
      #expect(
        problem { _ = try open(scratch) }?.message == "\"p/a/2.png\" is not a PNG picture")
    }
  }

  @Test func `a picture damaged after its header is named when it is read`() throws {
    let scratch = try Scratch()
    try scratch.picture("p/a/1.png", width: 3, height: 2, channels: 1, value: 0)
    let whole = try scratch.files.read("p/a/1.png")
    try scratch.write(Array(whole[..<40]), "p/a/1.png")
    let data = try open(scratch)
    let found = problem { _ = try data.everything() }
    #expect(found?.notes.contains("while reading \"p/a/1.png\"") == true)
    var huge = whole
    huge[16] = 0x7f
    try scratch.write(huge, "p/a/1.png")
    #expect(problem { _ = try open(scratch) }?.message.contains("claims") == true)
  }
}

@Suite struct SafetensorsTests {
  @Test func `tensors and metadata come back as they went`() throws {
    let scratch = try Scratch()
    let file = Safetensors(
      [
        ("b.weight", Tensor(floats: [1, -2.5, .pi], shape: [3, 1])),
        ("a", Tensor([0.1, 2], shape: [2])), ("scalar", Tensor([7], shape: [])),
        ("empty", Tensor(floats: [], shape: [0, 3])),
      ], metadata: ["made by": "test \"quoted\" / ü"])
    try file.write(to: "w.safetensors", files: scratch.files)
    let found = try Safetensors(contentsOf: "w.safetensors", files: scratch.files)
    #expect(Set(found.tensors.map(\.name)) == Set(file.tensors.map(\.name)))
    for (name, tensor) in file.tensors { #expect(found[name] == tensor) }
    #expect(found.metadata == file.metadata)
    #expect(try file.encoded() == found.encodedSorted(like: file))
  }

  @Test func `half precision and whole numbers are read`() throws {
    let json = """
      {"h":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},\
      "b":{"dtype":"BF16","shape":[1],"data_offsets":[6,8]},\
      "i":{"dtype":"I64","shape":[1],"data_offsets":[8,16]}}
      """
    let bytes: [UInt8] =
      [0x00, 0x3c, 0x01, 0x00, 0x00, 0xfc, 0xc0, 0x3f] + [254] + [UInt8](repeating: 255, count: 7)
    let file = try Safetensors(decoding: framed(json) + bytes, file: "x")
    #expect(file["h"]?.floats == [1, 0x1p-24, -.infinity])
    #expect(file["b"]?.floats == [1.5])
    #expect(file["i"]?.doubles == [-2])
  }

  @Test(arguments: [
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#,
    #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#,
    #"{"a":{"dtype":"F32","shape":[0],"data_offsets":[9223372036854775807,0]}}"#,
    #"{"a":[]}"#, #"[]"#, "", "{",
    #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#,
    #"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#,
  ])
  func `a header that does not fit its file is refused`(json: String) {
    let found = problem { _ = try Safetensors(decoding: framed(json) + [0, 0, 0, 0], file: "x") }
    #expect(found?.slug == "data")
  }

  @Test func `a header length beyond the file is refused`() {
    for bytes: [UInt8] in [[], [1, 2, 3], [UInt8](repeating: 255, count: 20)] {
      #expect(problem { _ = try Safetensors(decoding: bytes, file: "x") }?.slug == "data")
    }
  }

  private func framed(_ json: String) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: json.utf8.count >> (8 * $0)) } + Array(json.utf8)
  }
}

extension Safetensors {
  /// The bytes with the tensors in the order of another file.
  fileprivate func encodedSorted(like other: Safetensors) throws -> [UInt8] {
    let tensors = other.tensors.compactMap { entry in self[entry.name].map { (entry.name, $0) } }
    return try Safetensors(tensors, metadata: metadata).encoded()
  }
}

@Suite struct PointsTests {
  @Test(arguments: ["moons", "spirals", "blobs"]) func `toy sets are balanced and repeatable`(
    kind: String
  ) throws {
    var points = Points()
    (points.kind, points.count, points.classes) = (kind, 90, 3)
    let data = try points.dataset()
    let classes = kind == "moons" ? 2 : 3
    #expect(data.classCounts == [Int](repeating: 90 / classes, count: classes))
    #expect(try data.everything().inputs == points.dataset().everything().inputs)
    points.seed = 1
    #expect(try data.everything().inputs != points.dataset().everything().inputs)
  }
}

@Suite struct FormatIndexTests {
  @Test func `every format has a name, a text and settings that take their defaults`() throws {
    var names: Set<String> = []
    for format in Formats.all {
      #expect(names.insert(format.name).inserted)
      #expect(!format.text.isEmpty && !format.examples.isEmpty)
      try takesItsDefaults(format)
    }
  }
}

/// Sets every setting of a member to what it is by default.
func takesItsDefaults<Member: Configurable>(_ type: Member.Type) throws {
  var member = Member()
  for setting in Member.settings where !setting.isRequired {
    try setting.set(setting.value(in: member), in: &member)
  }
}
