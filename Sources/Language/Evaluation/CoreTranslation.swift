import CMachine

/// Translates code for the core of the machine: one instruction of the core for each of the
/// machine's, at the same position, so that either can go on where the other stopped.
///
/// Some instructions do the work of the next one, too; that one stands behind them all the same
/// and is jumped over. Functions and tensors that are loaded only to be called or indexed once are
/// not loaded: their reader looks where they are.
struct CoreTranslation {
  private let code: Code
  /// Positions of loads that their reader makes unnecessary.
  private var borrowed: Set<Int> = []
  /// The load of the function or tensor that the instruction at a position borrows.
  private(set) var lenders: [Int: Int] = [:]
  /// Ranges that only begin a loop, by position.
  private var loops: Set<Int> = []

  /// Bytes from one register or constant to the next.
  private static let stride = Int32(MemoryLayout<cm_value>.stride)

  init(_ code: Code) {
    self.code = code
    var readers: [(pc: Int, register: Int32)] = []
    for pc in 0..<code.instructionCount {
      let i = code.instructions[pc]
      switch i.opcode {
      case .call: readers.append((pc, i.c))
      case .index where i.b >= 0: readers.append((pc, i.b))
      case .loopBegin where i.b >= 0 && pc > 0: readers.append((pc, i.b))
      default: break
      }
    }
    guard !readers.isEmpty else { return }
    var flow = RegisterFlow(code)
    for (pc, register) in readers {
      guard let writer = flow.soleWriter(of: register, readAt: pc) else { continue }
      let load = code.instructions[writer]
      switch (load.opcode, code.instructions[pc].opcode) {
      case (.range, .loopBegin) where writer == pc - 1:
        loops.insert(writer)
      case (.loadGlobal, .call), (.loadSelf, .call), (.loadGlobal, .index):
        borrowed.insert(writer)
        lenders[pc] = writer
      case (.move, .call) where load.b < 0 || flow.keeps(load.b, from: writer, to: pc):
        borrowed.insert(writer)
        lenders[pc] = writer
      default: break
      }
    }
  }

  /// The translated code, to be deallocated by the caller.
  func instructions() -> UnsafeMutablePointer<cm_instruction> {
    let result = UnsafeMutablePointer<cm_instruction>.allocate(
      capacity: max(1, code.instructionCount))
    for pc in 0..<code.instructionCount { (result + pc).initialize(to: translated(pc)) }
    return result
  }

