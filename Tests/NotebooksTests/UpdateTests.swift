import Foundation
import Notebooks
import Testing

@Suite struct UpdateTests {
  @Test func `a script becomes a notebook`() throws {
    let desk = try Desk("x = 2\nx + 1\nprint hello\n")
    #expect(try desk.update().changed == ["(top)"])
    let lines = try desk.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0..<3] == ["#: fdsl 1", "#: engine 0.1 · toy", ""])
    #expect(lines[3..<8] == ["x = 2", "x + 1", "#> 3", "print hello", "#> hello"])
    #expect(lines[8].hasPrefix("#: key "))
    #expect(try desk.check().holds)
  }

  @Test func `a second update changes nothing, not even volatile lines`() throws {
    let desk = try Desk(
      "#!/usr/bin/env fdsl\n# Prose.\n\n#%% a  tol=0.1\nclock\nclock\n\n# More.\n#%% b\ndraw\npicture 3\n"
    )
    try desk.update()
    let first = try desk.text
    desk.recipe = "another"
    let second = try desk.update()
    #expect(second.changed.isEmpty)
    #expect(try desk.text == first)
    #expect(first.contains("clock\n#> ~ 1 s\nclock\n#> ~ 2 s\n#: key"))
  }

  @Test func `an answer beside its code stays there`() throws {
    let desk = try Desk("x = 2\nx + 1    #> 5\nx\n#> 9\n#> 9\n")
    try desk.update()
    #expect(try desk.text.contains("x = 2\nx + 1    #> 3\nx\n#> 2\n#: key"))
  }

  @Test func `an answer that grows moves below its code`() throws {
    let desk = try Desk("lines 2  #> old\n")
    try desk.update()
    #expect(try desk.text.contains("lines 2\n#> line 1\n#> line 2\n"))
  }

  @Test func `the end of a file and its line ends stay`() throws {
    let desk = try Desk("x = 1\r\nx\r\n")
    try desk.update()
    let text = try desk.text
    #expect(text.contains("x\r\n#> 1\r\n#: key "))
    #expect(!text.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
    let open = try Desk("#: fdsl 1\nx = 1")
    try open.update()
    #expect(try open.text.hasSuffix("\nx = 1"))
  }

  @Test func `pictures go to files named after cell and content`() throws {
    let desk = try Desk("#%% codes\npicture 7\npage\n")
    try desk.update()
    #expect(desk.sideFiles.count == 2)
    let names = desk.sideFiles
    #expect(names.allSatisfy { $0.hasPrefix("codes-") })
    let picture = try #require(names.last { $0.hasSuffix("png") })
    #expect(try desk.text.contains("#> ![codes](probe.out/\(picture)) 1×1\n"))
    try desk.replace("picture 7", with: "picture 8")
    try "mine".write(
      to: desk.folder.appendingPathComponent("probe.out/notes.txt"), atomically: true,
      encoding: .utf8)
    try desk.update()
    #expect(desk.sideFiles.count == 3)
    #expect(desk.sideFiles.contains("notes.txt"))
    #expect(Set(desk.sideFiles) != Set(names + ["notes.txt"]))
  }

  @Test func `a folder without pictures goes`() throws {
    let desk = try Desk("#%% codes\npicture 7\n")
    try desk.update()
    try desk.replace("picture 7\n", with: "7\n")
    try desk.update()
    #expect(
      !FileManager.default.fileExists(atPath: desk.folder.appendingPathComponent("probe.out").path))
  }

  @Test func `an expected error is recorded`() throws {
    let desk = try Desk("#%% bad  raises\nx = 1\nprint before\nfail\n#%% after\n4\n")
    try desk.update()
    #expect(try desk.text.contains("#> before\nfail\n#> error[toy]: it failed\n#: key"))
    #expect(try desk.text.contains("4\n#> 4\n"))
    #expect(try desk.check().holds)
  }

  @Test func `an unexpected error stops the run`() throws {
    let desk = try Desk("#%% a\nfail\n#%% b\n4\n")
    guard case .failed(let trouble, cell: 0) = try desk.recording().ending else {
      Issue.record("the run did not fail")
      return
    }
    #expect(trouble.message == "it failed")
  }

  @Test func `a cell that should raise and does not is an error`() throws {
    let desk = try Desk("#%% a  raises\n4\n")
    guard case .failed(let trouble, cell: 0) = try desk.recording().ending else {
      Issue.record("the run did not fail")
      return
    }
    #expect(trouble.slug == "raises")
  }

  @Test func `skipped cells keep what they have`() throws {
    let desk = try Desk("#%% a  skip\n4\n#> 5\n")
    try desk.update()
    #expect(try desk.text.contains("4\n#> 5\n"))
    #expect(try desk.check().holds)
  }

  @Test func `the file keeps its permissions, and no temporary file stays`() throws {
    let desk = try Desk("4\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: desk.url.path)
    try desk.update()
    let mode = try FileManager.default.attributesOfItem(atPath: desk.url.path)[.posixPermissions]
    #expect(mode as? Int == 0o640)
    #expect(try FileManager.default.contentsOfDirectory(atPath: desk.folder.path) == ["probe.fdsl"])
  }

  @Test func `a page is updated without header and keys`() throws {
    let desk = try Desk("# Title\n\n```fdsl\nx = 1\nx + 1  #> 7\n```\n", name: "README.md")
    try desk.update()
    #expect(try desk.text == "# Title\n\n```fdsl\nx = 1\nx + 1  #> 2\n```\n")
  }

  @Test func `statements on several lines get their answer below the last`() throws {
    let desk = try Desk("(1 +\n2 +\n3)\n4\n")
    try desk.update()
    #expect(try desk.text.contains("3)\n#> 6\n4\n#> 4\n"))
  }
}
