/// Which instruction a register's value comes from, where that can be told from the order of the
/// instructions alone.
struct RegisterFlow {
  private let instructionCount: Int
  /// Positions that read and that write each register, in ascending order.
  private var reads: [[Int]]
  private var writes: [[Int]]
  /// The first and last instruction that jumps to a position.
  private var firstSource: [Int]
  private var lastSource: [Int]
  private var isLocal: [Int32: Bool] = [:]

  init(_ code: Code) {
    let count = code.instructionCount
    instructionCount = count
    var reads = [[Int]](repeating: [], count: code.registerCount)
    var writes = reads
    firstSource = Array(repeating: .max, count: count + 1)
    lastSource = Array(repeating: -1, count: count + 1)
    for pc in 0..<count {
      code.visitRegisters(at: pc) {
        reads[Int($0)].append(pc)
      } write: {
        writes[Int($0)].append(pc)
      }
      if let target = code.jumpTarget(at: pc) {
        firstSource[target] = min(firstSource[target], pc)
        lastSource[target] = max(lastSource[target], pc)
      }
    }
    self.reads = reads
    self.writes = writes
  }

  /// The instruction that wrote what `pc` reads from the register, when that can be no other and
  /// nobody else reads it.
  mutating func soleWriter(of register: Int32, readAt pc: Int) -> Int? {
    guard let writer = writer(of: register, readAt: pc), isLocal(register) else { return nil }
    let (writes, reads) = (writes[Int(register)], reads[Int(register)])
    let later = Self.count(of: writes, upTo: writer)
    let next = later < writes.count ? writes[later] : instructionCount
    let readers = reads[Self.count(of: reads, upTo: writer)..<Self.count(of: reads, upTo: next)]
    return readers == [pc] ? writer : nil
  }

  /// Whether the register keeps its value on the way from one position to a later one.
  func keeps(_ register: Int32, from start: Int, to end: Int) -> Bool {
    Self.count(of: writes[Int(register)], upTo: start)
      == Self.count(of: writes[Int(register)], upTo: end - 1)
  }

  /// The last instruction above `pc` that writes the register, when every way to `pc` leads over it.
  private func writer(of register: Int32, readAt pc: Int) -> Int? {
    let earlier = Self.count(of: writes[Int(register)], upTo: pc - 1)
    guard earlier > 0 else { return nil }
    let writer = writes[Int(register)][earlier - 1]
    for position in writer + 1...pc
    where firstSource[position] < writer || lastSource[position] > pc {
      return nil
    }
    return writer
  }

  /// How many of ascending positions are not above `limit`.
  private static func count(of positions: [Int], upTo limit: Int) -> Int {
    var (low, high) = (0, positions.count)
    while low < high {
      let middle = (low + high) / 2
      if positions[middle] <= limit { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether every read of the register has its one writer.
  private mutating func isLocal(_ register: Int32) -> Bool {
    if let known = isLocal[register] { return known }
    let result = reads[Int(register)].allSatisfy { writer(of: register, readAt: $0) != nil }
    isLocal[register] = result
    return result
  }
}
