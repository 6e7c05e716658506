import Basics
import Figures
import Images
import Language
import Tensors

/// Pictures: changing, colouring, arranging, reading and writing them.
enum Pictures: BuiltinLibrary {
  static let title = "Pictures"

  private static let image = Parameter<ImageValue>(
    "image", "picture, or tensor [height, width] of numbers 0 to 1")

  static let builtins: [Builtin] =
    [
      Builtin(
        "image",
        """
        The picture of a tensor [height, width] (gray) or [height, width, 3] (colour), 0 is black,
        1 is white; `normalise` stretches its numbers to that range first.

            image(zeros(8, 16)).size               #> (16, 8)
            image([0, 5; 10, 5], normalise = true).channels        #> 1
        """, Parameter("x", "tensor or picture"),
        Parameter("normalise", "stretch to 0…1", default: false)
      ) { (picture: ImageValue, normalise: Bool) in
        normalise ? ImageValue(picture.image.normalised()) : picture
      },
      Builtin(
        "color",
        """
        A gray picture in the colours of a map; any name takes `_r` for the reverse.

            color(zeros(4, 4), "viridis").channels         #> 3
            color(zeros(4, 4), "magma_r").width            #> 4
        """, image,
        Parameter(
          "map", "\(ColourMap.all.keys.sorted().joined(separator: ", "))", default: "viridis")
      ) { (picture: ImageValue, map: String) in
        ImageValue(try ColourMap.named(map).apply(picture.image))
      },
      filter(
        "grayscale", "The picture in shades of gray, by the weights of the eye.",
        "grayscale(zeros(4, 4, 3)).channels", "1"
      ) { $0.grayscale() },
      filter(
        "invert", "The negative of the picture.", "sum(invert(zeros(2, 2)).pixels)", "4"
      ) { $0.inverted() },
      filter(
        "edges", "How steep the picture is at each pixel, 0 to 1 (Sobel).",
        "max(edges(ones(4, 4)).pixels)", "0"
      ) { $0.edges() },
      Builtin(
        "threshold",
        """
        White where the picture is brighter than `level`, black elsewhere.

            sum(threshold([0.2, 0.8; 0.1, 0.9]).pixels)            #> 2
            sum(threshold([0.2, 0.8; 0.1, 0.9], 0.15).pixels)      #> 3
        """, image, Parameter("level", "0 to 1", default: 0.5)
      ) { (picture: ImageValue, level: Double) in
        ImageValue(picture.image.thresholded(above: level))
      },
      Builtin(
        "blur",
        """
        The picture smoothed by a Gaussian.

            blur(ones(9, 9), 1.5).width            #> 9
            blur(zeros(4, 4)).channels             #> 1
        """, image, Parameter("sigma", "standard deviation in pixels", default: 1)
      ) { (picture: ImageValue, sigma: Double) in
        guard sigma <= 10_000 else {
          throw Problem(
            "range", "`sigma` is \(NumberText.short(sigma))", notes: ["it is at most 10000 pixels"],
            argument: 1)
        }
        return ImageValue(try picture.image.blurred(sigma: sigma))
      },
      Builtin(
        "resize",
        """
        The picture in another size: smaller by averaging, larger by interpolation.

            resize(zeros(8, 8), 4).size            #> (4, 4)
            resize(zeros(8, 8), (4, 2)).size       #> (4, 2)
        """, image, Parameter("size", "pixels, or (width, height)"),
        Parameter(
          "method", "nearest, bilinear or area; chosen by size when empty", default: "",
          namedOnly: true)
      ) { (picture: ImageValue, size: Integers, method: String) in
        let (width, height) = try Sizes.pair(size)
        guard
          let resampling = method.isEmpty
            ? .some(nil) : Resampling(rawValue: method).map(Optional.some)
        else {
          throw Problem(
            "choice", "there is no resizing method \"\(method)\"",
            notes: ["it is one of " + Resampling.allCases.map(\.rawValue).joined(separator: ", ")])
        }
        return ImageValue(try picture.image.resized(width: width, height: height, resampling))
      },
      Builtin(
        "crop",
        """
        The part of the picture with its upper left corner at (x, y).

            crop(zeros(8, 8), 2, 2, 4, 3).size     #> (4, 3)
            crop(zeros(8, 8), 0, 0, 8, 8).size     #> (8, 8)
        """, image, Parameter("x", "column"), Parameter("y", "row"), Parameter("width", "pixels"),
        Parameter("height", "pixels")
      ) { (picture: ImageValue, x: Int, y: Int, width: Int, height: Int) in
        ImageValue(try picture.image.cropped(x: x, y: y, width: width, height: height))
      },
      Builtin(
        "rotate",
        """
        The picture turned anticlockwise by quarter turns.

            rotate(zeros(2, 4)).size               #> (2, 4)
            rotate(zeros(2, 4), 2).size            #> (4, 2)
        """, image, Parameter("quarters", "quarter turns", default: 1)
      ) { (picture: ImageValue, quarters: Int) in
        ImageValue(picture.image.rotated(quarters: quarters))
      },
    ] + arranging

