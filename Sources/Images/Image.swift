import Basics

/// A picture: row-major, height × width × channels, first row on top.
///
/// Samples are bytes or single-precision numbers in 0...1; 1 channel is gray, 3 are red, green and
/// blue, 4 add opacity.
package struct Image: Sendable, Equatable {
  /// The numbers of a picture, in either form.
  package enum Samples: Sendable, Equatable {
    case bytes([UInt8])
    case floats([Float])

    /// How many there are.
    package var count: Int {
      switch self {
      case .bytes(let values): values.count
      case .floats(let values): values.count
      }
    }

    /// How many bytes they take.
    fileprivate var bytes: Int {
      switch self {
      case .bytes(let values): values.count
      case .floats(let values): 4 * values.count
      }
    }
  }

  package let width: Int
  package let height: Int
  /// 1, 3 or 4.
  package let channels: Int
  private let claim: MemoryClaim?
  /// Always `width * height * channels` of them.
  package var samples: Samples {
    didSet { precondition(samples.count == width * height * channels, "samples fill the picture") }
  }

  /// A picture of bytes.
  package init(width: Int, height: Int, channels: Int, bytes: [UInt8]) {
    self.init(width: width, height: height, channels: channels, samples: .bytes(bytes))
  }

  /// A picture of numbers in 0...1.
  package init(width: Int, height: Int, channels: Int, floats: [Float]) {
    self.init(width: width, height: height, channels: channels, samples: .floats(floats))
  }

  private init(width: Int, height: Int, channels: Int, samples: Samples) {
    precondition(width > 0 && height > 0, "a picture has at least one pixel")
    precondition([1, 3, 4].contains(channels), "a picture has 1, 3 or 4 channels")
    precondition(samples.count == width * height * channels, "samples fill the picture")
    self.width = width
    self.height = height
    self.channels = channels
    self.samples = samples
    claim = .large(samples.bytes)
  }

  /// The samples as bytes: numbers are clamped to 0...1 and rounded to the nearest of 256 levels.
  package var bytes: [UInt8] {
    switch samples {
    case .bytes(let values): values
    case .floats(let values):
      // NaN compares false with everything and ends as 0.
      values.map { $0 > 0 ? ($0 < 1 ? UInt8($0 * 255 + 0.5) : 255) : 0 }
    }
  }

  /// The samples as numbers in 0...1.
  package var floats: [Float] {
    switch samples {
    case .bytes(let values): values.map { Float($0) / 255 }
    case .floats(let values): values
    }
  }

  /// The picture with three channels of bytes; opacity is laid over black.
  package func rgb() -> Image {
    let values = bytes
    switch channels {
    case 1:
      var result = [UInt8](repeating: 0, count: values.count * 3)
      for (i, value) in values.enumerated() {
        result[3 * i] = value
        result[3 * i + 1] = value
        result[3 * i + 2] = value
      }
      return Image(width: width, height: height, channels: 3, bytes: result)
    case 3: return Image(width: width, height: height, channels: 3, bytes: values)
    default:
      var result = [UInt8](repeating: 0, count: width * height * 3)
      for pixel in 0..<width * height {
        let opacity = Int(values[4 * pixel + 3])
        for c in 0..<3 {
          result[3 * pixel + c] = UInt8((Int(values[4 * pixel + c]) * opacity + 127) / 255)
        }
      }
      return Image(width: width, height: height, channels: 3, bytes: result)
    }
  }

  /// The picture with one channel: the luma of BT.601, 0.299 R + 0.587 G + 0.114 B.
  package func grayscale() -> Image {
    if channels == 1 { return self }
    switch samples {
    case .bytes:
      let values = rgb().bytes
      var result = [UInt8](repeating: 0, count: width * height)
      for i in 0..<result.count {
        let sum =
          299 * Int(values[3 * i]) + 587 * Int(values[3 * i + 1])
          + 114 * Int(values[3 * i + 2])
        result[i] = UInt8((sum + 500) / 1000)
      }
      return Image(width: width, height: height, channels: 1, bytes: result)
    case .floats(let values):
      var result = [Float](repeating: 0, count: width * height)
      for i in 0..<result.count {
        let at = channels * i
        let luma = 0.299 * values[at] + 0.587 * values[at + 1] + 0.114 * values[at + 2]
        result[i] = channels == 4 ? luma * values[at + 3] : luma
      }
      return Image(width: width, height: height, channels: 1, floats: result)
    }
  }

  /// The picture with its numbers in single precision.
  package func asFloats() -> Image {
    Image(width: width, height: height, channels: channels, floats: floats)
  }

  /// The picture with its numbers as bytes.
  package func asBytes() -> Image {
    Image(width: width, height: height, channels: channels, bytes: bytes)
  }
}

extension Image: CustomStringConvertible {
  /// "256×256 gray", "362×362 colour".
  package var description: String {
    "\(width)×\(height) "
      + (channels == 1 ? "gray" : channels == 3 ? "colour" : "colour with opacity")
  }
}
