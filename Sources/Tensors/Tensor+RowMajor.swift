extension Tensor {
  /// Where the numbers stand in row-major order as long as this tensor lives; nil when they are
  /// arranged otherwise, or when a gradient may flow to who reads them.
  package var rowMajorNumbers: UnsafeMutableRawPointer? {
    guard node == nil, channelBlock == 1, storage !== Storage.none else { return nil }
    return storage.pointer
  }

  /// Whether no other tensor shares the numbers, so that they may be written in place.
  package mutating func isSole() -> Bool { isKnownUniquelyReferenced(&storage) }
}
