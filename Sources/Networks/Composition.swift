import Basics
import Tensors

// The operations of layers in terms of simpler ones.
extension Tensor {
  /// A convolution of pictures [samples, channels, height, width] with weights
  /// [outputs, channels / groups, height, width].
  func convolved(
    with weight: Tensor, bias: Tensor?, stride: Int, padding: Int, groups: Int
  ) throws -> Tensor {
    let (outputs, kernel) = (weight.shape[0], weight.shape[2])
    let own = weight.shape[1]
    let (rows, out) = try windows(kernel, stride: stride, padding: padding)
    var parts: [Tensor] = []
    for group in 0..<groups {
      let part = try rows.sliced(axis: 2, group * own..<(group + 1) * own)
        .reshaped([shape[0] * out[0] * out[1], own * kernel * kernel])
      let each = outputs / groups
      let w = try weight.sliced(axis: 0, group * each..<(group + 1) * each)
        .reshaped([each, own * kernel * kernel])
      parts.append(try part.matmul(transposed: w))
    }
    var y = try parts.count == 1 ? parts[0] : Tensor.concatenated(parts, axis: 1)
    if let bias { y = try y.adding(bias) }
    return try y.reshaped([shape[0], out[0], out[1], outputs]).permuted([0, 3, 1, 2])
  }

  /// Windows as [samples, places, channels, kernel²], and how many places there are.
  private func windows(
    _ kernel: Int, stride: Int, padding: Int, border: Double = 0
  ) throws -> (Tensor, [Int]) {
    let edge = [0, 0, padding, padding]
    let x = padding == 0 ? self : try padded(before: edge, after: edge, value: border)
    let (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3])
    let out = [(height - kernel) / stride + 1, (width - kernel) / stride + 1]
    var places: [Int] = []
    for row in 0..<out[0] {
      for column in 0..<out[1] {
        for channel in 0..<channels {
          for i in 0..<kernel {
            let start = (channel * height + row * stride + i) * width + column * stride
            places += start..<start + kernel
          }
        }
      }
    }
    let flat = try x.reshaped([x.shape[0], channels * height * width]).gathered(places, axis: 1)
    return (try flat.reshaped([x.shape[0], out[0] * out[1], channels, kernel * kernel]), out)
  }

  func maxPooled(_ window: Int, stride: Int, padding: Int) throws -> Tensor {
    let (rows, out) = try windows(window, stride: stride, padding: padding, border: -.infinity)
    return try rows.max(axes: [3]).permuted([0, 2, 1]).reshaped(
      [shape[0], shape[1], out[0], out[1]])
  }

  func meanPooled(_ window: Int, stride: Int, padding: Int) throws -> Tensor {
    let (rows, out) = try windows(window, stride: stride, padding: padding)
    return try rows.mean(axes: [3]).permuted([0, 2, 1]).reshaped(
      [shape[0], shape[1], out[0], out[1]])
  }

  /// Channels with given mean and variance.
  func channelNormalised(
    scale: Tensor, shift: Tensor, mean: Tensor, variance: Tensor, epsilon: Double
  ) throws -> Tensor {
    let slope = try scale.dividing(variance.scaled(by: 1, offset: epsilon).squareRoot())
    let offset = try shift.subtracting(mean.multiplying(slope))
    return try multiplying(slope.alongChannels()).adding(offset.alongChannels())
  }

  /// Channels with the batch's own mean and variance, which come back, too.
  func channelNormalised(
    scale: Tensor, shift: Tensor, epsilon: Double
  ) throws -> (y: Tensor, mean: Tensor, variance: Tensor) {
    let average = try mean(axes: [0, 2, 3])
    let variance = try variance(axes: [0, 2, 3])
    let y = try channelNormalised(
      scale: scale, shift: shift, mean: average, variance: variance, epsilon: epsilon)
    return (y, average.detached, variance.detached)
  }

  private func alongChannels() throws -> Tensor {
    var column = try reshaped([count, 1, 1])
    column.stretchable = AxisSet([1, 2])
    return column
  }

  /// Rows brought to mean 0 and variance 1, scaled and shifted.
  func rowNormalised(scale: Tensor, shift: Tensor, epsilon: Double) throws -> Tensor {
    let last = [rank - 1]
    let centred = try subtracting(mean(axes: last, keep: true))
    var deviation = try centred.squared().mean(axes: last, keep: true)
      .scaled(by: 1, offset: epsilon).squareRoot()
    deviation.stretchable = AxisSet(last)
    return try centred.dividing(deviation).multiplying(scale).adding(shift)
  }

  /// Attention of each head, side by side: [samples, tokens, size] from queries, keys and values
  /// side by side, [samples, tokens, 3 size].
  func attention(heads: Int) throws -> Tensor {
    let (batch, tokens, size) = (shape[0], shape[1], shape[2] / 3)
    let width = size / heads
    let split = try reshaped([batch, tokens, 3, heads, width]).permuted([2, 0, 3, 1, 4])
    func part(_ index: Int) throws -> Tensor {
      try split.sliced(axis: 0, index..<index + 1).reshaped([batch, heads, tokens, width])
    }
    let scores = try part(0).scaled(by: 1 / Double(width).squareRoot())
      .matmul(transposed: part(1))
    return try scores.softmax(axis: -1).matmul(part(2)).permuted([0, 2, 1, 3])
      .reshaped([batch, tokens, size])
  }
}
