import Basics

/// A value that another module brings into the language: a picture, a network, a run, a figure.
///
/// The language knows nothing of the domain; what such a value can do is asked through here.
package protocol HostValue: AnyObject, Sendable {
  /// The word a user reads: "Image", "Net", "Run".
  static var typeName: String { get }
  /// How the value shows itself.
  func show(_ style: DisplayStyle) -> Shown
  /// One line that tells what the value is, for lists of names.
  func summary(_ style: DisplayStyle) -> String
  /// What it is, in a word with its sizes, as error messages show it.
  var facts: String { get }
  /// Where the work stopped that made the value, and what the value holds; nil when it came to
  /// its end.
  var interruption: (place: String, content: String)? { get }
  /// Names of the fields, for completion and suggestions.
  var fieldNames: [String] { get }
  /// The field's value, or nil when there is none of that name.
  func field(_ name: String, _ call: Call) throws -> Value?
  /// How many elements `len`, `for` and comprehensions see; nil when there are none.
  var elementCount: Int? { get }
  /// `value[i]`, `value[a:b]`, `value[i, j]`.
  func element(_ indices: [SubscriptItem], _ call: Call) throws -> Value
  /// The meaning of a binary operator with this value on one side; nil when there is none.
  func combined(_ sign: String, with other: Value, isLeft: Bool, _ call: Call) throws -> Value?
  /// The meaning of a call `value(…)`; nil when it cannot be called.
  func apply(_ arguments: [Value], _ call: Call) throws -> Value?
}

extension HostValue {
  package func summary(_ style: DisplayStyle) -> String {
    show(style).text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
  }
  package var facts: String { Spelling.article(Self.typeName) }
  package var interruption: (place: String, content: String)? { nil }
  package var fieldNames: [String] { [] }
  package func field(_ name: String, _ call: Call) throws -> Value? { nil }
  package var elementCount: Int? { nil }
  package func element(_ indices: [SubscriptItem], _ call: Call) throws -> Value {
    throw Problem("index", "\(Spelling.article(Self.typeName)) has no elements to index")
  }
  package func combined(
    _ sign: String, with other: Value, isLeft: Bool, _ call: Call
  ) throws -> Value? { nil }
  package func apply(_ arguments: [Value], _ call: Call) throws -> Value? { nil }
}

/// What a user sees of a value.
package struct Shown: Sendable {
  /// The echoed lines, without a final newline.
  package var text: String
  /// The picture, for values that are pictures.
  package var picture: Picture?
  /// Whether the text differs from run to run (times, host names) and must not be compared.
  package var isVolatile: Bool

  package init(_ text: String, picture: Picture? = nil, isVolatile: Bool = false) {
    self.text = text
    self.picture = picture
    self.isVolatile = isVolatile
  }
}

/// A picture that a value shows: pixels for a terminal, a file for a notebook.
package struct Picture: Sendable {
  /// Pixels, row-major RGB bytes.
  package struct Pixels: Sendable {
    package let width: Int
    package let height: Int
    package let rgb: [UInt8]
    package init(width: Int, height: Int, rgb: [UInt8]) {
      self.width = width
      self.height = height
      self.rgb = rgb
    }
  }

  /// Pixels for a terminal.
  package let pixels: @Sendable () throws -> Pixels
  /// "png" or "pdf".
  package let fileExtension: String
  /// The bytes of the file.
  package let data: @Sendable () throws -> [UInt8]
  /// Size for a reader: `498×48`, `5.50 × 1.70 in, 2 panels`.
  package let caption: String

  package init(
    caption: String, fileExtension: String = "png",
    pixels: @escaping @Sendable () throws -> Pixels, data: @escaping @Sendable () throws -> [UInt8]
  ) {
    self.caption = caption
    self.fileExtension = fileExtension
    self.pixels = pixels
    self.data = data
  }
}

/// How values are printed.
package struct DisplayStyle: Sendable {
  /// Significant digits of numbers.
  package var digits: Int
  /// Columns that a line may fill.
  package var width: Int

  package init(digits: Int = 5, width: Int = 100) {
    self.digits = digits
    self.width = width
  }
}

/// One entry between the brackets of `x[…]`.
package enum SubscriptItem: Sendable {
  case at(Int)
  /// `a:b:c` with missing parts nil; negative bounds count from the end.
  case slice(from: Int?, to: Int?, step: Int?)
  /// `new`: a fresh axis of size 1 that may stretch.
  case new
  /// A tensor of positions, a mask, a range or text.
  case value(Value)
}
