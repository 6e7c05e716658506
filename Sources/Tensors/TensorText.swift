import Basics

/// How tensors are shown.
///
/// Up to 200 numbers are shown whole: vectors between brackets, matrices on one line when their
/// entries are equally wide and fit, else as aligned rows behind the shape. Larger tensors show a
/// summary and a corner.
package enum TensorText {
  /// More numbers than this are summed up.
  private static let limit = 200
  /// Columns of text that one line may take.
  private static let width = 96

  /// The tensor with so many significant digits.
  package static func text(of tensor: Tensor, digits: Int = 5) -> String {
    if tensor.count > limit { return summary(tensor, digits) }
    let words = tensor.doubles.map { word($0, tensor, digits) }
    switch tensor.rank {
    case 0: return words[0]
    case 1: return vector(words)
    case 2: return matrix(words, tensor.shape)
    default: return stack(words, tensor.shape)
    }
  }

  private static func word(_ number: Double, _ tensor: Tensor, _ digits: Int) -> String {
    tensor.isMask ? (number != 0 ? "true" : "false") : NumberText.short(number, digits: digits)
  }

  private static func vector(_ words: [String]) -> String {
    var lines = [""]
    for (i, word) in words.enumerated() {
      let piece = i < words.count - 1 ? word + ", " : word
      if !lines[lines.count - 1].isEmpty, lines[lines.count - 1].count + piece.count > width {
        lines.append("")
      }
      lines[lines.count - 1] += piece
    }
    return "["
      + lines.map { $0.last == " " ? String($0.dropLast()) : $0 }.joined(separator: "\n ") + "]"
  }

  private static func matrix(_ words: [String], _ shape: [Int]) -> String {
    let (rows, columns) = (shape[0], shape[1])
    if words.isEmpty { return "\(shape) empty" }
    let line =
      "["
      + (0..<rows).map { words[$0 * columns..<($0 + 1) * columns].joined(separator: ", ") }
      .joined(separator: "; ") + "]"
    if Set(words.map(\.count)).count == 1, line.count <= 60 { return line }
    return aligned(words, columns, head: "\(shape)")
  }

  /// Rows whose columns stand under each other, behind a head.
  private static func aligned(_ words: [String], _ columns: Int, head: String) -> String {
    let rows = words.count / columns
    let widths = (0..<columns).map { c in
      (0..<rows).map { words[$0 * columns + c].count }.max() ?? 0
    }
    return (0..<rows).map { r in
      let cells = (0..<columns).map { c in
        let word = words[r * columns + c]
        return String(repeating: " ", count: widths[c] - word.count + 2) + word
      }
      return (r == 0 ? head : String(repeating: " ", count: head.count)) + cells.joined()
    }.joined(separator: "\n")
  }

  /// One aligned matrix for each place along the leading axes.
  private static func stack(_ words: [String], _ shape: [Int]) -> String {
    if words.isEmpty { return "\(shape) empty" }
    let columns = shape[shape.count - 1]
    let size = shape[shape.count - 2] * columns
    return (0..<words.count / size).map { index in
      var (rest, places) = (index, [String]())
      for axis in shape.dropLast(2).reversed() {
        places.insert(String(rest % axis), at: 0)
        rest /= axis
      }
      let head = index == 0 ? "\(shape)" : ""
      return "\(head)  [\(places.joined(separator: ", "))]".trimmed
        + "\n"
        + aligned(Array(words[index * size..<(index + 1) * size]), columns, head: "")
    }.joined(separator: "\n")
  }

  private static func summary(_ tensor: Tensor, _ digits: Int) -> String {
    let values = tensor.doubles
    let first: String
    if tensor.isMask {
      let held = values.filter { $0 != 0 }.count
      first = "\(tensor.shape) mask  true \(held)  false \(values.count - held)"
    } else {
      let numbers = values.filter { !$0.isNaN }
      let mean = numbers.reduce(0, +) / Double(max(1, numbers.count))
      let low = numbers.min() ?? .nan
      let high = numbers.max() ?? .nan
      first =
        "\(tensor.shape) \(tensor.precision.rawValue)"
        + "  min \(NumberText.short(low, digits: digits))"
        + "  mean \(NumberText.short(numbers.isEmpty ? .nan : mean, digits: digits - 1))"
        + "  max \(NumberText.short(high, digits: digits))  nan \(values.count - numbers.count)"
    }
    return first + "\n" + corner(tensor, values, digits)
  }

  /// The first numbers of the last two axes.
  private static func corner(_ tensor: Tensor, _ values: [Double], _ digits: Int) -> String {
    let columns = tensor.shape[tensor.rank - 1]
    let rows = tensor.rank > 1 ? tensor.shape[tensor.rank - 2] : 1
    let (shownRows, shownColumns) = (min(rows, 3), min(columns, 6))
    var words: [String] = []
    for r in 0..<shownRows {
      for c in 0..<shownColumns { words.append(word(values[r * columns + c], tensor, digits)) }
      if columns > shownColumns { words.append("…") }
    }
    let width = shownColumns + (columns > shownColumns ? 1 : 0)
    let text = aligned(words, width, head: "")
    return rows > shownRows ? text + "\n  ⋮" : text
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
