import Foundation
import Synchronization

/// A block of numbers, aligned to 64 bytes, shared by tensors until one of them writes.
///
/// `@unchecked Sendable`: see `Tensor`.
final class Storage: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
  let bytes: Int

  /// The storage of tensors that have a shape only.
  static let none = Storage(bytes: 0)

  /// Takes a block whose contents are arbitrary.
  init(bytes: Int) {
    self.bytes = bytes
    pointer = StoragePool.take(bytes)
  }

  deinit { StoragePool.give(pointer, bytes) }

  func copy() -> Storage {
    let copy = Storage(bytes: bytes)
    copy.pointer.copyMemory(from: pointer, byteCount: bytes)
    return copy
  }
}

/// Blocks that were given back and will be wanted again: a training step asks for the same sizes
/// as the step before it, and fresh pages from the system cost more than the arithmetic on them.
///
/// It is a cache of memory only; no result depends on what it holds.
package enum StoragePool {
  private struct Shelf: @unchecked Sendable {
    var blocks: [Int: [UnsafeMutableRawPointer]] = [:]
    var held = 0
  }

  private static let shelf = Mutex(Shelf())
  /// Blocks below this size are malloc's business.
  private static let smallest = 1 << 14
  /// More than this is never held back: an eighth of the machine's memory.
  private static let limit = max(1 << 28, Int(ProcessInfo.processInfo.physicalMemory / 8))

  private static func rounded(_ bytes: Int) -> Int {
    // Three significant bits: at most a fifth is wasted and sizes meet again.
    let step = max(64, 1 << max(0, (Int.bitWidth - bytes.leadingZeroBitCount) - 3))
    return (max(bytes, 1) + step - 1) / step * step
  }

  static func take(_ bytes: Int) -> UnsafeMutableRawPointer {
    let size = rounded(bytes)
    if size >= smallest {
      let found = shelf.withLock { shelf -> UnsafeMutableRawPointer? in
        guard let block = shelf.blocks[size]?.popLast() else { return nil }
        shelf.held -= size
        return block
      }
      if let found { return found }
    }
    return .allocate(byteCount: size, alignment: 64)
  }

  static func give(_ pointer: UnsafeMutableRawPointer, _ bytes: Int) {
    let size = rounded(bytes)
    if size >= smallest {
      let isKept = shelf.withLock { shelf in
        guard shelf.held + size <= limit else { return false }
        shelf.blocks[size, default: []].append(pointer)
        shelf.held += size
        return true
      }
      if isKept { return }
    }
    pointer.deallocate()
  }
}
