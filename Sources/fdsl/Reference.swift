import Basics
import FDSLKit
import Foundation
import Language

/// The reference of the language's names, read off their declarations.
struct Reference {
  private let session: Session

  init() {
    let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    session = Session.standard(options: SessionOptions(files: FileAccess(root: folder)))
  }

  /// The names with their chapters.
  var library: Library { session.library }

  /// Every name, sorted.
  var names: [String] { session.library.names }

  /// The manual page of a name.
  func page(for name: String) -> String? { session.reference(for: name) }

  /// All names by chapter, each with its first line.
  var list: String {
    var text = ""
    for chapter in session.library.chapters {
      text += (text.isEmpty ? "" : "\n") + chapter.title + "\n"
      text += Table.text(
        chapter.names.sorted().map { name in
          let summary =
            session.library.builtin(named: name)?.summary ?? session.library.constant(named: name)?
            .text ?? ""
          return ["  " + name, String(summary.prefix { $0 != "\n" })]
        })
    }
    return text
  }
}
