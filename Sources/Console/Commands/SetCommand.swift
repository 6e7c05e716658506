import Basics

/// Changes a setting of the session.
struct SetCommand: SessionCommand {
  static let name = "set"
  static let usage = "NAME=VALUE"
  static let text =
    "digits, images, threads, memory, time, editing (emacs or vi)"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    let parts = arguments.split(separator: "=", maxSplits: 1).map(CommandCall.trimmed)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw Problem("command", ":set needs a name and a value", suggestions: [":set digits=8"])
    }
    let (name, value) = (parts[0], parts[1])
    switch name {
    case "images":
      guard value == "auto" || PictureMethod(rawValue: value) != nil else {
        throw Problem(
          "choice", "`images` cannot be \"\(value)\"",
          notes: ["it is one of kitty, iterm, sixel, blocks, none, auto"])
      }
      session.screen.choosePictures(PictureMethod(rawValue: value))
    case "editing":
      guard session.setKeys(value) else {
        throw Problem(
          "choice", "`editing` cannot be \"\(value)\" here", notes: ["it is emacs or vi"])
      }
    default: try session.engine.set(name, to: value)
    }
  }
}
