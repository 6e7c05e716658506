import Basics

/// What a session needs from the language; the interpreter is one, tests bring their own.
package typealias SessionEngine = EntryRunner & LanguageAssistant & Workspace

/// Runs entries.
package protocol EntryRunner: AnyObject {
  /// Set to stop what is running.
  var interruption: Interruption { get }

  /// Whether `text` can run as it stands: brackets balance, no operator at its end.
  func isComplete(_ text: String) -> Bool

  /// Runs an entry statement by statement and stops at the first error.
  ///
  /// - Parameter events: told what happens while it happens.
  func run(_ entry: EntrySource, _ events: EngineEvents) -> EngineOutcome

  /// Files below the session's folder that were read since the last call.
  func filesRead() -> [String]
}

/// Knows the language and its names without running anything.
package protocol LanguageAssistant: AnyObject {
  /// What could stand before `cursor`, a UTF-8 offset. Never evaluates.
  func candidates(_ text: String, cursor: Int) -> [Candidate]
  /// Coloured parts of `text`, in order, without overlaps.
  func coloured(_ text: String) -> [ColouredSpan]
  /// Help for a name, or the long story of an error.
  func help(for name: String) -> String?
  /// The long story of an error's slug.
  func story(of slug: String) -> String?
  /// The program text that defined a name.
  func source(of name: String) -> String?
  /// Names whose documentation has all the words, with their first lines.
  func search(_ words: String) -> [(name: String, summary: String)]
  /// `text` in the one layout of the formatter.
  func formatted(_ text: String) throws -> String
  /// Names that `text` defines at its top level and names that it reads from outside.
  func names(in text: String) -> NameUse
}

/// The names and settings of the running program.
package protocol Workspace: AnyObject {
  /// The user's names in the order of their definition.
  var variables: [(name: String, summary: String)] { get }
  /// The seed of the random streams.
  var seed: UInt64 { get }
  /// Significant digits of answers; `nil` for the usual ones.
  var digits: Int? { get }
  /// A state that `restore` can go back to.
  func snapshot() -> any Sendable
  func restore(_ state: any Sendable)
  /// Forgets every name of the user.
  func reset()
  /// Changes a setting of the language; throws when there is none of that name.
  func set(_ name: String, to value: String) throws
  /// An inner view ("ast", "llvm", "asm", "gp") of an expression.
  func view(_ kind: String, of expression: String) throws -> String
  /// Paths are relative to this folder from now on.
  func changeFolder(to path: String) throws
}

extension Workspace {
  package var digits: Int? { nil }
}

/// One entry or file to run.
package struct EntrySource: Sendable, Equatable {
  /// What diagnostics call it: `in3` or a path.
  package var name: String
  package var text: String
  /// Label that keys its random numbers.
  package var cell: String

  package init(name: String, text: String, cell: String) {
    self.name = name
    self.text = text
    self.cell = cell
  }
}

/// What an engine tells while it runs.
package struct EngineEvents {
  /// The program printed text, newlines included.
  package var onPrint: (String) -> Void
  package var onProgress: (ProgressReport) -> Void
  package var onStatement: (StatementEcho) -> Void

  package init(
    onPrint: @escaping (String) -> Void = { _ in },
    onProgress: @escaping (ProgressReport) -> Void = { _ in },
    onStatement: @escaping (StatementEcho) -> Void = { _ in }
  ) {
    self.onPrint = onPrint
    self.onProgress = onProgress
    self.onStatement = onStatement
  }
}

/// How a run ended.
package enum EngineOutcome {
  case finished
  case failed(SessionTrouble)
  /// Stopped by the user; the text says where.
  case interrupted(String)
}

/// An error of the user's program.
package struct SessionTrouble {
  /// As in `error[shape]`.
  package var slug: String
  /// The whole diagnostic, with colour or without.
  package var rendered: (_ colour: Bool) -> String
  /// The same for tools, one JSON object on one line.
  package var json: String

  package init(slug: String, json: String = "", rendered: @escaping (_ colour: Bool) -> String) {
    self.slug = slug
    self.json = json
    self.rendered = rendered
  }
}

