import Basics

/// What a notebook must know of the language to be read, without running anything.
package protocol NotebookLanguage: Sendable {
  /// Version of the meaning of programs: part of every cell's key.
  var version: String { get }
  /// What the header records of the engine, beginning with `version`.
  var stamp: String { get }
  /// The tokens of `text` without comments and without newlines that separate nothing.
  func tokens(of text: String) -> [CellToken]
  /// Where the statements outside all blocks stand, in UTF-8 bytes, in the order of the text.
  func statements(of text: String) -> [Range<Int>]
  /// What is wrong with the whole text before anything runs: syntax, names, arguments.
  func troubles(in text: String, named name: String, parameters: [String: String]) -> [Trouble]
  /// The pixels of a side file, when it is a picture that can be read; `nil` for other files.
  func pixels(of bytes: [UInt8]) -> Pixels?
}

/// A program under way: cells run in it one after the other and share their names.
package protocol NotebookEngine: AnyObject {
  /// Runs the statements of `text` that begin in `range`, in order, up to the first error.
  ///
  /// `text` is resolved as a whole, once for all calls with the same text. It has the length of the
  /// file, what must not run blanked, so that places in diagnostics are places in the file.
  ///
  /// - Parameters:
  ///   - range: UTF-8 bytes of the cell.
  ///   - cell: keys the random streams.
  func run(
    _ text: String, in range: Range<Int>, named name: String, cell: String,
    onEvent: (EngineEvent) throws -> Void
  ) throws -> CellOutcome
  /// Files below the notebook's folder that were read since the last call: path, content.
  func filesRead() -> [String]
  /// Shows numbers with so many significant digits from now on; `nil` for the usual ones.
  func show(digits: Int?)
}

extension NotebookEngine {
  package func show(digits: Int?) {}
}

/// One token, as far as a cell's key looks at it.
package struct CellToken: Equatable, Sendable {
  /// What sort of token it is.
  package enum Kind: Sendable {
    case name, number, string, newline, other
  }
  package let kind: Kind
  package let text: String
  /// Whether it stands at the token before without a blank, which can matter: `2x`, `f(x)`.
  package let touches: Bool

  package init(_ kind: Kind, _ text: String, touches: Bool = false) {
    self.kind = kind
    self.text = text
    self.touches = touches
  }
}

/// What a running cell tells.
package enum EngineEvent {
  /// Text that the statement under way prints, newlines included.
  case print(String)
  /// How far long work has come, for a terminal's last line; `nil` when it is done.
  case progress(String?)
  /// A statement is done.
  case statement(StatementOutput)
}

/// What one statement gave, apart from what it printed.
package struct StatementOutput {
  /// UTF-8 bytes of the file that the statement takes.
  package var range: Range<Int>
  /// The echo of its value; `nil` when it is not echoed.
  package var shown: String?
  /// Whether the echo differs from run to run by nature: a duration, a date, a host.
  package var isVolatile: Bool
  package var picture: ProducedPicture?

  package init(
    range: Range<Int>, shown: String? = nil, isVolatile: Bool = false,
    picture: ProducedPicture? = nil
  ) {
    self.range = range
    self.shown = shown
    self.isVolatile = isVolatile
    self.picture = picture
  }
}

/// A value that shows as a picture.
package struct ProducedPicture {
  /// "png" or "pdf".
  package var fileExtension: String
  /// What stands behind the picture's mark: `498×48`.
  package var caption: String
  /// The bytes of the side file.
  package var data: () throws -> [UInt8]
  /// The picture for a terminal: three bytes a pixel.
  package var pixels: () throws -> Pixels

  package init(
    fileExtension: String, caption: String, data: @escaping () throws -> [UInt8],
    pixels: @escaping () throws -> Pixels
  ) {
    self.fileExtension = fileExtension
    self.caption = caption
    self.data = data
    self.pixels = pixels
  }
}

/// Row-major pixels of a picture.
package struct Pixels: Equatable, Sendable {
  package let width: Int
  package let height: Int
  package let samples: [UInt8]

  package init(width: Int, height: Int, samples: [UInt8]) {
    self.width = width
    self.height = height
    self.samples = samples
  }
}

/// A diagnostic, as far as notebooks look at it.
package struct Trouble: Error, Equatable, Sendable {
  package var slug: String
  package var message: String
  /// Where it is, in UTF-8 bytes of the file.
  package var range: Range<Int>?
  package var isError: Bool
  /// The whole text for a reader; colour is the caller's affair.
  package var text: String
  /// The same for tools, one JSON object on one line.
  package var json: String

  package init(
    slug: String, message: String, range: Range<Int>? = nil, isError: Bool = true,
    text: String? = nil, json: String = ""
  ) {
    self.slug = slug
    self.message = message
    self.range = range
    self.isError = isError
    self.text = text ?? "error[\(slug)]: \(message)"
    self.json = json
  }
}

/// How the run of a cell ended.
package enum CellOutcome: Sendable {
  case finished
  case failed(Trouble)
  case interrupted
}
