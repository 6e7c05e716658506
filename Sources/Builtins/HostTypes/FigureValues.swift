import Basics
import Figures
import Images
import Language
import Tensors

/// A plot in the language: marks over each other on common axes.
final class PlotValue: HostValue {
  static let typeName = "Plot"
  let plot: Plot

  init(_ plot: Plot) { self.plot = plot }

  func show(_ style: DisplayStyle) -> Shown {
    guard !plot.marks.isEmpty, let figure = try? Figure(plot) else {
      return Shown("Plot: \(plot.summary)")
    }
    return Shown("Plot: \(plot.summary)", picture: FigureValue.picture(of: figure))
  }

  /// The numbers of a histogram.
  var fieldNames: [String] { histogram == nil ? [] : ["counts", "edges"] }

  func field(_ name: String, _ call: Call) throws -> Value? {
    guard let (edges, heights) = histogram?.counted else { return nil }
    switch name {
    case "counts": return Value(Tensor(heights, shape: [heights.count]))
    case "edges": return Value(Tensor(edges, shape: [edges.count]))
    default: return nil
    }
  }

  private var histogram: Histogram? {
    plot.marks.count == 1 ? plot.marks[0] as? Histogram : nil
  }

  func combined(_ sign: String, with other: Value, isLeft: Bool, _ call: Call) throws -> Value? {
    guard sign == "+", let other = try FigureArguments.plot(from: other) else { return nil }
    return .host(PlotValue(isLeft ? plot + other : other + plot))
  }
}

/// A figure in the language: panels on a page of exact size.
final class FigureValue: HostValue, Savable {
  static let typeName = "Figure"
  let figure: Figure

  init(_ figure: Figure) { self.figure = figure }

  func show(_ style: DisplayStyle) -> Shown {
    Shown("Figure \(figure.sizeText)", picture: Self.picture(of: figure))
  }

  /// `remarks` are what a careful reader of the proofs would mark.
  let fieldNames = ["width", "height", "panels", "remarks"]

  func field(_ name: String, _ call: Call) throws -> Value? {
    switch name {
    case "width": .int(figure.width)
    case "height": .int(figure.height)
    case "panels": .int(figure.panels.count)
    case "remarks": Value(try Preflight.remarks(on: figure).map(Value.string))
    default: nil
    }
  }

  func save(to path: String, _ call: Call) throws -> [String] {
    try figure.save(to: path, files: call.runtime.files, interruption: call.interruption).files
  }

  static func picture(of figure: Figure) -> Language.Picture {
    Language.Picture(caption: figure.sizeText) {
      let image = try figure.preview(dpi: 144).rgb()
      return .init(width: image.width, height: image.height, rgb: image.bytes)
    } data: {
      try figure.bytes(.png(dpi: 144))
    }
  }
}

/// Pictures in a grid: a picture by itself, a panel in a figure.
final class MontageValue: HostValue, Drawable, Savable {
  static let typeName = "Montage"
  let pictures: [Image]
  let plot: Plot
  private let image: Image

  init(_ pictures: [Image], plot: Plot, image: Image) {
    self.pictures = pictures
    self.plot = plot
    self.image = image
  }

  func show(_ style: DisplayStyle) -> Shown {
    Shown(
      "Montage of \(pictures.count) pictures, \(image.width)×\(image.height)",
      picture: ImageValue(image).picture)
  }

  func drawn() throws -> Image { image }

  let fieldNames = ["width", "height", "size"]

  func field(_ name: String, _ call: Call) throws -> Value? {
    try ImageValue(image).field(name, call)
  }

  var elementCount: Int? { pictures.count }

  func element(_ indices: [SubscriptItem], _ call: Call) throws -> Value {
    guard indices.count == 1, case .at(let index) = indices[0],
      pictures.indices.contains(index < 0 ? index + pictures.count : index)
    else {
      throw Problem("index", "a montage is indexed by one integer below \(pictures.count)")
    }
    return .host(ImageValue(pictures[index < 0 ? index + pictures.count : index]))
  }

  func combined(_ sign: String, with other: Value, isLeft: Bool, _ call: Call) throws -> Value? {
    try PlotValue(plot).combined(sign, with: other, isLeft: isLeft, call)
  }

  func save(to path: String, _ call: Call) throws -> [String] {
    try ImageValue(image).save(to: path, call)
  }
}

/// A value that `save` can write to a file.
protocol Savable: HostValue {
  /// Writes the file and what belongs beside it; returns the paths, as the program names them.
  func save(to path: String, _ call: Call) throws -> [String]
}

extension ImageValue: Savable {
  package func save(to path: String, _ call: Call) throws -> [String] {
    guard path.lowercased().hasSuffix(".png") else {
      throw Problem(
        "file", "a picture is saved as PNG, not as \"\(path)\"",
        suggestions: [
          path.split(separator: ".").first.map { "\"\($0).png\"" } ?? "\"picture.png\""
        ],
        argument: 1)
    }
    try call.write(try PNGFile.encode(image.asBytes()), to: path)
    return [path]
  }
}

/// Values of the language as data of figures.
enum FigureArguments {
  /// A plot from a value that is one, or that can be a panel: pictures, montages.
  static func plot(from value: Value) throws -> Plot? {
    guard case .host(let host) = value else { return nil }
    if let plot = host as? PlotValue { return plot.plot }
    if let montage = host as? MontageValue { return montage.plot }
    if let image = try ImageValue.converted(from: value) { return try .image(image.image) }
    return nil
  }

  static func argument(_ value: Value, _ name: String) throws -> FigureArgument {
    switch value {
    case .int(let number): return .setting(.integer(number))
    case .real(let number): return .setting(.real(number))
    case .bool(let flag): return .setting(.boolean(flag))
    case .string(let text): return .setting(.text(text))
    case .range(let range):
      // `xrange = 0..5` names two ends; a range of data names its elements.
      if name.hasSuffix("range") { return .numbers([range.bounds.low, range.bounds.high]) }
      return .numbers(try range.tensor().doubles)
    case .tensor(let box):
      let tensor = box.tensor
      if tensor.rank == 2 {
        return .matrix(
          Matrix(rows: tensor.shape[0], columns: tensor.shape[1], values: tensor.doubles))
      }
      guard tensor.rank <= 1 else {
        throw Problem("shape", "`\(name)` takes numbers or a matrix, not \(value.facts)")
      }
      return .numbers(tensor.doubles)
    case .tuple(let tuple):
      if let tensor = value.tensor { return .numbers(tensor.doubles) }
      let texts = tuple.items.compactMap { item -> String? in
        if case .string(let text) = item { text } else { nil }
      }
      if texts.count == tuple.items.count { return .texts(texts) }
      let pictures = try tuple.items.compactMap { try ImageValue.converted(from: $0)?.image }
      if pictures.count == tuple.items.count { return .pictures(pictures) }
    case .host(let host):
      if let montage = host as? MontageValue { return .pictures(montage.pictures) }
      if let image = try ImageValue.converted(from: value) { return .pictures([image.image]) }
    case .none, .complex, .function: break
    }
    throw Problem("type", "`\(name)` cannot show \(Spelling.article(value.typeName))")
  }
}
