import Language

/// Every name of the language.
package enum StandardLibrary {
  /// Made once; it never changes.
  package static let library: Library = {
    var library = Library()
    for chapter in Libraries.all { library.add(chapter) }
    return library
  }()
}
