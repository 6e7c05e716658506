import Basics
import Tensors

/// How values are shown.
package enum Display {
  /// What an echo of the value shows.
  package static func shown(_ value: Value, _ style: DisplayStyle = DisplayStyle()) -> Shown {
    if case .host(let host) = value { return host.show(style) }
    return Shown(text(value, style))
  }

  /// One line that tells what the value is, for lists of names.
  package static func summary(_ value: Value, _ style: DisplayStyle = DisplayStyle()) -> String {
    if case .host(let host) = value { return host.summary(style) }
    let lines = text(value, style).split(separator: "\n", maxSplits: 1)
    guard lines.count > 1 else { return lines.first.map(String.init) ?? "" }
    if case .tensor(let box) = value {
      return TensorText.facts(of: box.tensor, digits: style.digits)
    }
    return lines[0] + " …"
  }

  /// A range as it is written: `0..10 step 2`.
  static func bounds(of range: RangeValue, _ style: DisplayStyle = DisplayStyle()) -> String {
    let dots = range.isClosed ? "..=" : ".."
    let step = range.step.integer == 1 ? "" : " step \(text(range.step, style))"
    return "\(text(range.start, style))\(dots)\(text(range.end, style))\(step)"
  }

  /// The value as text; strings in quotes.
  package static func text(_ value: Value, _ style: DisplayStyle = DisplayStyle()) -> String {
    var room = 400
    return text(value, style, depth: 0, &room)
  }

  /// - Parameter room: how many more items of tuples may be shown.
  private static func text(
    _ value: Value, _ style: DisplayStyle, depth: Int, _ room: inout Int
  ) -> String {
    switch value {
    case .none: return ""
    case .int(let value): return String(value)
    case .real(let value): return NumberText.short(value, digits: style.digits)
    case .bool(let value): return String(value)
    case .complex(let z):
      return NumberText.complex(z.real, z.imaginary, digits: style.digits)
    case .string(let text): return quoted(text)
    case .range(let range):
      guard range.count <= 20 else { return bounds(of: range, style) }
      return (0..<range.count).map { text(range.element($0), style) }.joined(separator: " ")
    case .tensor(let box): return TensorText.text(of: box.tensor, digits: style.digits)
    case .tuple(let tuple):
      // Long tuples of things that are not numbers are cut, as long tensors are.
      let limit = 24
      if depth == limit || room <= 0 { return "(…)" }
      room -= min(tuple.items.count, limit)
      var parts: [String] = []
      for (index, item) in tuple.items.prefix(limit).enumerated() {
        let name = tuple.isRecord ? tuple.names[index] + " = " : ""
        parts.append(name + text(item, style, depth: depth + 1, &room))
      }
      if tuple.items.count > limit { parts.append("… \(tuple.items.count - limit) more") }
      return "(" + parts.joined(separator: ", ")
        + (tuple.items.count == 1 && !tuple.isRecord ? ",)" : ")")
    case .function(let function): return function.text
    case .host(let host): return host.show(style).text
    }
  }

  /// The value as `print` and interpolation show it: strings without quotes.
  package static func plain(_ value: Value, _ style: DisplayStyle = DisplayStyle()) -> String {
    if case .string(let text) = value { return text }
    return text(value, style)
  }

  /// A text as the language writes it.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default: result.append(character)
      }
    }
    return result + "\""
  }
}

extension Value {
  /// The value as the language writes it, for signatures.
  package var source: String { Display.text(self) }

  /// The value as the language writes it, with more digits than are shown.
  package func source(digits: Int) -> String {
    Display.text(self, DisplayStyle(digits: digits))
  }
}
