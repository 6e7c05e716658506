import FDSLKit
import Foundation
import Testing

@Suite struct InterpreterTests {
  let fdsl = Interpreter()

  @Test func `names stay defined between runs, and answers come back as shown`() throws {
    #expect(try fdsl.run("x = 20") == [])
    #expect(try fdsl.run("x + 1\nx/8") == ["21", "2.5"])
  }

  @Test func `values are read back as Swift types`() throws {
    #expect(try fdsl.value("6*7") == 42)
    #expect(try fdsl.value("1/4") == 0.25)
    #expect(try fdsl.value("3") == 3.0)
    #expect(try fdsl.value("1 < 2") == true)
    #expect(try fdsl.value("\"a\\(1 + 1)\"") == "a2")
    #expect(try fdsl.value("[1, 2, 3]^2") == [1.0, 4.0, 9.0])
    #expect(try fdsl.value("0..3") == [0, 1, 2])
    let table = try fdsl.value("[1, 2; 3, 4]", as: ProgramValue.self)
    #expect(table == .tensor(Tensor([1, 2, 3, 4], shape: [2, 2])))
    #expect(try fdsl.value("(1, \"a\")") == ProgramValue.tuple([.int(1), .string("a")]))
    #expect(try fdsl.value("3 + 4im") == ProgramValue.complex(real: 3, imaginary: 4))
    #expect(try fdsl.value("(lr = 0.5, depth = 6)") == ["lr": 0.5, "depth": 6.0])
    #expect(try fdsl.value("(a = 1, b = \"x\")", as: ProgramValue.self)["b"] == .string("x"))
    #expect(try fdsl.value("sin", as: ProgramValue.self).description == "sin(x)")
  }

  @Test func `tensors are indexed by row and column`() throws {
    var table: Tensor = try fdsl.value("[1, 2, 3; 4, 5, 6]")
    #expect(table.shape == [2, 3])
    #expect(table[1, 0] == 4)
    table[1, 0] = 9
    try fdsl.set("table", to: table)
    #expect(try fdsl.value("table[1, 0] + table[1, 2]") == 15)
  }

  @Test func `names are set, listed and read`() throws {
    try fdsl.set("data", to: [1.0, 4.0, 9.0])
    try fdsl.set("label", to: "squares")
    try fdsl.set("settings", to: ["lr": 0.5])
    try fdsl.run("f(x) = x\ntotal = sum(data)*settings.lr\n1 + 1")
    #expect(try fdsl.value("total") == 7)
    #expect(fdsl.names == ["data", "label", "settings", "f", "total"])
  }

  @Test(arguments: ["", "if", "a b", "1x", "a.b", "f(x)"])
  func `what is no name cannot be set`(name: String) {
    #expect(#expect(throws: ProgramError.self) { try fdsl.set(name, to: 1) }?.slug == "name")
  }

  @Test func `parameters of a program are set from outside and checked`() throws {
    fdsl.parameters = ["depth": "8"]
    #expect(try fdsl.run("param depth = 6 in 1..=24\ndepth") == ["8"])
    fdsl.parameters = ["depth": "80"]
    #expect(throws: ProgramError.self) { try fdsl.run("param depth = 6 in 1..=24") }
  }

  @Test func `printed text arrives whole`() throws {
    var printed = ""
    fdsl.onPrint = { printed += $0 }
    try fdsl.run("for k in 0..2 { print(k, \"of\", 2) }")
    #expect(printed == "0 of 2\n1 of 2\n")
  }

  @Test func `a value of another type is an error that names both`() {
    let error = #expect(throws: ProgramError.self) { try fdsl.value("\"a\"", as: Int.self) }
    #expect(error?.message == "the value is text, not an integer")
  }

  @Test func `errors can be read field by field and printed`() {
    let error = #expect(throws: ProgramError.self) { try fdsl.run("y = 1\n[1, 2] + [1, 2, 3]") }
    #expect(error?.slug == "shape")
    #expect(error?.line == 2)
    #expect(error?.column == 1)
    #expect(error?.description.hasPrefix("error[shape]: ") == true)
  }

