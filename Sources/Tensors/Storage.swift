import Basics
import CKernels
import Foundation
import Synchronization

/// A block of numbers, aligned to 64 bytes, shared by tensors until one of them writes.
///
/// `@unchecked Sendable`: see `Tensor`.
final class Storage: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
  let bytes: Int
  private let isScratch: Bool

  /// The storage of tensors that have a shape only.
  static let none = Storage(bytes: 0)

  /// Takes a block whose contents are arbitrary.
  ///
  /// When there is no room for it, it is scratch: what is written there means nothing, and
  /// `Memory.settle` throws.
  init(bytes: Int) {
    self.bytes = bytes
    if let block = StoragePool.take(bytes) {
      pointer = block
      isScratch = false
      return
    }
    Memory.refuse(bytes)
    guard let scratch = ck_scratch_map(max(1, bytes)) else {
      fatalError("the system gives no addresses for \(bytes) bytes")
    }
    pointer = scratch
    isScratch = true
  }

  deinit {
    if isScratch {
      ck_scratch_unmap(pointer, max(1, bytes))
    } else {
      StoragePool.give(pointer, bytes)
    }
  }

  func copy() -> Storage {
    let copy = Storage(bytes: bytes)
    copy.pointer.copyMemory(from: pointer, byteCount: bytes)
    return copy
  }
}

/// Blocks that were given back and will be wanted again: a training step asks for the same sizes
/// as the step before it, and fresh pages from the system cost more than the arithmetic on them.
///
/// It is a cache of memory only; no result depends on what it holds. What it holds counts against
/// the budget only until somebody needs the room.
package enum StoragePool {
  private struct Shelf: @unchecked Sendable {
    var blocks: [Int: [UnsafeMutableRawPointer]] = [:]
    var held = 0

    /// Gives everything back to the system.
    mutating func clear() {
      for block in blocks.values.joined() { free(block) }
      blocks = [:]
      held = 0
    }
  }

  private static let shelf = Mutex(Shelf())
  /// Blocks below this size are malloc's business, and not worth counting.
  private static let smallest = 1 << 14
  /// More than this is never held back: an eighth of the machine's memory.
  private static let limit = max(1 << 28, Int(ProcessInfo.processInfo.physicalMemory / 8))

  private static func rounded(_ bytes: Int) -> Int {
    // Three significant bits: at most a fifth is wasted and sizes meet again.
    let step = max(64, 1 << max(0, (Int.bitWidth - bytes.leadingZeroBitCount) - 3))
    return (max(bytes, 1) + step - 1) / step * step
  }

  /// A block, or nothing when neither the budget nor the system has it.
  static func take(_ bytes: Int) -> UnsafeMutableRawPointer? {
    let size = rounded(bytes)
    guard size >= smallest else { return fresh(size) }
    guard Memory.claim(size) else { return nil }
    let found = shelf.withLock { shelf -> UnsafeMutableRawPointer? in
      guard let block = shelf.blocks[size]?.popLast() else {
        if shelf.held > 0, shelf.held + Memory.held > Memory.budget { shelf.clear() }
        return nil
      }
      shelf.held -= size
      return block
    }
    if let block = found ?? fresh(size) { return block }
    shelf.withLock { $0.clear() }
    if let block = fresh(size) { return block }
    Memory.release(size)
    return nil
  }

  private static func fresh(_ size: Int) -> UnsafeMutableRawPointer? {
    var block: UnsafeMutableRawPointer?
    return posix_memalign(&block, 64, size) == 0 ? block : nil
  }

  static func give(_ pointer: UnsafeMutableRawPointer, _ bytes: Int) {
    let size = rounded(bytes)
    if size >= smallest {
      Memory.release(size)
      let isKept = shelf.withLock { shelf in
        guard shelf.held + size <= limit, shelf.held + size + Memory.held <= Memory.budget else {
          return false
        }
        shelf.blocks[size, default: []].append(pointer)
        shelf.held += size
        return true
      }
      if isKept { return }
    }
    free(pointer)
  }
}
