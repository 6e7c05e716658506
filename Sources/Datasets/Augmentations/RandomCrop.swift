import Basics

/// A square window at a random place of the padded picture.
package struct RandomCrop: Augmentation {
  package var size = 0
  package var pad = 4

  package init() {}

  package static let name = "random_crop"
  package static let text = """
    A square window at a random place of the picture, which is padded with zeros first.

    With `size = 0` the window is as large as the picture. Where a network is tested the window \
    is the middle of the picture without padding.
    """
  package static let examples = """
    random_crop(28, pad = 2) >> flip()
    random_crop(24)
    """
  package static let settings: [Setting<Self>] = [
    Setting("size", \.size, in: 0...4096, "side of the window in pixels; 0: that of the picture"),
    Setting("pad", \.pad, in: 0...512, "rows and columns of zeros on every side"),
  ]

  package func outputShape(for input: [Int]) throws -> [Int] {
    try checkPicture(input)
    if size == 0 { return input }
    guard size <= min(input[1], input[2]) + 2 * pad else {
      throw Problem(
        "shape", "a window of \(size) does not fit a picture of \(input[2]) × \(input[1])",
        notes: ["padding of \(pad) on every side is counted"])
    }
    return [input[0], size, size]
  }

  package func vary(_ sample: inout SampleBuffer, _ random: inout RandomSource) {
    let height = size == 0 ? sample.height : size
    let width = size == 0 ? sample.width : size
    let top = random.below(sample.height + 2 * pad - height + 1) - pad
    let left = random.below(sample.width + 2 * pad - width + 1) - pad
    sample = sample.window(top: top, left: left, height: height, width: width)
  }

  package func prepare(_ sample: inout SampleBuffer) {
    if size == 0 { return }
    sample = sample.window(
      top: (sample.height - size) / 2, left: (sample.width - size) / 2, height: size, width: size)
  }
}
