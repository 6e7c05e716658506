import Foundation
import Language
import Testing

/// Every error has a story, and its examples do what the story says.
@Suite struct ExplanationTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The slugs in the sources, with a file that has each.
  private static func slugs() throws -> [String: String] {
    let sources = root.appendingPathComponent("Sources")
    let files = FileManager.default.enumerator(atPath: sources.path)
    var found: [String: String] = [:]
    let pattern = try Regex(
      #"(?:Problem|Diagnostic|Trouble|trouble|problem|report)\(\s*(?:slug:\s*)?"([a-z]+)"\s*,"#
        + #"|slug(?:: String)?(?::| =) "([a-z]+)"|error\[([a-z]+)\]: "#)
    while let file = files?.nextObject() as? String {
      guard file.hasSuffix(".swift"), !file.contains("Explanation") else { continue }
      let text = try String(
        contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      for match in text.matches(of: pattern) {
        let slug = (1...3).compactMap { match.output[$0].substring }.first
        if let slug { found[String(slug)] = file }
      }
    }
    return found
  }

  @Test func `every slug in the sources has an explanation, and no other has`() throws {
    let slugs = try Self.slugs()
    #expect(slugs.count > 60)
    for (slug, file) in slugs {
      #expect(
        Explanation.of(slug) != nil,
        "\(file) throws error[\(slug)]: Sources/Language/Explanations/ must tell what it means")
    }
    for explanation in Explanation.all {
      #expect(slugs[explanation.slug] != nil, "nothing throws error[\(explanation.slug)]")
    }
    #expect(Explanation.all.map(\.slug) == Explanation.all.map(\.slug).sorted())
  }

  static let examples = Explanation.all.filter { $0.place != .described }.map(\.slug)

  @Test(arguments: examples)
  func `the wrong example provokes the error, the mended one goes through`(_ slug: String) throws {
    let explanation = try #require(Explanation.of(slug))
    let wrong = try run(explanation.wrong, explanation.place)
    #expect(wrong.errors.contains("error[\(slug)]"), "\(wrong.errors)")
    let mended = try run(explanation.mended, explanation.place)
    #expect(!mended.errors.contains("error["), "\(mended.errors)")
    #expect(mended.status == 0)
  }

  /// Runs an example where it is meant to be typed, among the files it may speak of.
  private func run(_ text: String, _ place: Explanation.Place) throws -> Program.Result {
    let program = try Program()
    defer { program.remove() }
    try program.write("x = 1\n", to: "utf-8.fdsl")
    try program.write("x = [1, 2] + [1, 2, 3]\n", to: "wrong.fdsl")
    try Data("# caf\u{e9}\n".unicodeScalars.map { UInt8($0.value) })
      .write(to: program.folder.appendingPathComponent("latin-1.fdsl"))
    try Data([137, 80, 78, 71, 13, 10, 26, 10, 0, 0])
      .write(to: program.folder.appendingPathComponent("cut-short.png"))
    switch place {
    case .program:
      try program.write(text + "\n", to: "example.fdsl")
      return try program.run("-q", "example.fdsl")
    case .session: return try program.run(["--no-init"], input: text + "\n")
    case .commandLine:
      return try program.run(text.split(separator: " ").dropFirst().map(String.init))
    case .described: return Program.Result(status: 0, output: "", errors: "")
    }
  }

  @Test func `a story is told by slug, in the session and at the shell`() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run("doc", "stretch").output.hasPrefix("error[stretch]\n\n"))
    #expect(try program.run("doc", "error[save]").output.hasPrefix("error[save]\n\n"))
    #expect(try program.run("doc", "save").output.contains("?error[save]"))
    let session = try program.run(
      ["--no-init"], input: "?shape\n[1, 2] + [1, 2, 3]\n:why\n?error[save]\n")
    #expect(session.output.components(separatedBy: "error[shape]\n").count == 3)
    #expect(session.output.contains("error[save]\n"))
  }

  @Test func `errors for tools are JSON, whatever meets them`() throws {
    struct Told: Decodable {
      struct Label: Decodable {
        var start, end: Int
        var line, column, endLine, endColumn: Int?
        var text: String
        var primary: Bool
      }
      var severity, slug, message, file: String
      var labels: [Label]
      var notes, suggestions: [String]
    }
    let program = try Program()
    defer { program.remove() }
    try program.write("y = 2\nx = (1 +\n", to: "parse.fdsl")
    try program.write("y = 2\nz = sinus(y) + cosinus(y)\nw = tanus(y)\n", to: "resolve.fdsl")
    try program.write("é = 2\nf(a) = a + [1, 2]\nf([1, 2, 3])\n", to: "run.fdsl")
    try program.write("#%% a  raises\n1\n", to: "raises.fdsl")
    func told(_ words: String, input: String = "") throws -> [Told] {
      let words = words.split(separator: " ").map(String.init)
      let errors = try program.run(words + ["--diagnostics", "json"], input: input).errors
      return try errors.split(separator: "\n").map {
        try JSONDecoder().decode(Told.self, from: Data($0.utf8))
      }
    }
    for command in ["", "check ", "update ", "lint ", "status ", "fmt "] where command != "status "
    {
      let parse = try told(command + "parse.fdsl")
      #expect(parse.map(\.slug) == ["open"], "\(command)")
      #expect(parse.first?.file == "parse.fdsl" && parse.first?.labels.first?.line == 2)
    }
    let resolve = try told("resolve.fdsl")
    #expect(resolve.map(\.slug) == ["name", "name"])
    #expect(resolve.map { $0.labels[0].line } == [2, 3])
    #expect(resolve[0].labels[0].column == 5 && resolve[0].labels[0].endColumn == 10)
    let run = try told("run.fdsl")
    #expect(run.map(\.slug) == ["shape"])
    // é takes two bytes and one column.
    #expect(run[0].labels.map(\.start) == [14, 18] && run[0].labels.map(\.column) == [8, 12])
    #expect(try told("raises.fdsl").map(\.slug) == ["raises"])
    #expect(try told("no-such-file.fdsl").map(\.slug) == ["file"])
    #expect(try told("--no-such-option").map(\.slug) == ["usage"])
    #expect(try told("doc no_such_name").map(\.slug) == ["usage"])
    #expect(
      try told("--no-init", input: "1 + \"a\"\n:nonsense\n").map(\.slug) == ["type", "command"])
  }
}
