import Basics
import Images
import Language
import Tensors

/// A picture in the language.
package final class ImageValue: HostValue {
  package static let typeName = "Image"
  package let image: Image

  package init(_ image: Image) { self.image = image }

  package func show(_ style: DisplayStyle) -> Shown {
    let kind = image.channels == 1 ? "gray" : image.channels == 3 ? "colour" : "colour with alpha"
    return Shown("Image \(image.width)×\(image.height) \(kind)", picture: picture)
  }

  /// The image as a picture for terminals and notebooks.
  package var picture: Picture {
    let image = self.image
    return Picture(caption: "\(image.width)×\(image.height)") {
      let rgb = image.rgb()
      return .init(width: rgb.width, height: rgb.height, rgb: rgb.bytes)
    } data: {
      try PNGFile.encode(image.asBytes())
    }
  }

  package let fieldNames = ["width", "height", "channels", "size", "pixels"]

  package func field(_ name: String, _ call: Call) throws -> Value? {
    switch name {
    case "width": .int(image.width)
    case "height": .int(image.height)
    case "channels": .int(image.channels)
    case "size": Value([.int(image.width), .int(image.height)])
    case "pixels", "shape": name == "pixels" ? Value(pixels) : Value(pixels.shape.map(Value.int))
    default: nil
    }
  }

  /// Single precision, [height, width] for gray, [height, width, channels] for colour, 0...1.
  package var pixels: Tensor {
    let shape = [image.height, image.width] + (image.channels == 1 ? [] : [image.channels])
    return Tensor(floats: image.floats, shape: shape)
  }

  /// An image from a tensor of shape [height, width] or [height, width, 3 or 4].
  package static func image(of tensor: Tensor) throws -> Image {
    let shape = tensor.shape
    guard tensor.rank == 2 || (tensor.rank == 3 && [1, 3, 4].contains(shape[2])),
      shape[0] > 0, shape[1] > 0
    else {
      throw Problem(
        "shape", "a picture is [height, width] or [height, width, 3], not \(Value(tensor).facts)",
        argument: 0)
    }
    return Image(
      width: shape[1], height: shape[0], channels: tensor.rank == 2 ? 1 : shape[2],
      floats: tensor.floats)
  }
}

extension ImageValue: ValueConvertible {
  /// What can be drawn counts as its picture, a tensor as its pixels.
  package static func converted(from value: Value) throws -> ImageValue? {
    switch value {
    case .host(let image as ImageValue): return image
    case .host(let thing as any Drawable): return ImageValue(try thing.drawn())
    case .tensor(let box): return ImageValue(try image(of: box.tensor))
    default: return nil
    }
  }
}

/// A host value that can be drawn as it is: a category, a fractal.
protocol Drawable: HostValue {
  func drawn() throws -> Image
}