  private func translated(_ pc: Int) -> cm_instruction {
    let i = code.instructions[pc]
    let next = pc + 1 < code.instructionCount ? code.instructions[pc + 1] : nil
    switch i.opcode {
    case .move:
      if borrowed.contains(pc) { return make(CM_OP_borrow, bytes(i.a)) }
      return make(CM_OP_move, bytes(i.a), source(i.b))
    case .loadGlobal:
      return make(
        borrowed.contains(pc) ? CM_OP_borrow_global : CM_OP_load_global, bytes(i.a), bytes(i.b))
    case .storeGlobal: return make(CM_OP_store_global, bytes(i.a), source(i.b))
    case .add: return binary(CM_OP_add_rr, i)
    case .subtract: return binary(CM_OP_subtract_rr, i)
    case .multiply: return binary(CM_OP_multiply_rr, i)
    case .divide: return binary(CM_OP_divide_rr, i)
    case .floorDivide:
      return byPowerOfTwo(CM_OP_floor_divide_shift, i) ?? binary(CM_OP_floor_divide_rr, i)
    case .remainder: return byPowerOfTwo(CM_OP_remainder_mask, i) ?? binary(CM_OP_remainder_rr, i)
    case .power: return binary(CM_OP_power_rr, i)
    case .equal: return comparison(CM_OP_equal_rr, CM_OP_if_equal_rr, i, next)
    case .notEqual: return comparison(CM_OP_not_equal_rr, CM_OP_if_not_equal_rr, i, next)
    case .less: return comparison(CM_OP_less_rr, CM_OP_if_less_rr, i, next)
    case .lessEqual: return comparison(CM_OP_less_equal_rr, CM_OP_if_less_equal_rr, i, next)
    case .greater: return comparison(CM_OP_greater_rr, CM_OP_if_greater_rr, i, next)
    case .greaterEqual:
      return comparison(CM_OP_greater_equal_rr, CM_OP_if_greater_equal_rr, i, next)
    case .and: return make(CM_OP_both, bytes(i.a), source(i.b), source(i.c))
    case .or: return make(CM_OP_either, bytes(i.a), source(i.b), source(i.c))
    case .negate: return make(CM_OP_negate, bytes(i.a), source(i.b))
    case .not: return make(CM_OP_invert, bytes(i.a), source(i.b))
    case .squareRoot: return make(CM_OP_square_root, bytes(i.a), source(i.b))
    case .modulus: return make(CM_OP_modulus, bytes(i.a), source(i.b))

    case .jump: return make(CM_OP_jump, 0, 0, jump(pc))
    case .jumpBack:
      guard code.instructions[Int(i.c)].opcode == .loopNext else {
        return make(CM_OP_jump_back, 0, 0, jump(pc))
      }
      let binds = bindsNext(Int(i.c))
      return make(binds ? CM_OP_jump_back_loop_move : CM_OP_jump_back_loop, 0, 0, jump(pc))
    case .jumpFalse: return make(CM_OP_jump_false, 0, source(i.b), jump(pc))
    case .jumpTrue: return make(CM_OP_jump_true, 0, source(i.b), jump(pc))
    case .jumpIfFalseValue: return make(CM_OP_jump_if_false, 0, source(i.b), jump(pc))
    case .jumpIfTrueValue: return make(CM_OP_jump_if_true, 0, source(i.b), jump(pc))
    case .jumpIfSet: return make(CM_OP_jump_if_set, bytes(i.a), 0, jump(pc))
    case .range:
      guard loops.contains(pc), let next else { return make(CM_OP_leave) }
      return make(CM_OP_range_loop, bytes(next.a), bytes(i.b), i.c, bytes(i.a))
    case .loopNext:
      return make(
        bindsNext(pc) ? CM_OP_loop_next_move : CM_OP_loop_next, bytes(i.a), bytes(i.b), jump(pc))
    case .call: return call(pc)
    case .result: return make(CM_OP_result, 0, source(i.b))
    case .index: return index(pc)
    case .setIndex: return setIndex(CM_OP_set_one, CM_OP_set_two, i)
    case .setGlobalIndex: return setIndex(CM_OP_set_one_global, CM_OP_set_two_global, i)
    case .listAppend: return make(CM_OP_list_append, bytes(i.a), source(i.b))
    case .reduce:
      let steps = [
        CM_OP_reduce_sum, CM_OP_reduce_product, CM_OP_reduce_greatest, CM_OP_reduce_least,
        CM_OP_reduce_mean, CM_OP_reduce_any, CM_OP_reduce_all,
      ]
      return make(steps[Int(i.c)], bytes(i.a), source(i.b))
    case .reduceEnd:
      return make(i.c == Self.mean ? CM_OP_leave : CM_OP_reduce_end, bytes(i.a))

    case .loadSelf: return make(borrowed.contains(pc) ? CM_OP_borrow : CM_OP_leave, bytes(i.a))
    case .matrixProduct, .approximately, .compose, .loopBegin, .closure, .tensor,
      .tuple, .record, .field, .text, .listBegin, .listEnd, .span,
      .bindShape, .unpack, .assertion, .parameter, .seed:
      return make(CM_OP_leave)
    }
  }

  private static let mean = Int32(Reduction.index("mean") ?? -1)

  private func binary(_ opcode: cm_opcode, _ i: Instruction) -> cm_instruction {
    make(variant(opcode, i), bytes(i.a), place(i.b), place(i.c))
  }

  /// Division of a register by a constant 2, 4, 8, …
  private func byPowerOfTwo(_ opcode: cm_opcode, _ i: Instruction) -> cm_instruction? {
    guard i.b >= 0, i.c < 0, case .int(let divisor) = code.constant(i.c), divisor > 0,
      divisor.nonzeroBitCount == 1
    else { return nil }
    return make(opcode, bytes(i.a), bytes(i.b), Int32(divisor.trailingZeroBitCount))
  }

  private func comparison(
    _ opcode: cm_opcode, _ jumping: cm_opcode, _ i: Instruction, _ next: Instruction?
  ) -> cm_instruction {
    let jumps = next?.opcode == .jumpFalse && next?.b == i.a
    return make(variant(jumps ? jumping : opcode, i), bytes(i.a), place(i.b), place(i.c))
  }

