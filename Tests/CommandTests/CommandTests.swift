import Foundation
import Testing

@Suite struct CommandTests {
  let program: Program

  init() throws { program = try Program() }

  @Test func `an expression, a file and standard input run`() throws {
    defer { program.remove() }
    try program.write("x = 3\nx^2\nprint(\"x is \\(x)\")\n", to: "a.fdsl")
    #expect(try program.run("-e", "1 + 1").output == "2\n")
    #expect(try program.run("a.fdsl").output == "9\nx is 3\n")
    #expect(try program.run("-q", "a.fdsl").output == "x is 3\n")
    #expect(try program.run("-", input: "2^5").output == "32\n")
    #expect(try program.run("-e", "-3").output == "-3\n")
  }

  @Test func `parameters are set and refused`() throws {
    defer { program.remove() }
    try program.write("param n = 2 in 1..=9  \"how many\"\nn + 1\n", to: "a.fdsl")
    #expect(try program.run("a.fdsl", "-D", "n=5").output == "6\n")
    #expect(try program.run("a.fdsl", "-Dn=5").output == "6\n")
    #expect(try program.run("a.fdsl", "--", "n=5").output == "6\n")
    #expect(try program.run("params", "a.fdsl").output == "n  2  in 1..=9  how many\n")
    #expect(try program.run("a.fdsl", "-D", "n=50").status == 2)
    let unknown = try program.run("a.fdsl", "-D", "m=5")
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("it has n"))
    #expect(try program.run("a.fdsl", "-D", "n").status == 2)
  }

  /// Words of a command line, separated by blanks, and the exit code that ends it.
  static let endings: [(words: String, status: Int32)] = [
    ("-e 1", 0), ("--version", 0), ("--help", 0), ("doc sqrt", 0), ("-e [1,2][5]", 1),
    ("-e [1,2]+[1,2,3]", 3), ("--no-such-option", 2), ("update", 2), ("-e 1 file.fdsl", 2),
    ("doc no_such_name", 2),
    ("a.fdsl --cell none", 2), ("-e (1", 3), ("-e no_such_name", 3), ("no-such-file.fdsl", 6),
  ]

  @Test(arguments: endings)
  func `exit codes are those of the table`(_ words: String, _ status: Int32) throws {
    defer { program.remove() }
    try program.write("1\n", to: "a.fdsl")
    let process = try program.run(words.split(separator: " ").map(String.init))
    #expect(process.status == status, "\(process.errors)")
    #expect(process.errors.isEmpty == (status == 0))
  }

  @Test func `update, check and status agree`() throws {
    defer { program.remove() }
    try program.write(
      "param n = 2\n#%% a\nx = n^2\nx   #> 0\n#%% b  raises\n[1, 2] + [1, 2, 3]\n", to: "a.fdsl")
    #expect(try program.run("check", "a.fdsl").status == 4)
    #expect(try program.run("status", "a.fdsl").status == 4)
    let update = try program.run("update", "a.fdsl")
    #expect(update.status == 0)
    #expect(update.output.contains("recorded a, b"))
    #expect(try program.text(of: "a.fdsl").contains("x   #> 4\n#: key "))
    #expect(try program.text(of: "a.fdsl").contains("#> error[shape]: "))
    #expect(try program.run("check", "a.fdsl").output.contains("2 answers agree"))
    #expect(try program.run("status", "a.fdsl").output == "a  fresh\nb  fresh\n")
    let stale = try program.run("status", "a.fdsl", "-D", "n=3")
    #expect(stale.status == 4)
    #expect(stale.output == "a  stale   parameter n: 2 → 3\nb  fresh\n")
    #expect(try program.run("a.fdsl", "--cell", "b").output.hasPrefix("error[shape]"))
  }

  @Test func `a failing notebook is left alone`() throws {
    defer { program.remove() }
    try program.write("1\nassert false, \"no\"\n2\n", to: "a.fdsl")
    let update = try program.run("update", "a.fdsl")
    #expect(update.status == 1)
    #expect(update.errors.contains("a.fdsl is left as it was"))
    #expect(try program.text(of: "a.fdsl") == "1\nassert false, \"no\"\n2\n")
  }

  @Test func `diagnostics go to standard error, as text or as JSON`() throws {
    defer { program.remove() }
    let text = try program.run("-e", "1\nx_\n")
    #expect(text.output.isEmpty)
    #expect(text.errors.hasPrefix("error[name]"))
    let json = try program.run("--diagnostics", "json", "-e", "(")
    #expect(json.errors.hasPrefix("{\"severity\":\"error\""))
    #expect(try program.run("--color", "always", "-e", "(").errors.contains("\u{1b}["))
  }

  @Test func `nothing is written under --safe`() throws {
    defer { program.remove() }
    try program.write("save(image([0, 1; 1, 0]), \"a.png\")\n", to: "a.fdsl")
    #expect(try program.run("--safe", "a.fdsl").status == 5)
    #expect(!FileManager.default.fileExists(atPath: program.folder.path + "/a.png"))
  }

  @Test func `programs are formatted in place`() throws {
    defer { program.remove() }
    try program.write("x=1\n", to: "a.fdsl")
    #expect(try program.run("fmt", "--check", "a.fdsl").status == 4)
    #expect(try program.run("fmt", "a.fdsl").status == 0)
    #expect(try program.run("fmt", "--check", "a.fdsl").status == 0)
    #expect(try program.text(of: "a.fdsl") == "x = 1\n")
    #expect(try program.run("lint", "a.fdsl").status == 0)
  }

  @Test func `the manual page and the completions are made from the commands`() throws {
    defer { program.remove() }
    let page = try program.run("doc", "--manual-page").output
    #expect(page.hasPrefix(".TH FDSL 1"))
    #expect(page.contains(".SS fdsl update"))
    #expect(page.contains(".B 130"))
    for shell in ["bash", "zsh", "fish"] {
      #expect(try program.run("--generate-completion-script", shell).output.contains("update"))
    }
    let names = try program.run("---completion", "doc", "--", "name", "2", "2", "fdsl", "doc", "s")
    #expect(names.output.contains("\nsqrt\n"))
  }

  @Test func `the doctor names every component`() throws {
    defer { program.remove() }
    let report = try program.run("doctor").output
    for name in ["OpenBLAS", "oneDNN", "libedit", "libpng", "zlib", "gnuplot", "fonts"] {
      #expect(report.contains(name))
    }
  }

  @Test func `a session ends with the status that is asked for`() throws {
    defer { program.remove() }
    for (input, status) in [
      (":quit 9\n", 9), (":quit\n", 0), ("1 + 1\n", 0), ("no_such_name\n", 1), (":quit 255\n", 255),
      ("no_such_name\n:quit\n", 0),
    ] as [(String, Int32)] {
      #expect(try program.run("--no-init", input: input).status == status, "\(input)")
    }
  }

  @Test func `a training goes on from its folder in another process`() throws {
    defer { program.remove() }
    try program.write(
      """
      data = dataset(fractaldb(categories = 2), per = 8, size = 16)
      train_set, test_set = split(data, 0.5)
      net = patches(4) >> linear(48, 8) >> pool >> linear(8, 2)
      train(net, train_set, epochs = 2, batch = 4, test = test_set, seed = 1, checkpoint = "run");
      """, to: "a.fdsl")
    let first = try program.run("a.fdsl")
    #expect(first.status == 0, "\(first.errors)")
    let second = try program.run("-e", "resume(\"run\", epochs = 3).epochs")
    #expect(second.output == "5\n", "\(second.errors)")
    #expect(try program.run("-e", "len(resume(\"run\").loss)").output == "10\n")
    let refused = try program.run("-e", "resume(\"nowhere\")")
    #expect(refused.status == 1 && refused.errors.contains("there is no checkpoint in \"nowhere\""))
  }

  @Test func `a session on a pipe answers line by line`() throws {
    defer { program.remove() }
    let session = try program.run("--no-init", input: "x = 20\nx + 1\n:quit\n")
    #expect(session.status == 0)
    #expect(session.output.contains("21"))
  }
}
