/// What `:set` changes.
package enum SessionSetting: String, CaseIterable, Sendable {
  case color, depth, digits, editing, images, memory, output, palette, threads, time

  /// What it decides, and the values it takes.
  package var text: String {
    switch self {
    case .color: "when to colour: auto, always, never"
    case .depth: "deepest nesting of calls, as 5000"
    case .digits: "significant digits of answers, 1 to 17"
    case .editing: "keys of the line editor: emacs or vi"
    case .images: "how pictures are shown: auto, kitty, iterm, sixel, blocks, none"
    case .memory: "what values may hold, as 8G"
    case .output: "what an entry may print, as 1G"
    case .palette: "colours in which gray pictures are shown: gray, magma, viridis, …"
    case .threads: "how many threads work at once"
    case .time: "time that an entry may take, as 10min"
    }
  }
}