  private static let arranging: [Builtin] = [
    Builtin(
      "montage",
      """
      Pictures of one size side by side, row after row.

          montage([zeros(4, 4), ones(4, 4)], columns = 2, gap = 1).size  #> (9, 4)
          montage((zeros(4, 4), ones(4, 4)), columns = 1, gap = 0).size  #> (4, 8)
      """, Parameter("images", "list of pictures"),
      Parameter("columns", "pictures in a row; about square when 0", default: 0),
      Parameter("gap", "pixels between pictures; points in a figure", default: 2.0),
      Parameter("background", "brightness of the gaps, 0 to 1", default: 1.0, namedOnly: true),
      Parameter("x", "texts above the columns, in a figure", default: [String](), namedOnly: true),
      Parameter("y", "texts beside the rows, in a figure", default: [String](), namedOnly: true)
    ) {
      (
        images: Items, columns: Int, gap: Double, background: Double, xlabels: [String],
        ylabels: [String]
      ) in
      let pictures = try images.values.enumerated().map { index, value in
        guard let picture = try ImageValue.converted(from: value) else {
          throw Problem(
            "type", "entry \(index) is \(Spelling.article(value.typeName)), not a picture",
            argument: 0)
        }
        return picture.image
      }
      guard !pictures.isEmpty else { throw Problem("empty", "there are no pictures", argument: 0) }
      let side = Int(Double(pictures.count).squareRoot().rounded(.up))
      let image = try Montage.image(
        of: pictures, columns: columns > 0 ? columns : side, gap: Int(max(0, gap).rounded()),
        background: UInt8(min(max(background, 0), 1) * 255))
      let plot = try Plot.montage(
        pictures, columns: columns > 0 ? columns : side, gap: gap, columnLabels: xlabels,
        rowLabels: ylabels)
      return Value.host(MontageValue(pictures, plot: plot, image: image))
    }
  ]

  private static func filter(
    _ name: String, _ text: String, _ example: String, _ answer: String,
    _ body: @escaping @Sendable (Image) -> Image
  ) -> Builtin {
    Builtin(
      name,
      """
      \(text)

          \(example)         #> \(answer)
          \(name)(zeros(3, 5)).size              #> (5, 3)
      """, image
    ) { (picture: ImageValue) in ImageValue(body(picture.image)) }
  }
}

/// Sizes of pictures as arguments: one number, or (width, height).
enum Sizes {
  static let limit = 1 << 15

  static func pair(_ size: Integers) throws -> (width: Int, height: Int) {
    let values = size.values
    guard values.count == 1 || values.count == 2, values.allSatisfy({ (1...limit).contains($0) })
    else {
      throw Problem(
        "range", "`size` is \(values.count == 1 ? String(values[0]) : Display.text(size.value))",
        notes: ["it is a number of pixels from 1 to \(limit), or (width, height)"])
    }
    return (values[0], values[values.count - 1])
  }
}
