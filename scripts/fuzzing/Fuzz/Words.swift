import Builtins
import Language

/// The words and signs of the language, in libFuzzer's form.
enum Words {
  static var dictionary: String {
    let words =
      Keyword.allCases.map(\.rawValue) + Symbol.allCases.map(\.rawValue)
      + LatexName.all.keys.map { "\\" + $0 } + LatexName.all.values
      + StandardLibrary.library.names
      + ["param ", "seed ", "use ", "assert ", " step ", "new", "\\(", "\\u{", "r\"", "#%%", "#>"]
      + [
        "**", "&&", "||", "++", "=>", "!", "0x", "1e308", "9223372036854775807", "\u{FEFF}", "\r\n",
        "e\u{301}", "\u{1F600}",
      ]
    return Set(words).sorted().map { "\"" + escaped($0) + "\"" }.joined(separator: "\n")
  }

  private static func escaped(_ word: String) -> String {
    word.utf8.map { byte in
      let isPlain = byte > 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C
      if isPlain { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "\\x" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
