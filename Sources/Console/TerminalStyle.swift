import Foundation

/// When output is coloured.
package enum ColourChoice: String, Sendable, CaseIterable {
  case auto, always, never
}

/// Colours and weights of terminal text; plain where the stream takes none.
package struct TerminalStyle: Sendable, Equatable {
  /// Whether escapes are written at all.
  package let isColoured: Bool

  package init(isColoured: Bool) { self.isColoured = isColoured }

  /// The style of a stream.
  ///
  /// `NO_COLOR` counts when it is not empty, and `TERM=dumb` means no escapes of any kind.
  package init(_ choice: ColourChoice, isTerminal: Bool, environment: [String: String]) {
    switch choice {
    case .always: isColoured = true
    case .never: isColoured = false
    case .auto:
      let term = environment["TERM"] ?? ""
      isColoured =
        isTerminal && !term.isEmpty && term != "dumb" && (environment["NO_COLOR"] ?? "").isEmpty
    }
  }

  /// A way to set text apart, by its numbers in a "select graphic rendition" sequence.
  package enum Ink: String, Sendable {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case blue = "34"
    case magenta = "35"
    case cyan = "36"
    case matched = "1;4"
  }

  /// `text` in an ink.
  package func paint(_ text: String, _ ink: Ink) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension ColouredSpan.Kind {
  /// The ink of a part of the program text.
  var ink: TerminalStyle.Ink {
    switch self {
    case .keyword: .magenta
    case .number: .cyan
    case .text: .green
    case .comment: .dim
    case .builtin: .blue
    case .trouble: .red
    case .command: .yellow
    }
  }
}
