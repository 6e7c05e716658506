import Language

/// Programs laid out: the same tokens and comments, the same tree, and nothing left to lay out.
enum FormatterTarget: FuzzTarget {
  static let grafts = 75

  static func feed(_ bytes: [UInt8]) {
    guard let source = try? SourceText(name: "", bytes: bytes) else { return }
    let program = Parser.program(in: source)
    let once: String
    do throws(Diagnostic) {
      once = try Formatter().formatted(source)
    } catch {
      require(!program.diagnostics.isEmpty, "a program without mistakes is laid out")
      return
    }
    require(program.diagnostics.isEmpty, "a program with mistakes is refused")
    let result = SourceText(text: once)
    let again = Parser.program(in: result)
    require(again.diagnostics.isEmpty, "what was laid out can be read")
    require(again.sexpr == program.sexpr, "laying out keeps the meaning")
    require(words(of: result) == words(of: source), "laying out keeps tokens and comments")
    require((try? Formatter().formatted(result)) == once, "laying out twice changes nothing")
    // A layout that would change tokens is thrown away, which must not hide that it happens.
    let longer = SourceText(text: source.text + "\n\n\n")
    require((try? Formatter().formatted(longer)) == once, "blank lines at the end are dropped")
  }

  /// All that is not blank; not token by token, because `|x|>2` becomes `|x| > 2`.
  private static func words(of source: SourceText) -> String {
    let (tokens, comments) = Lexer.tokens(of: source)
    return (tokens.map(\.span) + comments.map(\.span)).sorted { $0.start < $1.start }
      .map { source.text(in: $0) }.joined()
  }
}
