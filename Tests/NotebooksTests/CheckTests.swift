import Foundation
import Notebooks
import Testing

@Suite struct CheckTests {
  @Test func `a wrong answer is shown as a difference`() throws {
    let desk = try Desk("x = 2\n\nx + 1   #> 4\nlines 9\n")
    try desk.update()
    try desk.replace("#> 3", with: "#> 4")
    try desk.replace("#> line 9", with: "#> line 8")
    let check = try desk.check()
    #expect(!check.holds)
    #expect(
      check.text() == """
        probe.fdsl:6
           x + 1
         - #> 4
         + #> 3
        probe.fdsl:8
           lines 9
           … 6 lines that agree
           #> line 7
           #> line 8
         - #> line 8
         + #> line 9

        """)
  }

  @Test func `an answer that is not recorded is a difference in a notebook, not on a page`() throws
  {
    let desk = try Desk("#%% a\n1\n#> 1\n2\n")
    #expect(try desk.check().differences.map(\.line) == [4])
    let page = try Desk("```fdsl\n1  #> 1\n2\n```\n", name: "README.md")
    let check = try page.check()
    #expect(check.holds)
    #expect(check.compared == 1)
  }

  @Test func `an answer recorded for nothing is a difference`() throws {
    let desk = try Desk("#> 1\n#%% a\nx = 1\n#> 1\n")
    #expect(try desk.check().differences.map(\.line) == [1, 4])
  }

  @Test func `a notebook never recorded says how to record it`() throws {
    let desk = try Desk("3\n")
    #expect(try desk.check().text().contains("fdsl update probe.fdsl"))
  }

  @Test func `blocks of a page share their names`() throws {
    let desk = try Desk(
      "```fdsl\nx = 3\n```\n\n```fdsl\nx + 1\n#> 4\n```\n", name: "README.md")
    #expect(try desk.check().holds)
    try desk.replace("#> 4", with: "#> 5")
    #expect(
      try desk.check().text().hasPrefix("README.md:7  in block2\n   x + 1\n - #> 5\n + #> 4\n"))
  }

  @Test func `a tolerance belongs to its cell`() throws {
    let desk = try Desk("#%% a  tol=0.5\n1000\n#> 1300\n#%% b\n1000\n#> 1001\n")
    #expect(try desk.check().differences.map(\.cell) == ["b"])
  }

  @Test func `pictures are compared by their pixels`() throws {
    let desk = try Desk("#%% a\npicture 7\n")
    try desk.update()
    desk.recipe = "another recipe"
    #expect(try desk.check().holds)
    try desk.replace("picture 7", with: "picture 8")
    #expect(!(try desk.check().holds))
    try desk.replace("picture 8", with: "picture 7")
    let file = desk.folder.appendingPathComponent("probe.out/\(desk.sideFiles[0])")
    try "PIX 9 changed".write(to: file, atomically: true, encoding: .utf8)
    #expect(!(try desk.check().holds))
    try FileManager.default.removeItem(at: file)
    #expect(try desk.check().text().contains("(this file is missing)"))
  }

  @Test func `a picture outside the folder is never read`() throws {
    let desk = try Desk("#%% a\npicture 7\n#> ![a](../../../../etc/hostname) 1×1\n")
    #expect(try desk.check().text().contains("(this file is missing)"))
  }

  @Test func `cells run with other parameters are not compared`() throws {
    let desk = try Desk(
      "param n = 2\n#%% a\n1\n#%% b\nm = n + 1\nm\n#%% c\nm + 1\n")
    try desk.update()
    let check = try desk.check(["n": "5"])
    #expect(check.holds)
    #expect(check.uncompared == ["b", "c"])
    #expect(try desk.check(["n": "2"]).uncompared.isEmpty)
  }

  @Test func `draws depend on the label of the cell alone`() throws {
    let desk = try Desk("#%% a\ndraw\n")
    try desk.update()
    try desk.replace("#%% a", with: "#%% new\ndraw\n#%% a")
    #expect(try desk.check().differences.map(\.cell) == ["new"])
  }
}
