import Basics
import CKernels
import Synchronization

/// The categories of one search, found when they are asked for and kept.
final class CategorySearch: Sendable {
  /// Where the search stands.
  private struct State {
    var found: [FoundCategory] = []
    /// Candidates tried so far.
    var tried = 0
    /// The published program's stream, at the next candidate.
    var twister: MersenneTwister
    /// The numbers that choose the maps of every published picture.
    var choices: [Double] = []
  }

  /// Candidates that one thread tries in a row, in one set of buffers.
  private static let strip = 8

  let rule: CategoryRule
  let seed: UInt64
  let isPublished: Bool
  private let state: Mutex<State>

  init(rule: CategoryRule, seed: UInt64, isPublished: Bool) {
    self.rule = rule
    self.seed = seed
    self.isPublished = isPublished
    state = Mutex(State(twister: MersenneTwister(numpy: UInt32(truncatingIfNeeded: seed))))
  }

  /// Category `c`.
  func category(_ c: Int) throws -> FoundCategory {
    try state.withLock { state in
      try extend(&state, to: c + 1, interruption: nil)
      return state.found[c]
    }
  }

  /// Finds the first `count` categories; what is found stays when the work is interrupted.
  func prepare(_ count: Int, interruption: Interruption?, progress: (Int, Int) -> Void) throws {
    // In small pieces, so that others and the progress line get their turn.
    var wanted = 0
    while wanted < count {
      wanted = min(count, wanted + 8)
      try state.withLock { try extend(&$0, to: wanted, interruption: interruption) }
      progress(wanted, count)
    }
  }

  /// The first `count` numbers of numpy's stream with seed 100, which every published picture uses.
  func publishedChoices(_ count: Int) -> [Double] {
    state.withLock { state in
      if state.choices.count < count {
        var twister = MersenneTwister(numpy: 100)
        state.choices = twister.uniforms(count)
      }
      return state.choices
    }
  }

  private func extend(_ state: inout State, to count: Int, interruption: Interruption?) throws {
    var sinceLast = state.tried - (state.found.last?.candidate ?? 0)
    while state.found.count < count {
      try interruption?.check()
      let before = state.found.count
      let tried = state.tried
      state.found += isPublished ? try publishedBatch(&state) : try keyedBatch(&state)
      sinceLast = state.found.count > before ? 0 : sinceLast + state.tried - tried
      if sinceLast > 200_000 { throw CategoryRule.hopeless(sinceLast) }
    }
  }

  /// Candidates are functions of (seed, number), so threads take any; order decides.
  private func keyedBatch(_ state: inout State) throws -> [FoundCategory] {
    let strips = 4 * Parallel.threads
    let start = state.tried
    let random = RandomSource(seed: seed).stream("fractaldb")
    let results = Mutex([[FoundCategory]](repeating: [], count: strips))
    try Parallel.forEach(strips) { index in
      var scratch = SearchScratch(rule)
      let first = start + index * CategorySearch.strip
      let found = (first..<first + CategorySearch.strip).compactMap {
        rule.candidate($0, of: random, scratch: &scratch)
      }
      results.withLock { $0[index] = found }
    }
    state.tried += strips * CategorySearch.strip
    return results.withLock { $0.flatMap(\.self) }
  }

  /// A candidate of the published program, with the generator as it stands before the orbit.
  private struct Draft {
    var number: Int
    var maps: [AffineMap2D]
    var chances: [Double]
    var twister: MersenneTwister
  }

  /// One stream serves all candidates: parameters are drawn in order, the long runs of numbers in
  /// between are passed over here and made again by the threads.
  private func publishedBatch(_ state: inout State) throws -> [FoundCategory] {
    let strips = 4 * Parallel.threads
    var drafts: [Draft] = []
    for number in state.tried..<state.tried + strips * CategorySearch.strip {
      let count = state.twister.numpyInteger(rule.maps.lowerBound, rule.maps.upperBound + 1)
      var maps: [AffineMap2D] = []
      for _ in 0..<count {
        maps.append(
          AffineMap2D((0..<6).map { _ in state.twister.uniform(-rule.range, rule.range) }))
      }
      let areas = maps.map { abs($0.determinant) }
      let total = areas.reduce(0, +)
      drafts.append(
        Draft(
          number: number, maps: maps, chances: areas.map { $0 / total }, twister: state.twister))
      state.twister.skip(words: 2 * rule.points)
    }
    state.tried += drafts.count
    let results = Mutex([[FoundCategory]](repeating: [], count: strips))
    let work = drafts
    try Parallel.forEach(strips) { index in
      var scratch = SearchScratch(rule)
      var found: [FoundCategory] = []
      for draft in work[index * CategorySearch.strip..<(index + 1) * CategorySearch.strip] {
        var twister = draft.twister
        let draws = twister.uniforms(rule.points)
        let count = PublishedOrbit.trace(
          draft.maps, draft.chances, draws, count: rule.points, x: &scratch.x, y: &scratch.y)
        // Fewer points than cells needed cannot mark enough of them.
        let needed = rule.threshold * Double(rule.gridSize * rule.gridSize)
        guard count > 0, Double(count) >= needed else { continue }
        guard let marked = scratch.marked(count, rule.gridSize, rule.pad),
          Double(marked) / Double(rule.gridSize * rule.gridSize) >= rule.threshold
        else { continue }
        found.append(
          FoundCategory(
            candidate: draft.number, maps: draft.maps, chances: draft.chances, marked: marked))
      }
      let accepted = found
      results.withLock { $0[index] = accepted }
    }
    return results.withLock { $0.flatMap(\.self) }
  }
}

/// The published program's orbit.
enum PublishedOrbit {
  /// Writes the orbit of the origin and returns how many points survive: from the first
  /// coordinate that is no number on, and the hundred points before it, they are dropped.
  static func trace(
    _ maps: [AffineMap2D], _ chances: [Double], _ draws: [Double], count: Int,
    x: inout [Double], y: inout [Double]
  ) -> Int {
    var sums: [Double] = []
    for chance in chances { sums.append((sums.last ?? 0) + chance) }
    var count = ck_orbit(maps.map(\.kernel), sums, Int32(maps.count), draws, count, &x, &y)
    for values in [x, y] where count > 0 {
      // Once there is no number there is none to the end.
      guard values[count - 1].isNaN else { continue }
      var first = count - 1
      while first > 0, values[first - 1].isNaN { first -= 1 }
      count = max(0, first - 100)
    }
    return count
  }
}
