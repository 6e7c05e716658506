import Foundation
import Notebooks
import Testing

@Suite struct StatusTests {
  static let notebook = """
    #: fdsl 1
    #: seed 7
    param depth = 4 in 1..=12  "blocks"
    param epochs = 6

    #%% codes
    codes = 3
    codes
    #%% train
    a = codes + depth
    a
    #%% figure
    a + 1
    #%% other
    5
    """

  func recorded() throws -> Desk {
    let desk = try Desk(Self.notebook)
    try desk.update()
    return desk
  }

  @Test func `everything is fresh after an update`() throws {
    let desk = try recorded()
    #expect(
      try desk.status() == "codes   fresh\ntrain   fresh\nfigure  fresh\nother   fresh\n")
    #expect(try desk.text.contains("  depth=4\n"))
  }

  @Test func `a parameter makes stale what uses it and what needs that`() throws {
    let desk = try recorded()
    try desk.replace("depth = 4", with: "depth = 6")
    let expected = """
      codes   fresh
      train   stale   parameter depth: 4 → 6
      figure  stale   needs train
      other   fresh

      """
    #expect(try desk.status() == expected)
    try desk.replace("depth = 6", with: "depth = 4")
    #expect(try desk.status(["depth": "6"]) == expected)
    #expect(try desk.status(["epochs": "1"]) == (try desk.status()))
  }

  @Test func `comments, spacing, captions and ranges make nothing stale`() throws {
    let desk = try recorded()
    try desk.replace("a = codes + depth", with: "\n# why\na  =  codes + depth # sum")
    try desk.replace("in 1..=12  \"blocks\"", with: "in 1..=99  \"layers\"")
    #expect(!(try desk.status().contains("stale")))
  }

  @Test func `changed code is named, with what needs it`() throws {
    let desk = try recorded()
    try desk.replace("codes = 3", with: "codes = 4")
    let status = try desk.status()
    #expect(status.contains("codes   stale   code or seed changed"))
    #expect(status.contains("train   stale   needs codes"))
    #expect(status.contains("other   fresh"))
  }

  @Test func `another engine makes everything stale`() throws {
    let desk = try recorded()
    desk.language.version = "0.2"
    #expect(try desk.status().contains("other   stale   engine 0.1 → 0.2"))
  }

  @Test func `a changed or missing file makes its reader stale`() throws {
    let desk = try Desk("#%% load\nread \"data.csv\"\n")
    let file = desk.folder.appendingPathComponent("data.csv")
    try "1".write(to: file, atomically: true, encoding: .utf8)
    try desk.update()
    #expect(try desk.text.contains("file:data.csv="))
    #expect(try desk.status() == "load  fresh\n")
    try "2".write(to: file, atomically: true, encoding: .utf8)
    #expect(try desk.status() == "load  stale   file data.csv changed\n")
    try FileManager.default.removeItem(at: file)
    #expect(try desk.status() == "load  stale   file data.csv is missing\n")
  }

  @Test func `a cell never recorded is stale`() throws {
    let desk = try Desk("#%% a\n1\n")
    #expect(try desk.status() == "a  stale   never recorded\n")
  }

  @Test func `a use means the nearest binding above`() throws {
    let desk = try Desk("#%% a\nx = 1\n#%% b\nx = 2\n#%% c\nx\n#%% d\nx += 1\n#%% e\nx\n")
    #expect(try desk.graph.needs == [[], [], [1], [1], [3]])
  }

  @Test func `an assignment in braces may or may not bind for later cells`() throws {
    let desk = try Desk("#%% a\nn = 1\n#%% b\nf(k) = { n = k }\n#%% c\nn\n")
    #expect(try desk.graph.needs[2] == [0, 1])
  }

  @Test func `named arguments and fields are no uses`() throws {
    let desk = try Desk("#%% a\nlr = 1\nloss = 2\n#%% b\ntrain(lr = 3).loss\n#%% c\nf(lr)\n")
    #expect(try desk.graph.needs == [[], [], [0]])
  }

  @Test func `a cell is run with all it needs`() throws {
    let desk = try recorded()
    let graph = try desk.graph
    #expect(graph.closure(of: [3]) == [0, 1, 2, 3])
    #expect(graph.closure(of: [4]) == [4])
  }

  @Test func `declared parameters keep their range and caption`() throws {
    let parameters = try recorded().graph.parameters
    #expect(parameters.map(\.name) == ["depth", "epochs"])
    #expect(parameters[0].value == "4")
    #expect(parameters[0].range == "1..=12")
    #expect(parameters[0].caption == "blocks")
    #expect(parameters[1].range == nil)
  }

  @Test(arguments: [
    "e02b56c9", "e02b56c9  depth=4 file:a%20b.csv=1f0c52aa", "00  name=\"a%20%3d%25\"",
  ])
  func `a key line reads back as it was written`(_ text: String) {
    #expect(RecordedKey(parsing: text)?.text == text)
  }
}
