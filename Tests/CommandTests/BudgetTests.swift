import Foundation
import Testing

/// Budgets end programs with exit code 5 and a diagnostic, whatever uses them up.
@Suite struct BudgetTests {
  /// What uses up which budget, and a part of the message.
  static let hoarders: [(options: String, text: String, message: String)] = [
    ("", "zeros(10^6, 10^6)", "error[memory]: zeros(10^6, 10^6) needs 7.28 TiB; the budget is "),
    (
      "--memory 1G", "zeros(20_000, 20_000)",
      "error[memory]: zeros(20000, 20000) needs 2.98 GiB; the budget is 1 GiB"
    ),
    (
      "--memory 200M", "x = rand(4000, 4000); y = x + 1",
      "error[memory]: the result of `+` needs 128 MiB more; the budget is 200 MiB"
    ),
    ("--memory 100M", "map(k -> rand(1000, 1000), 0..1000) |> len", "the budget is 100 MiB"),
    ("--memory 100M", "[rand(1000, 1000) for k < 1000]", "the budget is 100 MiB"),
    ("--memory 100M", "x = rand(3000, 3000); y = x.T @ x", "the budget is 100 MiB"),
    ("--memory 100M", "x = rand(3000, 3000); y = -x", "the budget is 100 MiB"),
    ("--memory 100M", "x = rand(3000, 3000); y = sqrt(x)", "the budget is 100 MiB"),
    ("--memory 100M", "x = rand(3000, 3000); y = x[::-1]", "the budget is 100 MiB"),
    ("--memory 100M", "x = rand(3000, 3000); y = x; y[0, 0] = 1", "the budget is 100 MiB"),
    ("--memory 100M", "x = rand(3000, 3000); y = concat((x, x))", "the budget is 100 MiB"),
    (
      "--memory 50M", "r(x, y) = x; a = [render(r, size = 2048) for k < 40]",
      "the budget is 50 MiB"
    ),
    ("--memory 50M", "(0..10^8) |> len |> zeros |> sum", "needs 763 MiB"),
    ("--memory 50M", "s = \"xxxx\"; while true { s = s + s }", "the budget is 50 MiB"),
    ("--memory 50M", "map(x -> x, 0..10^10) |> len", "a list of length [10^10] needs 224 GiB"),
    ("--memory 50M", "zip(0..10^10, 0..10^10) |> len", "a list of length [10^10] needs 224 GiB"),
    ("--time 0.3s", "k = 0; while true { k += 1 }", "error[time]: the time budget of 0.3 s"),
    ("--time 0.3s", "map(k -> sum(rand(300, 300)), 0..10^6)", "error[time]: "),
    ("--time 0.3s", "f(n) = if n < 2 { n } else { f(n - 1) + f(n - 2) }; f(60)", "error[time]: "),
    (
      "--output 1K", "for k in 0..10^6 { print(k) }",
      "error[output]: the program prints more than 1 KiB"
    ),
    ("", "f(n) = f(n + 1); f(0)", "error[depth]: 5000 calls are nested"),
    ("--safe", "f(n) = f(n + 1); f(0)", "error[depth]: 1000 calls are nested"),
    ("--safe", "zeros(20_000, 20_000)", "the budget is 1 GiB"),
    ("", "s = (1, 1); while true { s = (s, 1) }", "error[depth]: a tuple holds others 1001 deep"),
  ]

  @Test(arguments: hoarders)
  func `what is used up ends the program`(_ options: String, _ text: String, _ message: String)
    throws
  {
    let program = try Program()
    defer { program.remove() }
    let ended = try program.run(options.split(separator: " ").map(String.init) + ["-e", text])
    #expect(ended.errors.contains(message), "\(ended.errors)")
    #expect(ended.status == 5)
  }

  @Test func `what is let go of can be used again`() throws {
    let program = try Program()
    defer { program.remove() }
    let text = "for k in 0..50 { x = zeros(1000, 1000) + k }; print(x[0, 0])"
    let ended = try program.run("--memory", "40M", "-e", text)
    #expect(ended.output == "49\n", "\(ended.errors)")
  }

  @Test func `a refusal leaves the session as it was`() throws {
    let program = try Program()
    defer { program.remove() }
    let ended = try program.run(
      ["--memory", "100M"],
      input: """
        x = ones(3000, 3000)
        y = x
        x[0, 0] = 7
        sum(x) + sum(y)
        :set memory=1G
        x[0, 0] = 7
        sum(x)
        """ + "\n")
    #expect(ended.output == "18000000\n9000006\n", "\(ended.output) \(ended.errors)")
    #expect(ended.errors.contains("a copy of shape [3000, 3000] needs 68.7 MiB more"))
  }

  @Test func `time begins anew with each entry of a session`() throws {
    let program = try Program()
    defer { program.remove() }
    let ended = try program.run(
      ["--time", "0.5s"],
      input: "k = 0; while true { k += 1 }\n2 + 2\n:set time=0.1s\nwhile true { }\n3 + 3\n")
    #expect(ended.output == "4\n6\n", "\(ended.errors)")
    #expect(ended.errors.contains("the time budget of 0.5 s is used up"))
    #expect(ended.errors.contains("the time budget of 0.1 s is used up"))
  }

  @Test func `amounts are read strictly`() throws {
    let program = try Program()
    defer { program.remove() }
    for amount in ["8X", "G", "-1G", "0", "1e400", "8 gallons"] {
      #expect(try program.run("--memory", amount, "-e", "1").status == 2, "\(amount)")
    }
    for amount in ["8G", "8GB", "8GiB", "8g", "500M", "1.5T", "1000000000"] {
      #expect(try program.run("--memory", amount, "-e", "1").output == "1\n", "\(amount)")
    }
  }
}
