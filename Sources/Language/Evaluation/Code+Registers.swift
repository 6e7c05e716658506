extension Code {
  /// Tells which registers an instruction reads, and then which it writes.
  func visitRegisters(at pc: Int, read: (Int32) -> Void, write: (Int32) -> Void) {
    let i = instructions[pc]
    func source(_ operand: Int32?) { if let operand, operand >= 0 { read(operand) } }
    func all(_ first: Int32, _ count: Int, _ visit: (Int32) -> Void) {
      for register in first..<first + Int32(count) { visit(register) }
    }
    func site(_ index: Int32) {
      for item in indexSites[Int(index)].items {
        switch item {
        case .value(let operand): source(operand)
        case .slice(let from, let to, let step):
          source(from)
          source(to)
          source(step)
        case .new: break
        }
      }
    }
    switch i.opcode {
    case .move, .negate, .not, .squareRoot, .modulus, .field, .span:
      source(i.b)
      write(i.a)
    case .loadGlobal, .loadSelf: write(i.a)
    case .storeGlobal: source(i.b)
    case .add, .subtract, .multiply, .divide, .floorDivide, .remainder, .matrixProduct, .power,
      .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .approximately, .compose,
      .and, .or:
      source(i.b)
      source(i.c)
      write(i.a)
    case .jump, .jumpBack: break
    case .jumpFalse, .jumpTrue, .jumpIfFalseValue, .jumpIfTrueValue, .result: source(i.b)
    case .jumpIfSet: read(i.a)
    case .loopBegin:
      source(i.b)
      all(i.a, 4, write)
    case .loopNext:
      all(i.a, 4, read)
      all(i.a + 1, 2, write)
      write(i.b)
    case .call:
      all(i.c, callSites[Int(i.b)].names.count + 1, read)
      write(i.a)
    case .closure:
      for capture in codes[Int(i.b)].captured { read(capture.outer) }
      write(i.a)
    case .tensor:
      all(i.c, layouts[Int(i.b)].rows.reduce(0, +), read)
      write(i.a)
    case .tuple, .text:
      all(i.b, Int(i.c), read)
      write(i.a)
    case .record:
      all(i.b, nameLists[Int(i.c)].count, read)
      write(i.a)
    case .range:
      all(i.b, 3, read)
      write(i.a)
    case .index:
      source(i.b)
      site(i.c)
      write(i.a)
    case .setIndex:
      read(i.a)
      source(i.b)
      site(i.c)
      write(i.a)
    case .setGlobalIndex:
      source(i.b)
      site(i.c)
    case .listBegin:
      all(i.b, Int(i.c), read)
      write(i.a)
    case .listAppend:
      read(i.a)
      source(i.b)
    case .listEnd:
      read(i.a)
      all(i.b, Int(i.c), read)
      write(i.a)
    case .reduce:
      all(i.a, 2, read)
      source(i.b)
      all(i.a, 2, write)
    case .reduceEnd:
      all(i.a, 2, read)
      all(i.a, 2, write)
    case .bindShape:
      read(i.a)
      for register in shapeSites[Int(i.b)].registers {
        read(register)
        write(register)
      }
    case .unpack:
      source(i.b)
      all(i.a, Int(i.c), write)
    case .assertion:
      let site = assertionSites[Int(i.b)]
      source(i.a)
      source(site.message)
      for operand in site.operands { source(operand.register) }
    case .parameter:
      read(i.a)
      source(parameterSites[Int(i.b)].range)
      write(i.a)
    case .seed: source(i.a)
    }
  }

  /// Where the instruction may jump to, if anywhere.
  func jumpTarget(at pc: Int) -> Int? {
    switch instructions[pc].opcode {
    case .jump, .jumpBack, .jumpFalse, .jumpTrue, .jumpIfFalseValue, .jumpIfTrueValue, .jumpIfSet,
      .loopNext:
      Int(instructions[pc].c)
    default: nil
    }
  }
}
