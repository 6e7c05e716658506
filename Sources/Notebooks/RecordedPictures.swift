import Basics
import Foundation

/// Compares the pictures that a notebook has recorded with those of a run.
struct RecordedPictures: Sendable {
  private let folder: URL
  private let computed: [String: [UInt8]]
  private let language: any NotebookLanguage

  init(folder: URL, recording: Recording, language: any NotebookLanguage) {
    self.folder = folder
    computed = recording.sideFiles.mapValues(\.data)
    self.language = language
  }

  /// The bytes of a recorded side file; `nil` when it is missing or lies outside the folder.
  func recorded(_ path: String) -> [UInt8]? {
    try? FileAccess(root: folder).read(path)
  }

  /// Whether two side files show the same: pixel by pixel, or, where they cannot be decoded, byte
  /// by byte.
  func same(_ recordedPath: String, _ computedPath: String) -> Bool {
    guard let old = recorded(recordedPath), let new = computed[computedPath] else { return false }
    if old == new { return true }
    guard let oldPixels = language.pixels(of: old), let newPixels = language.pixels(of: new) else {
      return false
    }
    return oldPixels == newPixels
  }
}
