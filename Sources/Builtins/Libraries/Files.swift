import Basics
import Images
import Language
import Networks

/// Files: saving and loading values.
enum Files: BuiltinLibrary {
  static let title = "Files"

  static let builtins: [Builtin] = [
    Builtin(
      "save",
      """
      Writes a value to a file, in one step: a picture as .png, a figure as .pdf, .svg, .png, .eps
      or .gp (beside a PDF stand its recipe and its numbers), a network as .safetensors.

          save(image(zeros(4, 4)), "black.png")          #> black.png
          save(figure(plot([1, 2], [3, 4])), "line.gp")  #> line.gp, line.csv
      """, Parameter("value", "picture, figure or network"), Parameter("path", "file name")
    ) { (call: Call, value: Value, path: String) in
      guard case .host(let host) = value, let savable = try Savables.savable(host) else {
        throw Problem(
          "type", "\(Spelling.article(value.typeName)) cannot be saved",
          notes: [
            "pictures, plots, figures and networks can"
          ],
          suggestions: value.tensor.map { $0.rank > 1 } == true
            ? ["save(image(x), \"\(path)\")   for a picture of its numbers"] : [], argument: 0)
      }
      let files = try savable.save(to: path, call)
      for file in files where !call.runtime.filesWritten.contains(file) {
        call.runtime.filesWritten.append(file)
      }
      return Value.host(SavedFiles(files))
    },
    Builtin(
      "load",
      """
      The picture in a PNG file, or the network that was saved in a .safetensors file. With a
      network before the file's name: that network with the weights of the file, whoever wrote it.

      The file must hold every tensor of the network and no others; with `partial = true` those
      that are in both are taken. A file of another program, loaded alone, gives its tensors by
      name.

          save(image(ones(4, 8)), "white.png");
          load("white.png").size                         #> (8, 4)
          save(mlp(4, 3, seed = 1), "small.safetensors");
          x = rand(2, 4);
          a = load("small.safetensors")(x);
          b = load(mlp(4, 3), "small.safetensors")(x);
          max(|a - b|)                                   #> 0
      """, Parameter<Value>("value", "file name of a picture or a network, or a network"),
      Parameter<String?>.optional("path", "file name of the network's weights"),
      Parameter("partial", "take the tensors that fit by name", default: false, namedOnly: true)
    ) { (call: Call, value: Value, path: String?, partial: Bool) in
      if let path {
        guard let net = try NetworkBuilding.network(from: value, call) else {
          throw Problem(
            "type", "weights go into a network, not into \(Spelling.article(value.typeName))",
            suggestions: ["load(net, \"\(path)\")"], argument: 0)
        }
        return Value.host(
          NetValue(try NetworkBuilding.loaded(net, path, isPartial: partial, call)))
      }
      if case .host(let host) = value, host is NetValue {
        throw Problem(
          "arguments", "`load` of a network needs a file",
          suggestions: ["load(net, \"net.safetensors\")"])
      }
      guard case .string(let name) = value else {
        throw Problem(
          "type", "`load` takes a file's name, not \(Spelling.article(value.typeName))",
          suggestions: ["load(\"picture.png\")", "load(net, \"net.safetensors\")"], argument: 0
        )
      }
      switch name.lowercased().split(separator: ".").last {
      case "png": return .host(ImageValue(try PNGFile.decode(try call.read(name))))
      case "safetensors": return try WeightsFile.value(name, call)
      default:
        throw Problem(
          "file", "\"\(name)\" is not a kind of file that `load` reads",
          notes: ["it reads .png and .safetensors; data sets have functions of their own"],
          suggestions: [
            "load(\"picture.png\")", "load(net, \"net.safetensors\")",
            "folder(\"dir\")   for pictures in folders",
          ], argument: 0)
      }
    },
  ]
}

/// Names of files that were written, as `save` answers them.
final class SavedFiles: HostValue {
  static let typeName = "files"
  private let paths: [String]

  init(_ paths: [String]) { self.paths = paths }

  func show(_ style: DisplayStyle) -> Shown { Shown(paths.joined(separator: ", ")) }
}

enum Savables {
  /// What `save` can write of a host value: itself, or the figure of a plot.
  static func savable(_ host: any HostValue) throws -> (any Savable)? {
    if let savable = host as? any Savable { return savable }
    if let plot = host as? PlotValue { return FigureValue(try .init(plot.plot)) }
    if let drawable = host as? any Drawable { return ImageValue(try drawable.drawn()) }
    return nil
  }
}
