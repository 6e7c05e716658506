import Basics
import Language

/// Text and output.
enum Text: BuiltinLibrary {
  static let title = "Text"
  static let isEveryday = true

  static let builtins: [Builtin] = [
    Builtin(
      "print",
      """
      Writes the values, separated by spaces, and a line end.

          print("k =", 3)                #> k = 3
          print([1, 2], "done")          #> [1, 2] done
      """, Parameter<[Value]>.rest("values", "anything")
    ) { (call: Call, values: [Value]) in
      let style = call.runtime.style
      call.runtime.print(values.map { Display.plain($0, style) }.joined(separator: " ") + "\n")
      return Value.none
    },
    Builtin(
      "format",
      """
      A value as text, with a number of significant digits or of decimals; `width` pads on the
      left. The same options work inside `"\\(x, digits = 3)"`.

          format(π, digits = 3)          #> "3.14"
          format(2/3, decimals = 1)      #> "0.7"
      """, Parameter("value", "anything"),
      Parameter<Int?>.optional("digits", "significant digits", namedOnly: true),
      Parameter<Int?>.optional("decimals", "digits after the point", namedOnly: true),
      Parameter("width", "least number of characters", default: 0, namedOnly: true)
    ) { (call: Call, value: Value, digits: Int?, decimals: Int?, width: Int) in
      var text: String
      if let decimals, let number = value.number {
        text = NumberText.fixed(number, decimals: decimals)
      } else {
        var style = call.runtime.style
        if let digits { style.digits = digits }
        text = Display.plain(value, style)
      }
      if text.count < width {
        text = String(repeating: " ", count: min(width, 1000) - text.count) + text
      }
      return text
    },
    Builtin(
      "join",
      """
      Texts in one, with a separator between them.

          join(("a", "b"), ", ")         #> "a, b"
          join((1, 2, 3))                #> "123"
      """, Parameter("items", "list of anything"),
      Parameter("separator", "text in between", default: "")
    ) { (call: Call, items: Items, separator: String) in
      items.values.map { Display.plain($0, call.runtime.style) }.joined(separator: separator)
    },
  ]
}
