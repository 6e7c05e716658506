import Foundation
import Notebooks

/// A folder for one test with a notebook in it, and what users do to notebooks.
final class Desk {
  let folder: URL
  var name = "probe.fdsl"
  var language = ToyLanguage()
  var recipe = "one"

  init(_ text: String, name: String = "probe.fdsl") throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "fdsl-notebooks-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    self.name = name
    try write(text)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var url: URL { folder.appendingPathComponent(name) }
  var text: String { get throws { try String(contentsOf: url, encoding: .utf8) } }
  var notebook: Notebook { get throws { try Notebook(name: name, text: text) } }
  var graph: CellGraph { get throws { CellGraph(try notebook, language: language) } }
  var sideFiles: [String] {
    ((try? FileManager.default.contentsOfDirectory(
      atPath: folder.appendingPathComponent("probe.out").path)) ?? []).sorted()
  }

  func write(_ text: String) throws {
    try text.write(to: url, atomically: true, encoding: .utf8)
  }

  func replace(_ old: String, with new: String) throws {
    try write(try text.replacingOccurrences(of: old, with: new))
  }

  func recording(_ parameters: [String: String] = [:], cells: Set<Int>? = nil) throws -> Recording {
    let engine = ToyEngine(language, parameters: parameters)
    engine.recipe = recipe
    return try Recording(try notebook, language: language, engine: engine, cells: cells)
  }

  @discardableResult
  func update(_ parameters: [String: String] = [:]) throws -> Update {
    let update = try Update(
      try notebook, try recording(parameters), graph: try graph, language: language,
      folder: folder, overrides: parameters)
    try update.write(to: url)
    return update
  }

  func check(_ parameters: [String: String] = [:]) throws -> Check {
    Check(
      try notebook, try recording(parameters), graph: try graph, language: language,
      folder: folder, overrides: parameters)
  }

  func status(_ parameters: [String: String] = [:]) throws -> String {
    Status(try graph, language: language, folder: folder, overrides: parameters).text
  }
}
