import Basics
import COpenBLAS
import FDSLKit
import Foundation
import Images
import Language

/// The project's own language, as notebooks read it.
package struct FDSLLanguage: NotebookLanguage {
  /// Version of the program.
  package static let programVersion = "0.1.0"

  /// Raised by hand whenever the same program would give other numbers or pictures.
  package let version = "0.1"
  private let isColoured: Bool

  /// - Parameter isColoured: whether the texts of troubles carry colours.
  package init(isColoured: Bool = false) { self.isColoured = isColoured }

  package func tokens(of text: String) -> [CellToken] {
    let source = SourceText(text: text)
    var result: [CellToken] = []
    var brackets: [Symbol] = []
    var followsOperand = false
    for token in Lexer.tokens(of: source).tokens where !token.isEnd {
      // Inside round brackets a line end means nothing.
      if token.startsLine, brackets.last != .openParenthesis, !result.isEmpty {
        result.append(CellToken(.newline, "\n"))
      }
      if let symbol = token.symbol {
        if symbol.closer != nil { brackets.append(symbol) }
        if symbol.isCloser, !brackets.isEmpty { brackets.removeLast() }
      }
      let touches = !token.hasSpaceBefore && followsOperand
      let spelling = source.text(in: token.span)
      switch token.kind {
      case .integer, .real: result.append(CellToken(.number, spelling, touches: touches))
      case .text: result.append(CellToken(.string, spelling, touches: touches))
      case .name(let name): result.append(CellToken(.name, name, touches: touches))
      case .symbol(let symbol):
        // Of signs only brackets can mean something else where they touch: `f(x)`, `A[0]`.
        result.append(
          CellToken(.other, symbol.rawValue, touches: touches && symbol.closer != nil))
      case .keyword(let word): result.append(CellToken(.name, word.rawValue))
      case .invalid: result.append(CellToken(.other, spelling))
      case .end: break
      }
      followsOperand =
        token.isNumber || token.isText || token.name != nil || token.symbol?.isCloser == true
    }
    return result
  }

  package func statements(of text: String) -> [Range<Int>] {
    Parser.program(in: SourceText(text: text)).statements.map { $0.span.start..<$0.span.end }
  }

  package func pixels(of bytes: [UInt8]) -> Pixels? {
    guard let image = try? PNGFile.decode(bytes) else { return nil }
    return Pixels(width: image.width, height: image.height, samples: image.bytes)
  }
}

extension FDSLLanguage {
  /// Decodes a file's bytes strictly.
  package static func text(of bytes: [UInt8], named name: String) throws(Problem) -> String {
    try SourceText(name: name, bytes: bytes).text
  }

  /// A problem without a place, for a reader.
  package static func trouble(_ problem: Problem, isColoured: Bool) -> Trouble {
    Trouble(Diagnostic(problem, at: nil, source: nil), isColoured: isColoured)
  }
}

extension Trouble {
  /// A diagnostic as notebooks look at it.
  package init(_ diagnostic: Diagnostic, isColoured: Bool) {
    self.init(
      slug: diagnostic.slug, message: diagnostic.message,
      range: diagnostic.span.map { $0.start..<$0.end },
      isError: diagnostic.severity == .error,
      text: DiagnosticText(colour: isColoured).text(of: diagnostic),
      json: DiagnosticText.json(of: diagnostic))
  }
}

extension FDSLLanguage {
  /// Version of the language and what may make numbers differ between machines.
  package var stamp: String {
    let blas = ob_available() != 0 ? "openblas \(String(cString: ob_core()))" : "no openblas"
    return "\(version) · \(blas) · threads \(Parallel.threads)"
  }

  package func troubles(in text: String, named name: String, parameters: [String: String])
    -> [Trouble]
  {
    let folder = URL(fileURLWithPath: name).deletingLastPathComponent()
    let session = Session.standard(options: SessionOptions(files: FileAccess(root: folder)))
    return session.check(SourceText(name: name, text: text)).map {
      Trouble($0, isColoured: isColoured)
    }
  }

  /// What is probably not meant in a program that has no errors.
  package func advice(on text: String, named name: String) -> [Trouble] {
    let library = Session.standard(options: SessionOptions(files: .nothing)).library
    return Lint.findings(in: SourceText(name: name, text: text), library).map {
      Trouble($0, isColoured: isColoured)
    }
  }

  /// A program in the one layout, or what keeps it from being read.
  package func formatted(_ text: String, named name: String) -> Result<String, Trouble> {
    do {
      return .success(try Formatter().formatted(SourceText(name: name, text: text)))
    } catch { return .failure(Trouble(error, isColoured: isColoured)) }
  }
}
