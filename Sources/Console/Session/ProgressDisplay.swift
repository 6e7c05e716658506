import Basics

/// Progress as text: one line that is updated, or one plain line for each round.
struct ProgressDisplay {
  /// Whether the stream can take a line back.
  let canUpdate: Bool
  let style: TerminalStyle
  private var isShown = false
  private var lastTime = -Double.infinity

  init(canUpdate: Bool, style: TerminalStyle) {
    self.canUpdate = canUpdate
    self.style = style
  }

  /// What to write for a report; empty when it comes too soon after the last.
  ///
  /// - Parameter now: seconds on any clock.
  mutating func text(_ report: ProgressReport, columns: Int, now: Double) -> String {
    guard canUpdate else {
      guard report.isMilestone else { return "" }
      return
        ([report.title, report.detail, report.rate, Self.remaining(report)]
        .filter { !$0.isEmpty }).joined(separator: "  ") + "\n"
    }
    // Ten pictures a second are enough for an eye.
    if now - lastTime < 0.1 && !report.isMilestone { return "" }
    lastTime = now
    isShown = true
    return "\r" + line(report, columns: columns) + "\u{1B}[K"
  }

  /// What takes the line back.
  mutating func end() -> String {
    defer { isShown = false }
    lastTime = -Double.infinity
    return isShown ? "\r\u{1B}[K" : ""
  }

  private func line(_ report: ProgressReport, columns: Int) -> String {
    var head = report.title
    var bar = ""
    var percent = ""
    if report.total > 0 {
      let share = min(1, max(0, report.done / report.total))
      let cells = 20
      let eighths = Int((share * Double(cells * 8)).rounded(.down))
      let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
      bar = String(repeating: "█", count: eighths / 8) + partial
      bar = TextWidth.padded(bar, to: cells)
      percent = TextWidth.padded("\(Int(share * 100)) %", to: 5)
    }
    if !head.isEmpty { head += " " }
    let tail = [report.detail, report.rate, Self.remaining(report)]
      .filter { !$0.isEmpty }.joined(separator: "  ")
    let left = columns - 1 - TextWidth.of(head) - TextWidth.of(bar) - TextWidth.of(percent) - 4
    return head + (bar.isEmpty ? "" : "▕" + style.paint(bar, .cyan) + "▏" + percent + " ")
      + TextWidth.cut(tail, to: left)
  }

  private static func remaining(_ report: ProgressReport) -> String {
    guard report.total > 0, report.done > 0, report.elapsed > 0.5, report.done < report.total else {
      return ""
    }
    let left = report.elapsed * (report.total - report.done) / report.done
    return NumberText.duration(left) + " left"
  }
}
