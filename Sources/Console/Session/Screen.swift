import Images

/// Where a session writes.
package protocol Screen: AnyObject {
  /// Styles of the two streams.
  var style: TerminalStyle { get }
  var errorStyle: TerminalStyle { get }
  /// Columns of the screen; `nil` when output is no terminal.
  var columns: Int? { get }
  /// Values and prints.
  func write(_ text: String)
  /// Diagnostics and notes.
  func writeError(_ text: String)
  /// Shows a picture. Returns whether it could.
  func show(_ picture: SessionPicture) throws -> Bool
  /// Shows how far a computation is; `nil` when it is over.
  func show(_ progress: ProgressReport?)
  /// Chooses how pictures are shown; `nil` asks the terminal.
  func choosePictures(_ method: PictureMethod?)
  /// Chooses the colours in which gray pictures are shown; `nil` leaves them gray.
  func choosePalette(_ map: ColourMap?)
  /// Chooses when text is coloured.
  func chooseColour(_ choice: ColourChoice)
  /// What takes back the `^C` that a terminal echoes; empty where lines cannot be taken back.
  var lineReset: String { get }
  /// Tells that Ctrl-C was noticed and the work is not over yet. Called from another thread with
  /// the number of presses.
  var announcePress: @Sendable (Int) -> Void { get }
  /// Whether the reader of the output has gone.
  var isClosed: Bool { get }
}

/// A screen that remembers what it was given; for tests and for programs that drive a session.
package final class RecordingScreen: Screen {
  package var style = TerminalStyle(isColoured: false)
  package var errorStyle = TerminalStyle(isColoured: false)
  package var columns: Int?
  /// What went to standard output.
  package private(set) var output = ""
  /// What went to standard error.
  package private(set) var errors = ""
  /// Captions of the pictures.
  package private(set) var pictures: [String] = []
  package private(set) var progress: [ProgressReport] = []
  package var showsPictures = false
  package private(set) var pictureMethod: PictureMethod?
  package private(set) var palette: String?
  package var isClosed = false
  package let lineReset = ""
  package var announcePress: @Sendable (Int) -> Void = { _ in }

  package init(columns: Int? = nil) { self.columns = columns }

  package func write(_ text: String) { output += text }
  package func writeError(_ text: String) { errors += text }

  package func show(_ picture: SessionPicture) -> Bool {
    if showsPictures { pictures.append(picture.caption) }
    return showsPictures
  }

  package func show(_ progress: ProgressReport?) {
    if let progress { self.progress.append(progress) }
  }

  package func choosePictures(_ method: PictureMethod?) { pictureMethod = method }
  package func choosePalette(_ map: ColourMap?) { palette = map?.name }
  package func chooseColour(_ choice: ColourChoice) {
    style = TerminalStyle(isColoured: choice == .always)
    errorStyle = style
  }

  /// Forgets what was written so far.
  package func clear() {
    output = ""
    errors = ""
    pictures = []
  }
}
