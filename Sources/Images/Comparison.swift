/// How far two pictures of one shape are apart, in levels of 0...255.
package struct Comparison: Sendable, Equatable {
  /// Samples that differ at all.
  package let differing: Int
  /// The largest difference of one sample.
  package let largest: Int
  /// The mean difference over all samples.
  package let mean: Double
  /// Samples compared.
  package let count: Int

  /// Compares sample by sample; `nil` when the shapes differ.
  package init?(_ left: Image, _ right: Image) {
    guard left.width == right.width, left.height == right.height, left.channels == right.channels
    else { return nil }
    var differing = 0
    var largest = 0
    var sum = 0
    let a = left.bytes
    let b = right.bytes
    for i in 0..<a.count where a[i] != b[i] {
      let distance = abs(Int(a[i]) - Int(b[i]))
      differing += 1
      largest = max(largest, distance)
      sum += distance
    }
    self.differing = differing
    self.largest = largest
    count = a.count
    mean = Double(sum) / Double(count)
  }

  /// Whether no sample is further off than `level`, and at most `share` of them are off at all.
  package func isWithin(level: Int, share: Double = 1) -> Bool {
    largest <= level && Double(differing) <= share * Double(count)
  }

  /// The absolute differences as a picture, for a person to look at.
  package static func difference(_ left: Image, _ right: Image) -> Image? {
    guard Comparison(left, right) != nil else { return nil }
    let values = zip(left.bytes, right.bytes).map { UInt8(abs(Int($0) - Int($1))) }
    return Image(width: left.width, height: left.height, channels: left.channels, bytes: values)
  }
}
