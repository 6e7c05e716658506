import Basics
import Builtins
import Language

extension Session {
  /// A session with the whole library of the language.
  package static func standard(
    options: SessionOptions, interruption: Interruption = Interruption()
  ) -> Session {
    Session(library: StandardLibrary.library, options: options, interruption: interruption)
  }
}