  /// The operator for the kinds of both operands: rr, rk, kr, kk.
  private func variant(_ opcode: cm_opcode, _ i: Instruction) -> cm_opcode {
    cm_opcode(rawValue: opcode.rawValue + (i.b < 0 ? 2 : 0) + (i.c < 0 ? 1 : 0))
  }

  /// Whether the instruction behind a `loopNext` gives the element its name.
  private func bindsNext(_ pc: Int) -> Bool {
    guard pc + 1 < code.instructionCount else { return false }
    let next = code.instructions[pc + 1]
    return next.opcode == .move && next.b == code.instructions[pc].b && !borrowed.contains(pc + 1)
  }

  private func call(_ pc: Int) -> cm_instruction {
    let i = code.instructions[pc]
    let site = code.callSites[Int(i.b)]
    guard site.isPositional else { return make(CM_OP_leave) }
    let arguments = bytes(i.c + 1)
    let count = Int32(site.names.count)
    guard let lender = lenders[pc] else {
      return make(CM_OP_call, bytes(i.a), bytes(i.c), arguments, count)
    }
    let load = code.instructions[lender]
    if load.opcode == .loadSelf {
      return make(CM_OP_call_self, bytes(i.a), 0, arguments, count)
    }
    if load.opcode == .loadGlobal {
      return make(CM_OP_call_global, bytes(i.a), bytes(load.b), arguments, count)
    }
    if load.b < 0, case .function(let function) = code.constant(load.b),
      case .builtin(let builtin) = function.kind, let shortcut = builtin.shortcut,
      shortcut.count == site.names.count
    {
      return shortcut.instruction(target: bytes(i.a), first: arguments)
    }
    return make(CM_OP_call, bytes(i.a), source(load.b), arguments, count)
  }

  private func index(_ pc: Int) -> cm_instruction {
    let i = code.instructions[pc]
    guard let (first, second) = integers(i.c) else { return make(CM_OP_leave) }
    if let lender = lenders[pc] {
      return make(
        second == nil ? CM_OP_index_one_global : CM_OP_index_two_global, bytes(i.a),
        bytes(code.instructions[lender].b), first, second ?? 0)
    }
    return make(
      second == nil ? CM_OP_index_one : CM_OP_index_two, bytes(i.a), source(i.b), first,
      second ?? 0)
  }

  private func setIndex(_ one: cm_opcode, _ two: cm_opcode, _ i: Instruction) -> cm_instruction {
    guard let (first, second) = integers(i.c) else { return make(CM_OP_leave) }
    return make(second == nil ? one : two, bytes(i.a), source(i.b), first, second ?? 0)
  }

  /// The operands between the brackets when they are one or two plain values.
  private func integers(_ site: Int32) -> (first: Int32, second: Int32?)? {
    let items = code.indexSites[Int(site)].items
    var operands: [Int32] = []
    for item in items {
      guard case .value(let operand) = item else { return nil }
      operands.append(source(operand))
    }
    return switch operands.count {
    case 1: (operands[0], nil)
    case 2: (operands[0], operands[1])
    default: nil
    }
  }

  private func make(
    _ opcode: cm_opcode, _ a: Int32 = 0, _ b: Int32 = 0, _ c: Int32 = 0, _ d: Int32 = 0
  ) -> cm_instruction {
    var instruction = cm_instruction()
    instruction.run = cm_handler_of(opcode)
    (instruction.a, instruction.b, instruction.c, instruction.d) = (a, b, c, d)
    return instruction
  }

  private func bytes(_ register: Int32) -> Int32 { register * Self.stride }

  /// A register or constant whose kind the opcode tells.
  private func place(_ operand: Int32) -> Int32 { bytes(operand >= 0 ? operand : ~operand) }

  /// A register, or a constant as a negative number.
  private func source(_ operand: Int32) -> Int32 {
    operand >= 0 ? bytes(operand) : ~bytes(~operand)
  }

  private func jump(_ pc: Int) -> Int32 {
    (code.instructions[pc].c - Int32(pc)) * Int32(MemoryLayout<cm_instruction>.stride)
  }
}
