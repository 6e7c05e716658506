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
    #expect(table == .numbers([1, 2, 3, 4], shape: [2, 2]))
    #expect(try fdsl.value("(1, \"a\")") == ProgramValue.list([.integer(1), .text("a")]))
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

  @Test func `pictures go in and out`() throws {
    fdsl.add(
      Builtin("doubled", "The picture twice as bright.", Parameter("p", "picture")) {
        (p: Picture) in
        var p = p
        p.bytes = p.bytes.map { UInt8(min(255, 2 * Int($0))) }
        return p
      })
    let picture: Picture = try fdsl.value("doubled(image([0, 0.2; 0.4, 1]))")
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
    #expect(#expect(throws: ProgramError.self) { try fdsl.run(program) }?.slug == "denied")
    let reader = Interpreter(files: .reading(folder))
    #expect(#expect(throws: ProgramError.self) { try reader.run(program) }?.slug == "denied")
    try Interpreter(files: .writing(folder)).run(program)
    #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("a.png").path))
  }

  @Test func `a time limit and an interruption stop a program`() throws {
    let hasty = Interpreter(limits: .init(seconds: 0.05))
    #expect(
      #expect(throws: ProgramError.self) { try hasty.run("while true { x = 1 }") }?.slug == "time")
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
