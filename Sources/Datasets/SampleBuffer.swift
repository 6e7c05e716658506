/// One sample on its way through a pipeline.
package struct SampleBuffer: Sendable, Equatable {
  /// Row-major; pictures are channels × height × width.
  package var values: [Float]
  package var shape: [Int]

  package init(values: [Float], shape: [Int]) {
    self.values = values
    self.shape = shape
  }

  /// Number of channels, or 1 for what is no picture.
  package var channels: Int { shape.count == 3 ? shape[0] : 1 }
  package var height: Int { shape.count == 3 ? shape[1] : 1 }
  package var width: Int { shape.last ?? 1 }

  /// A part of the picture; what lies outside of it is zero.
  package func window(top: Int, left: Int, height: Int, width: Int) -> SampleBuffer {
    var result = SampleBuffer(
      values: [Float](repeating: 0, count: channels * height * width),
      shape: [channels, height, width])
    let columns = max(0, -left)..<max(max(0, -left), min(width, self.width - left))
    for channel in 0..<channels {
      for row in max(0, -top)..<max(max(0, -top), min(height, self.height - top)) {
        let from = (channel * self.height + row + top) * self.width + left
        let to = (channel * height + row) * width
        for column in columns { result.values[to + column] = values[from + column] }
      }
    }
    return result
  }

  /// The picture read at `place(row, column)` for every pixel of the result, by linear
  /// interpolation; what lies outside is zero.
  package func resampled(
    height: Int, width: Int, _ place: (Int, Int) -> (row: Double, column: Double)
  ) -> SampleBuffer {
    var result = SampleBuffer(
      values: [Float](repeating: 0, count: channels * height * width),
      shape: [channels, height, width])
    for row in 0..<height {
      for column in 0..<width {
        let from = place(row, column)
        let (top, left) = (from.row.rounded(.down), from.column.rounded(.down))
        let (down, across) = (Float(from.row - top), Float(from.column - left))
        // Half a pixel beyond the border still belongs to the border's pixel.
        let isInside =
          from.row >= -0.5 && from.row <= Double(self.height) - 0.5 && from.column >= -0.5
          && from.column <= Double(self.width) - 0.5
        if !isInside { continue }
        let rows = (clamped(Int(top), self.height), clamped(Int(top) + 1, self.height))
        let columns = (clamped(Int(left), self.width), clamped(Int(left) + 1, self.width))
        for channel in 0..<channels {
          let upper = (channel * self.height + rows.0) * self.width
          let lower = (channel * self.height + rows.1) * self.width
          let above = values[upper + columns.0] * (1 - across) + values[upper + columns.1] * across
          let below = values[lower + columns.0] * (1 - across) + values[lower + columns.1] * across
          result.values[(channel * height + row) * width + column] =
            above * (1 - down) + below * down
        }
      }
    }
    return result
  }

  private func clamped(_ index: Int, _ count: Int) -> Int { min(max(index, 0), count - 1) }
}
