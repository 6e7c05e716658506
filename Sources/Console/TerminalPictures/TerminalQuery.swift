import CEdit
import Foundation

/// Asks a terminal what it can do.
///
/// The last question, for the primary attributes, is one that every terminal answers: reading
/// stops there, and a terminal that knows none of the other questions costs no time-out.
package enum TerminalQuery {
  /// All questions in one piece: kitty graphics, name, colour, cell size, attributes.
  package static let questions =
    "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\" + "\u{1B}[>0q"
    + "\u{1B}[48;2;1;2;3m\u{1B}P$qm\u{1B}\\\u{1B}[0m" + "\u{1B}[16t" + "\u{1B}[c"

  /// What the answers say, and the bytes among them that the user typed.
  package static func abilities(
    answers: [UInt8], environment: [String: String]
  ) -> (abilities: TerminalAbilities, typed: [UInt8]) {
    var result = TerminalAbilities()
    let (replies, typed) = replies(in: answers)
    let colourTerm = environment["COLORTERM"] ?? ""
    result.hasTrueColour = colourTerm == "truecolor" || colourTerm == "24bit"
    var hasKitty = false
    var hasSixel = false
    var name = ""
    for reply in replies {
      if reply.hasPrefix("_Gi=31;") {
        hasKitty = reply.hasPrefix("_Gi=31;OK")
      } else if reply.hasPrefix("P>|") {
        name = String(reply.dropFirst(3))
      } else if reply.hasPrefix("P1$r"), reply.contains("48:2:") || reply.contains("48;2;") {
        result.hasTrueColour = true
      } else if reply.hasPrefix("[6;"), reply.hasSuffix("t") {
        let sizes = reply.dropFirst(3).dropLast().split(separator: ";").compactMap { Int($0) }
        if sizes.count == 2, sizes[0] > 0, sizes[1] > 0 {
          result.cellHeight = sizes[0]
          result.cellWidth = sizes[1]
        }
      } else if reply.hasPrefix("[?"), reply.hasSuffix("c") {
        // 4 exactly: 14, 24 and 41 say something else.
        hasSixel = reply.dropFirst(2).dropLast().split(separator: ";").dropFirst().contains("4")
      }
    }
    let isTmux = name.hasPrefix("tmux") || !(environment["TMUX"] ?? "").isEmpty
    // tmux turns 24-bit colours into what the terminal around it can show.
    if isTmux { result.hasTrueColour = true }
    if isTmux {
      result.method = .blocks
    } else if hasKitty {
      result.method = .kitty
    } else if name.hasPrefix("iTerm2") || name.hasPrefix("WezTerm") {
      result.method = .iterm
    } else if hasSixel {
      result.method = .sixel
    }
    return (result, typed)
  }

  /// Asks on a terminal and waits for at most 150 ms.
  ///
  /// - Returns: `nil` when the descriptors are no terminal.
  package static func ask(
    input: Int32, output: Int32, environment: [String: String]
  ) -> (abilities: TerminalAbilities, typed: [UInt8])? {
    var before = termios()
    guard isatty(output) == 1, tcgetattr(input, &before) == 0 else { return nil }
    if !(environment["TMUX"] ?? "").isEmpty {
      return abilities(answers: [], environment: environment)
    }
    var raw = before
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    withUnsafeMutableBytes(of: &raw.c_cc) {
      $0[Int(VMIN)] = 1; $0[Int(VTIME)] = 0
    }
    guard tcsetattr(input, TCSANOW, &raw) == 0 else { return nil }
    defer { tcsetattr(input, TCSANOW, &before) }
    let bytes = Array(questions.utf8)
    guard write(output, bytes, bytes.count) == bytes.count else { return nil }
    var answers: [UInt8] = []
    let deadline = Date().addingTimeInterval(0.15)
    while !hasAttributes(answers) {
      let left = Int32(deadline.timeIntervalSinceNow * 1000)
      var wait = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      guard left > 0, poll(&wait, 1, left) > 0 else { break }
      var piece = [UInt8](repeating: 0, count: 256)
      let count = read(input, &piece, piece.count)
      guard count > 0 else { break }
      answers += piece[..<count]
    }
    return abilities(answers: answers, environment: environment)
  }

  private static func hasAttributes(_ answers: [UInt8]) -> Bool {
    replies(in: answers).replies.contains { $0.hasPrefix("[?") && $0.hasSuffix("c") }
  }

  /// Splits escape sequences, without their escape, from typed bytes.
  static func replies(in bytes: [UInt8]) -> (replies: [String], typed: [UInt8]) {
    var replies: [String] = []
    var typed: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x1B, index + 1 < bytes.count else {
        typed.append(bytes[index])
        index += 1
        continue
      }
      let kind = bytes[index + 1]
      guard let end = end(of: kind, in: bytes, from: index + 2) else {
        typed += bytes[index...]
        break
      }
      let reply = String(decoding: bytes[(index + 1)..<end.content], as: UTF8.self)
      if isReply(reply) { replies.append(reply) } else { typed += bytes[index..<end.next] }
      index = end.next
    }
    return (replies, typed)
  }

  /// Whether a sequence answers one of the questions; arrow keys and the like do not.
  private static func isReply(_ text: String) -> Bool {
    text.hasPrefix("_G") || text.hasPrefix("P")
      || text.hasPrefix("[?") && text.hasSuffix("c")
      || text.hasPrefix("[") && text.hasSuffix("t")
  }

  private static func end(
    of kind: UInt8, in bytes: [UInt8], from start: Int
  ) -> (content: Int, next: Int)? {
    switch kind {
    case UInt8(ascii: "["):
      let last = bytes[start...].firstIndex { (0x40...0x7E).contains($0) }
      return last.map { ($0 + 1, $0 + 1) }
    case UInt8(ascii: "_"), UInt8(ascii: "P"), UInt8(ascii: "]"):
      var index = start
      while index < bytes.count {
        if bytes[index] == 7 { return (index, index + 1) }
        if bytes[index] == 0x1B, index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\\") {
          return (index, index + 2)
        }
        index += 1
      }
      return nil
    default: return (start, start)
    }
  }
}
