import Basics
import Foundation

/// Lists earlier entries.
struct HistoryCommand: SessionCommand {
  static let name = "history"
  static let usage = "[WORDS|images|failed]"
  static let text = "earlier entries with status, time, duration"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) {
    let style = session.screen.style
    let here = FileManager.default.currentDirectoryPath
    let items = session.history.file == nil ? session.submitted : session.history.items()
    let words = arguments.split(separator: " ").map { $0.lowercased() }
    let found = items.filter { item in
      switch arguments {
      case "images": item.pictures > 0
      case "failed": item.status != .finished
      default: words.allSatisfy { item.entry.lowercased().contains($0) }
      }
    }.suffix(40)
    let calendar = Calendar.current
    for item in found {
      let parts = calendar.dateComponents(
        [.month, .day, .hour, .minute], from: Date(timeIntervalSince1970: Double(item.time)))
      let time = String(
        format: "%02d-%02d %02d:%02d", parts.month ?? 0, parts.day ?? 0, parts.hour ?? 0,
        parts.minute ?? 0)
      let mark =
        switch item.status {
        case .finished: " "
        case .failed: style.paint("✗", .red)
        case .interrupted: style.paint("‖", .yellow)
        }
      let duration = item.elapsed > 0.5 ? NumberText.duration(item.elapsed) : ""
      let entry = item.entry.replacing("\n", with: "\n" + String(repeating: " ", count: 27))
      let place = item.folder == here || item.folder.isEmpty ? "" : "  " + item.folder
      session.screen.write(
        style.paint(time, .dim) + " \(mark) " + TextWidth.padded(duration, to: 12) + entry
          + style.paint(place, .dim) + "\n")
    }
    if found.isEmpty { session.screen.writeError("no such entries\n") }
  }
}
