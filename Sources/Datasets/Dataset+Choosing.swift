import Basics

extension Dataset {
  /// The samples with these numbers, in this order.
  package func subset(_ indices: [Int]) throws -> Subset { try Subset(self, indices) }

  /// The first `number` samples.
  package func take(_ number: Int) throws -> Subset {
    guard number >= 0, number <= count else {
      throw Problem(
        "range", "cannot take \(number) of \(count) samples",
        suggestions: ["take(data, \(count))"], argument: 1)
    }
    return try Subset(self, Array(0..<number))
  }

  /// All samples in random order.
  package func shuffled(seed: UInt64) throws -> Subset {
    var random = RandomSource(seed: seed).stream("shuffle")
    return try Subset(self, random.permutation(count))
  }

  /// Two parts without common samples: the first has `share` of every class (rounded to the
  /// nearest whole number), the second the rest. Both are in random order.
  package func split(_ share: Double, seed: UInt64) throws -> (Subset, Subset) {
    guard share > 0, share < 1 else {
      throw Problem(
        "range", "cannot split off the share \(NumberText.short(share))",
        notes: ["it must lie between 0 and 1"], suggestions: ["split(data, 0.9)"], argument: 1)
    }
    var first: [Int] = []
    var second: [Int] = []
    for members in membersByClass(seed: seed, label: "split") {
      let cut = Int((Double(members.count) * share).rounded())
      first += members[..<cut]
      second += members[cut...]
    }
    return (try mixed(first, seed: seed, 0), try mixed(second, seed: seed, 1))
  }

  /// `number` random samples of every class, in random order.
  package func balanced(_ number: Int, seed: UInt64) throws -> Subset {
    guard number > 0 else {
      throw Problem("range", "cannot take \(number) samples of every class", argument: 1)
    }
    var chosen: [Int] = []
    for (label, members) in membersByClass(seed: seed, label: "balance").enumerated() {
      guard members.count >= number else {
        let name = classNames.map { "\"\($0[label])\"" } ?? "\(label)"
        throw Problem(
          "data", "class \(name) has \(members.count) samples, \(number) are wanted",
          suggestions: ["balance(data, \(classCounts.min() ?? 0))"], argument: 1)
      }
      chosen += members[..<number]
    }
    return try mixed(chosen, seed: seed, 2)
  }

  /// The numbers of each class's samples in random order.
  private func membersByClass(seed: UInt64, label: String) -> [[Int]] {
    var members = [[Int]](repeating: [], count: classes)
    for (index, label) in labels.enumerated() { members[label].append(index) }
    let random = RandomSource(seed: seed)
    return members.enumerated().map { number, list in
      var stream = random.stream(label, number)
      return stream.permutation(list.count).map { list[$0] }
    }
  }

  /// These samples in random order, so that no batch holds one class only.
  private func mixed(_ indices: [Int], seed: UInt64, _ part: Int) throws -> Subset {
    var random = RandomSource(seed: seed).stream("mix", part)
    return try Subset(self, random.permutation(indices.count).map { indices[$0] })
  }
}