  @Test func `a function of the host is checked like a builtin`() throws {
    fdsl.add(
      Builtin(
        "scaled", "A number times a factor.", Parameter("x", "number"),
        Parameter("by", "factor", default: 2)
      ) { (x: Double, by: Int) in x * Double(by) })
    #expect(try fdsl.value("scaled(1.5)") == 3.0)
    #expect(try fdsl.value("scaled(1.5, by = 4)") == 6.0)
    let wrong = #expect(throws: ProgramError.self) { try fdsl.run("scaled(\"a\")") }
    #expect(wrong?.slug == "type")
    #expect(#expect(throws: ProgramError.self) { try fdsl.run("scaled()") }?.slug == "arguments")
  }

  @Test func `arguments may be optional, and results missing`() throws {
    fdsl.add(
      Builtin(
        "capped", "A number, at most the limit.", Parameter("x", "number"),
        Parameter<Double?>.optional("limit", "none when left out")
      ) { (x: Double, limit: Double?) in min(x, limit ?? .infinity) })
    #expect(try fdsl.value("(capped(5), capped(5, limit = 2))") == [5.0, 2.0])
    fdsl.add(Builtin("forget", "Does nothing.", Parameter("x", "number")) { (_: Double) in })
    #expect(try fdsl.run("forget(1)") == [])
  }

  @Test func `what a function of the host throws is the message`() {
    struct Broken: Error, CustomStringConvertible { let description = "the wire is cut" }
    fdsl.add(
      Builtin("signal", "A signal.", Parameter("id", "which")) { (id: Int) -> Int in
        throw Broken()
      })
    let error = #expect(throws: ProgramError.self) { try fdsl.run("x = 1\nsignal(3)") }
    #expect(error?.message == "`signal` failed: the wire is cut")
    #expect(error?.line == 2)
    #expect(error?.localizedDescription == error?.message)
  }

  @Test func `images go in and out`() throws {
    fdsl.add(
      Builtin("doubled", "The picture twice as bright.", Parameter("p", "picture")) {
        (p: Image) in
        var p = p
        p.bytes = p.bytes.map { UInt8(min(255, 2 * Int($0))) }
        return p
      })
    let picture: Image = try fdsl.value("doubled(image([0, 0.2; 0.4, 1]))")
    #expect(picture.bytes == [0, 102, 204, 255])
  }

  @Test func `two interpreters share nothing`() throws {
    try fdsl.run("x = 1")
    #expect(throws: ProgramError.self) { try Interpreter().run("x") }
  }

  @Test func `without leave no file is touched`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "fdsl-kit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = "save(image([0, 1; 1, 0]), \"a.png\")"
    let refusal = #expect(throws: ProgramError.self) { try fdsl.run(program) }
    #expect(refusal?.slug == "denied")
    #expect(refusal?.message == "this program may not write files")
    #expect(refusal?.description.contains("--") == false, "advice is for hosts, not for shells")
    #expect(
      #expect(throws: ProgramError.self) { try fdsl.run("load(\"a.png\")") }?.slug == "denied")
    let reader = Interpreter(files: .reading(folder))
    #expect(#expect(throws: ProgramError.self) { try reader.run(program) }?.slug == "denied")
    try Interpreter(files: .writing(folder)).run(program)
    #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("a.png").path))
  }

  @Test func `a time limit holds for each call`() throws {
    let hasty = Interpreter(limits: .init(seconds: 0.2))
    for _ in 0..<2 {
      let error = #expect(throws: ProgramError.self) { try hasty.run("while true { x = 1 }") }
      #expect(error?.slug == "time")
      #expect(error?.suggestions == [])
    }
    #expect(try hasty.value("1") == 1)
  }

  @Test func `a run is interrupted from another thread, and names stay`() throws {
    try fdsl.run("kept = 5")
    let stop = fdsl.interrupt
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.1) { stop() }
    let error = #expect(throws: ProgramError.self) { try fdsl.run("while true { x = 1 }") }
    #expect(error?.slug == "interrupted")
    #expect(try fdsl.value("kept") == 5)
  }

  @Test func `a run is interrupted while it prints`() throws {
    fdsl.onPrint = { [fdsl] _ in fdsl.interrupt() }
    let error = #expect(throws: ProgramError.self) { try fdsl.run("while true { print(1) }") }
    #expect(error?.slug == "interrupted")
    fdsl.onPrint = { _ in }
    #expect(try fdsl.value("1") == 1)
  }

  @Test func `the seed decides the random numbers`() throws {
    let draws: [Double] = try [7, 7, 8].map { try Interpreter(seed: $0).value("uniform(0, 1)") }
    #expect(draws[0] == draws[1])
    #expect(draws[0] != draws[2])
  }
}
