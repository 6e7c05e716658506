import Basics
import Notebooks
import Testing

@Suite struct NotebookTests {
  static let probe = """
    #!/usr/bin/env fdsl
    #: fdsl 1
    #: seed 7

    # # Do fractals beat noise?
    # Prose with `#>` in it.

    param depth = 4 in 1..=12   "blocks"

    #%% codes
    x = 2
    x + 1   #> 3
    #: key 8c41d09e

    # The gap is large.

    #%% train now  cache tol=0.02
    print "# no comment"
    #> # no comment
    #: key e02b56c9  depth=4

    #%% bad-shapes  raises
    fail

    """

  @Test(arguments: [
    "", "\n", "x", "x\n\n", "a\r\nb\r\n", "\u{feff}#: seed 3\nx", probe, probe + "x",
  ])
  func `a notebook keeps every byte`(_ text: String) throws {
    let notebook = try Notebook(name: "a.fdsl", text: text)
    #expect(Array(notebook.text.utf8) == Array(text.utf8))
    #expect(try Notebook(name: "a.md", text: text).text == text)
  }

  @Test func `marks start cells with labels, options and keys`() throws {
    let notebook = try Notebook(name: "probe.fdsl", text: Self.probe)
    #expect(notebook.cells.map(\.label) == ["", "codes", "train now", "bad-shapes"])
    #expect(notebook.cells.map(\.isNamed) == [false, true, true, true])
    #expect(notebook.cells[2].options.isCached)
    #expect(notebook.cells[2].options.tolerance == 0.02)
    #expect(notebook.cells[3].options.raises)
    #expect(notebook.cells[1].key == RecordedKey(hash: "8c41d09e"))
    #expect(notebook.cells[2].key?.parameters.map(\.value) == ["4"])
    #expect(try notebook.seed == 7)
    #expect(notebook.header("fdsl") == "1")
  }

  @Test func `a script without marks is one cell`() throws {
    let notebook = try Notebook(name: "a.fdsl", text: "x = 1\nx\n")
    #expect(notebook.cells.count == 1)
    #expect(notebook.cells[0].lines == 0..<2)
    #expect(!notebook.isRecorded)
  }

  @Test func `a mark in a text literal is no mark`() throws {
    let text = """
      print("#> \\(f("#%% a") + 1) #> b")  #> answer
      save(r"C:\\", 3)  #> other
      """
    let notebook = try Notebook(name: "a.fdsl", text: text)
    #expect(notebook.lines.map(\.recorded) == [.text("answer"), .text("other")])
    #expect(notebook.lines[0].code.text == "print(\"#> \\(f(\"#%% a\") + 1) #> b\")")
  }

  @Test func `blanking other cells keeps every place`() throws {
    let notebook = try Notebook(name: "probe.fdsl", text: "α = 1\n#%% b\nβ\n")
    let text = notebook.text { $0 == 1 }
    #expect(text == "      \n#%% b\nβ\n")
    #expect(notebook.line(ofByte: 13) == 2)
  }

  @Test func `two cells cannot have one label`() {
    #expect(throws: Problem.self) {
      try Notebook(name: "a.fdsl", text: "#%% a\n1\n#%% a\n2\n")
    }
  }

  @Test(arguments: ["#%% a tol=much", "#%% a tol=-1", "#%% a colour=red"])
  func `options that make no sense are refused`(_ mark: String) {
    #expect(throws: Problem.self) { try Notebook(name: "a.fdsl", text: mark) }
  }

  @Test func `fenced fdsl blocks of a page are its cells`() throws {
    let text = """
      # Title
      #> no output, no program
      ```fdsl
      x = 1
      ```
      ```sh
      fdsl
      ```
      ~~~~fdsl tol=0.1 setup
      ~~~
      x   #> 1
      ~~~~
      ```fdsl skip
      """
    let notebook = try Notebook(name: "README.md", text: text)
    #expect(notebook.cells.map(\.lines) == [3..<4, 9..<11, 13..<13])
    #expect(notebook.cells.map(\.label) == ["block1", "tol=0.1 setup", "block3"])
    #expect(notebook.cells[2].options.isSkipped)
    #expect(notebook.lines.compactMap(\.recorded) == [.text("1")])
  }
}
