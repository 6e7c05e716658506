import Basics
import Images

/// Changes a setting of the session.
struct SetCommand: SessionCommand {
  static let name = "set"
  static let usage = "NAME=VALUE"
  static let text = "change a setting; without one, list them"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    if arguments.isEmpty {
      for setting in SessionSetting.allCases {
        session.screen.write(
          "  " + session.screen.style.paint(TextWidth.padded(setting.rawValue, to: 8), .bold)
            + "  \(setting.text)\n")
      }
      return
    }
    let parts = arguments.split(separator: "=", maxSplits: 1).map(CommandCall.trimmed)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw Problem("command", ":set needs a name and a value", suggestions: [":set digits=8"])
    }
    let (name, value) = (parts[0], parts[1])
    guard let setting = SessionSetting(rawValue: name) else {
      let known = SessionSetting.allCases.map(\.rawValue)
      throw Problem(
        "setting", "there is no setting `\(name)`",
        notes: ["the settings are " + known.joined(separator: ", ")],
        suggestions: Spelling.nearest(to: name, in: known).map { [":set \($0)=\(value)"] } ?? [])
    }
    switch setting {
    case .images:
      let choices = ["auto"] + PictureMethod.allCases.map(\.rawValue)
      try Self.check(value, setting, choices)
      session.screen.choosePictures(PictureMethod(rawValue: value))
    case .palette:
      try Self.check(value, setting, ColourMap.all.keys.sorted())
      session.screen.choosePalette(value == "gray" ? nil : try ColourMap.named(value))
    case .color:
      try Self.check(value, setting, ColourChoice.allCases.map(\.rawValue))
      session.screen.chooseColour(ColourChoice(rawValue: value) ?? .auto)
    case .editing:
      try Self.check(value, setting, ["emacs", "vi"])
      guard session.setKeys(value) else {
        throw Problem("setting", "there is no line editor here whose keys could change")
      }
    case .depth, .digits, .memory, .output, .threads, .time:
      try session.engine.set(setting.rawValue, to: value)
    }
  }

  private static func check(_ value: String, _ setting: SessionSetting, _ choices: [String]) throws
  {
    guard !choices.contains(value) else { return }
    throw Problem(
      "setting", "`\(setting.rawValue)` cannot be \"\(value)\"",
      notes: ["it is one of " + choices.joined(separator: ", ")],
      suggestions: Spelling.nearest(to: value, in: choices).map {
        [":set \(setting.rawValue)=\($0)"]
      } ?? [])
  }
}