/// A statement that ran, and its answer.
package struct StatementEcho {
  /// UTF-8 offsets in the entry.
  package var span: Range<Int>
  /// Lines of the answer without the last newline; `nil` when it is not echoed.
  package var text: String?
  package var picture: SessionPicture?
  /// What the statement printed.
  package var printed: String
  /// Whether it gave a value, which is `ans` afterwards; muted ones count.
  package var isAnswer: Bool
  /// Whether the answer differs from run to run.
  package var isVolatile: Bool
  /// Seconds.
  package var elapsed: Double
  /// "compiled" or "interpreted", and why, when the engine knows.
  package var note: String?

  package init(
    span: Range<Int>, text: String? = nil, picture: SessionPicture? = nil, printed: String = "",
    isAnswer: Bool? = nil, isVolatile: Bool = false, elapsed: Double = 0, note: String? = nil
  ) {
    self.span = span
    self.text = text
    self.picture = picture
    self.printed = printed
    self.isAnswer = isAnswer ?? (text != nil || picture != nil)
    self.isVolatile = isVolatile
    self.elapsed = elapsed
    self.note = note
  }
}

/// An answer that is a picture.
package struct SessionPicture {
  /// Samples for a terminal; made only when they are shown.
  package var pixels: () throws -> TerminalPixels
  /// "png" or "pdf".
  package var fileExtension: String
  /// The file's bytes.
  package var data: () throws -> [UInt8]
  /// "498×48".
  package var caption: String

  package init(
    pixels: @escaping () throws -> TerminalPixels, fileExtension: String,
    data: @escaping () throws -> [UInt8], caption: String
  ) {
    self.pixels = pixels
    self.fileExtension = fileExtension
    self.data = data
    self.caption = caption
  }
}

/// Something the user may mean at the cursor.
package struct Candidate: Equatable, Sendable {
  /// What stands there afterwards.
  package var replacement: String
  /// One line about it.
  package var summary: String
  /// UTF-8 offset where the replaced text starts; `nil` for the start of the word.
  package var start: Int?

  package init(_ replacement: String, _ summary: String = "", start: Int? = nil) {
    self.replacement = replacement
    self.summary = summary
    self.start = start
  }
}

/// A part of an entry with a meaning that has a colour.
package struct ColouredSpan: Equatable, Sendable {
  /// What the part is.
  package enum Kind: Sendable { case keyword, number, text, comment, builtin, trouble, command }
  /// UTF-8 offsets.
  package var range: Range<Int>
  package var kind: Kind

  package init(_ range: Range<Int>, _ kind: Kind) {
    self.range = range
    self.kind = kind
  }
}

/// Names an entry makes and names it needs.
package struct NameUse: Equatable, Sendable {
  package var defined: Set<String>
  package var used: Set<String>
  /// Whether the entry does nothing but define names.
  package var isOnlyDefinitions: Bool

  package init(defined: Set<String> = [], used: Set<String> = [], isOnlyDefinitions: Bool = false) {
    self.defined = defined
    self.used = used
    self.isOnlyDefinitions = isOnlyDefinitions
  }
}

/// How far a long statement is.
package struct ProgressReport: Equatable, Sendable {
  /// What is being done: "train".
  package var title: String
  /// Units done and units in all; `total` 0 when unknown.
  package var done: Double
  package var total: Double
  /// Seconds since it began.
  package var elapsed: Double
  /// "epoch 7/20  loss 0.412".
  package var detail: String
  /// "812 images/s"; empty when there is none.
  package var rate: String
  /// Whether a round (an epoch) ended here: shown even where lines cannot be updated.
  package var isMilestone: Bool

  package init(
    title: String, done: Double, total: Double, elapsed: Double, detail: String = "",
    rate: String = "", isMilestone: Bool = false
  ) {
    self.title = title
    self.done = done
    self.total = total
    self.elapsed = elapsed
    self.detail = detail
    self.rate = rate
    self.isMilestone = isMilestone
  }
}
