import CKernels

/// Choices with given chances in constant time (Walker, "An efficient method for generating
/// discrete random variables with general distributions", 1977).
package struct AliasTable: Sendable {
  /// One entry for each choice; fractions of 32 bits.
  package let entries: [ck_alias]

  /// - Parameter weights: not negative, at least one above zero; need not sum to one.
  package init(_ weights: [Double]) {
    let total = weights.reduce(0, +)
    precondition(total > 0 && total.isFinite, "chances have a positive sum")
    var shares = weights.map { $0 / total * Double(weights.count) }
    var entries = weights.indices.map { ck_alias(threshold: .max, other: UInt32($0)) }
    var small = shares.indices.filter { shares[$0] < 1 }
    var large = shares.indices.filter { shares[$0] >= 1 }
    while let low = small.popLast(), let high = large.last {
      entries[low] = ck_alias(
        threshold: UInt32(min(shares[low] * 0x1p32, 0x1p32 - 1)), other: UInt32(high))
      shares[high] -= 1 - shares[low]
      if shares[high] < 1 {
        large.removeLast()
        small.append(high)
      }
    }
    self.entries = entries
  }

  /// The choice that 32 random bits make.
  package func choice(_ bits: UInt32) -> Int {
    let product = UInt64(bits) * UInt64(entries.count)
    let index = Int(product >> 32)
    return UInt32(truncatingIfNeeded: product) < entries[index].threshold
      ? index : Int(entries[index].other)
  }
}
