/// The pixels of an image.
///
///     let image: Image = try fdsl.value("render(rings, size = 256)")
///     image.bytes[image.channels * (image.width * 10 + 20)]    // row 10, column 20
public struct Image: Sendable, Equatable {
  /// Pixels in a row.
  public let width: Int
  /// How many rows.
  public let height: Int
  /// 1 for gray, 3 for colour, 4 with opacity.
  public let channels: Int
  /// Row by row from the top, the channels of a pixel side by side.
  public var bytes: [UInt8] {
    didSet { precondition(bytes.count == oldValue.count, "one byte a sample") }
  }

  /// An image of these bytes, `width * height * channels` of them.
  public init(width: Int, height: Int, channels: Int, bytes: [UInt8]) {
    precondition(width > 0 && height > 0, "an image has at least one pixel")
    precondition([1, 3, 4].contains(channels), "an image has 1, 3 or 4 channels")
    precondition(bytes.count == width * height * channels, "one byte a sample")
    self.width = width
    self.height = height
    self.channels = channels
    self.bytes = bytes
  }
}
