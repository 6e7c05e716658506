import Basics
import ComplexModule
import Images
import Language
import Rendering
import Tensors

/// Pictures of formulas: a value at every pixel.
enum FormulaPictures {
  /// f(x, y), or f(z) of a complex number, at the middle of each pixel; y up. Values that leave
  /// 0...1 anywhere are stretched to it.
  static func image(
    of function: FunctionValue, _ over: Value?, width: Int, height: Int, _ call: Call
  ) throws -> Image {
    var bounds = [(low: -1.0, high: 1.0), (low: -1.0, high: 1.0)]
    if let over {
      guard case .tuple(let ranges) = over, ranges.items.count == 2 else {
        throw Problem("type", "`over` takes two ranges", suggestions: ["over = (-3..3, -2..2)"])
      }
      bounds = try ranges.items.map { item in
        guard case .range(let range) = item, range.bounds.low < range.bounds.high else {
          throw Problem(
            "range", "`over` takes two rising ranges", suggestions: ["over = (-3..3, -2..2)"])
        }
        return range.bounds
      }
    }
    let isComplex = function.arity.lowerBound == 1
    var values = [Double](repeating: 0, count: width * height)
    let dx = (bounds[0].high - bounds[0].low) / Double(width)
    let dy = (bounds[1].high - bounds[1].low) / Double(height)
    for row in 0..<height {
      try call.runtime.poll()
      let y = bounds[1].high - (Double(row) + 0.5) * dy
      for column in 0..<width {
        let x = bounds[0].low + (Double(column) + 0.5) * dx
        let value = try call.apply(
          function, isComplex ? [.complex(Complex(x, y))] : [.real(x), .real(y)])
        guard let number = value.number else {
          throw Problem(
            "type", "the formula gave \(Spelling.article(value.typeName)), not a number",
            notes: ["at (x, y) = (\(NumberText.short(x)), \(NumberText.short(y)))"])
        }
        guard number.isFinite else {
          throw Problem(
            "nan",
            "the formula has no value at (x, y) = (\(NumberText.short(x)), \(NumberText.short(y))), pixel column \(column), row \(row)"
          )
        }
        values[row * width + column] = number
      }
    }
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    if low < 0 || high > 1 {
      let scale = high > low ? 1 / (high - low) : 1
      for index in values.indices { values[index] = (values[index] - low) * scale }
    }
    return Image(width: width, height: height, channels: 1, floats: values.map { Float($0) })
  }
}
