import Basics
import Foundation
import Language
import Testing

@testable import Builtins

/// Saving and loading in programs.
@Suite struct FileTests {
  private func run(_ program: String) throws -> (shown: [String], trouble: Diagnostic?) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fdsl-files-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let session = Session(
      library: StandardLibrary.library, options: SessionOptions(files: FileAccess(root: folder)))
    var shown: [String] = []
    let outcome = try session.run(
      SourceText(text: program), cell: "test",
      onStatement: { if let text = $0.shown?.text { shown.append(text) } })
    guard case .failed(let diagnostic) = outcome else { return (shown, nil) }
    return (shown, diagnostic)
  }

  @Test func `weights of another network are refused, tensor by tensor`() throws {
    let save = "save(mlp(4, 8, 3), \"net.safetensors\");\n"
    let other = try run(save + "load(linear(4, 8) >> relu, \"net.safetensors\")").trouble
    #expect(other?.slug == "weights")
    #expect(other?.notes.contains { $0.hasPrefix("not in the network: ") } == true)
    let wider = try run(save + "load(mlp(4, 9, 3), \"net.safetensors\")").trouble
    #expect(wider?.slug == "shape")
  }

  @Test func `the part that fits is taken when asked for`() throws {
    let result = try run(
      """
      old = linear(4, 8) >> relu;
      save(old, "body.safetensors");
      new = load(old >> linear(8, 3), "body.safetensors", partial = true);
      x = rand(5, 4);
      max(|features(new, x) - old(x)|)
      """)
    #expect(result.trouble == nil)
    #expect(result.shown == ["0"])
  }

  @Test(arguments: ["load(\"a.jpg\")", "load(3)", "load(mlp(2, 2))", "load(relu)"])
  func `what cannot be loaded is refused with what can`(program: String) throws {
    let trouble = try #require(try run(program).trouble)
    #expect(trouble.suggestions.contains { $0.hasPrefix("load(") }, "\(program): \(trouble)")
  }
}
