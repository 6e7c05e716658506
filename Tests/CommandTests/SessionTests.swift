import Foundation
import Testing

/// The commands of a session, typed one after the other.
@Suite struct SessionTests {
  private func session(_ entries: String, _ options: String...) throws -> Program.Result {
    let program = try Program()
    defer { program.remove() }
    return try program.run(["--no-init"] + options, input: entries + "\n")
  }

  @Test func `a session with other digits replays to its own answers`() throws {
    let program = try Program()
    defer { program.remove() }
    let ended = try program.run(
      ["--no-init"],
      input: "π\n:set digits=12\nπ\n\"\\(1/3)\"\n:set digits=5\n2π\n:save a.fdsl\n:save! a.fdsl\n")
    #expect(ended.errors.isEmpty, "\(ended.errors)")
    #expect(ended.output.contains("saved a.fdsl: 4 cells, replayed in a fresh process"))
    let text = try program.text(of: "a.fdsl")
    #expect(text.contains("#%% in1\nπ\n#> 3.1416\n"))
    #expect(text.contains("#%% in2  digits=12\nπ\n#> 3.14159265359\n"))
    #expect(text.contains("#> \"0.333333333333\"\n"))
    #expect(try program.run("check", "a.fdsl").status == 0)
    #expect(try program.run("update", "a.fdsl").status == 0)
    #expect(try program.text(of: "a.fdsl").contains("#> 3.14159265359\n"))
  }

  @Test func `a range of entries is saved`() throws {
    let program = try Program()
    defer { program.remove() }
    let ended = try program.run(
      ["--no-init"], input: "x = 1\ny = 2\nz = 3\n:save a.fdsl 2..3\n:gather x b.fdsl\n")
    #expect(ended.errors.isEmpty, "\(ended.errors)")
    #expect(try program.text(of: "a.fdsl").contains("y = 2"))
    #expect(try !program.text(of: "a.fdsl").contains("x = 1"))
    #expect(try program.text(of: "b.fdsl").contains("x = 1"))
    #expect(try !program.text(of: "b.fdsl").contains("y = 2"))
  }

  @Test func `names, sources and entries are found again`() throws {
    let ended = try session(
      "x = 3\nf(n) = n + x\n:vars\n??f\n??x\n??sin\n:history\n:undo\n:vars f\n:reset\n:vars")
    #expect(ended.output.contains("  f  f(n) = n + x\n"))
    #expect(ended.output.contains("\nf(n) = n + x\nx = 3\n`sin` is built in"))
    #expect(ended.output.contains("forgot  f(n) = n + x\n"))
    #expect(ended.errors == "no names like f\nno names yet\n")
  }

  @Test func `every setting is listed, set and checked`() throws {
    let listed = try session(":set")
    for name in [
      "color", "depth", "digits", "editing", "images", "memory", "output", "palette", "threads",
      "time",
    ] {
      #expect(listed.output.contains("  \(name) "), "\(name)")
      let wrong = try session(":set \(name)=nonsense")
      #expect(wrong.errors.hasPrefix("error[setting]: `\(name)` "), "\(wrong.errors)")
    }
    let right = try session(
      """
      :set color=never
      :set depth=50
      :set digits=3
      :set images=none
      :set memory=2G
      :set output=1M
      :set palette=magma
      :set threads=1
      :set time=1min
      π
      """)
    #expect(right.errors.isEmpty, "\(right.errors)")
    #expect(right.output == "3.14\n")
    #expect(try session(":set digit=3").errors.contains("try:  :set digits=3"))
  }

  @Test func `a palette colours gray pictures and leaves coloured ones`() throws {
    let picture = "image([0, 0.5; 0.5, 1])"
    func shown(_ entries: String) throws -> String {
      try session(entries, "--images", "blocks", "--color", "always").output
    }
    let gray = try shown(picture)
    let magma = try shown(":set palette=magma\n\(picture)")
    #expect(!gray.isEmpty && gray != magma)
    #expect(try shown(":set palette=magma\n:set palette=gray\n\(picture)") == gray)
    let coloured = "\(picture) |> color(\"viridis\")"
    #expect(try shown(":set palette=magma\n\(coloured)") == shown(coloured))
  }

  @Test func `nothing of the shell and no writing under --safe`() throws {
    let ended = try session(":sh echo owned\nsave(image(zeros(2, 2)), \"a.png\")", "--safe")
    #expect(ended.errors.components(separatedBy: "error[denied]").count == 3)
    #expect(!ended.output.contains("owned"))
  }

  @Test func `times and files are told under -v`() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("y = 2\n", to: "lib.fdsl")
    try program.write("#%% a\nuse \"lib.fdsl\"\n#%% b\ny + 1\n", to: "a.fdsl")
    let ended = try program.run("-v", "a.fdsl")
    #expect(ended.output == "3\n")
    #expect(ended.errors.contains(/a: [0-9.]+ ms/) && ended.errors.contains(/b: [0-9.]+ ms/))
  }
}
