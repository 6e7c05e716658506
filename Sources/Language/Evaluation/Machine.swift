import Basics
import Foundation
import Tensors

/// The register machine: runs compiled code.
///
/// Calls of functions written in the language take a frame, not native stack. Interruption and
/// budgets are polled at jumps back. An error carries the place of the instruction that met it.
package final class Machine {
  private struct Frame {
    let entry: UnsafePointer<Code.Entry>
    /// Not held: the caller's register keeps it, and with it the code, until the frame is left.
    /// Nil for a statement's code, which `run` keeps.
    let function: Unmanaged<FunctionValue>?
    /// First register on the stack.
    let base: Int
    /// Where the caller goes on, and which of its registers takes the result.
    var pc: Int
    let target: Int
  }

  package let runtime: Runtime
  /// Keeps calls from other threads apart, while the thread that runs the program waits for them.
  package let lock = NSRecursiveLock()
  private let stack: UnsafeMutablePointer<Value>
  private let capacity: Int
  private var top = 0
  /// Calls under way, the innermost last.
  private let frames: UnsafeMutablePointer<Frame>
  private var depth = 0
  private static let deepest = 1 << 18
  /// Native calls of `apply` that are under way.
  private var nesting = 0
  /// Most of those; each takes some kilobytes of the thread's stack.
  package var nestingLimit = 64

  package init(runtime: Runtime) {
    self.runtime = runtime
    // Reserved, not touched: registers are set when a frame is pushed.
    capacity = 1 << 20
    stack = .allocate(capacity: capacity)
    frames = .allocate(capacity: Self.deepest)
  }

  deinit {
    frames.deallocate()
    stack.deinitialize(count: top)
    stack.deallocate()
  }

  /// Runs the code of one statement.
  package func run(_ code: Code) throws -> Value {
    try withExtendedLifetime(code) {
      let floor = depth
      try push(code.entry, nil, target: 0)
      return try loop(floor)
    }
  }

  /// Calls any function with values.
  package func apply(
    _ function: FunctionValue, _ arguments: [Value], site: CallSite?
  ) throws -> Value {
    switch function.kind {
    case .closure(let code, _):
      guard nesting < nestingLimit else {
        throw Problem(
          "depth", "\(nesting) calls are nested inside builtins such as `map`, which is too deep")
      }
      nesting += 1
      defer { nesting -= 1 }
      let floor = depth
      let values = try arranged(code, arguments, site)
      return try withExtendedLifetime(function) {
        try push(code.entry, .passUnretained(function), target: 0)
        let base = stack + frames[floor].base
        for (index, value) in values.enumerated() { base[index] = value }
        take(function, code, base)
        return try loop(floor)
      }
    case .builtin(let builtin):
      let call = Call(machine: self, site: site)
      return try builtin(call, builtin.arranged(arguments, site))
    case .composed(let composition):
      let functions = composition.functions
      var value = try apply(functions[0], arguments, site: site)
      for function in functions.dropFirst() { value = try apply(function, [value], site: nil) }
      return value
    case .native(let body):
      return try body(arguments, Call(machine: self, site: site))
    }
  }

  private func push(
    _ entry: UnsafePointer<Code.Entry>, _ function: Unmanaged<FunctionValue>?, target: Int
  ) throws {
    let count = entry.pointee.registerCount
    guard depth < min(runtime.deepest, Self.deepest), top + count <= capacity else {
      throw tooDeep(entry.pointee.code.takeUnretainedValue())
    }
    // A recursion has no jumps back.
    if runtime.interruption.isRequested { try runtime.poll() }
    (stack + top).initialize(repeating: .none, count: count)
    (frames + depth).initialize(
      to: Frame(
        entry: entry, function: function, base: top, pc: 0, target: target))
    depth += 1
    top += count
  }

  private func tooDeep(_ code: Code) -> Problem {
    Problem(
      "depth", "\(depth) calls are nested; the limit is \(runtime.limits.depth)",
      notes: code.name.isEmpty ? [] : ["the innermost is `\(code.name)`; does its recursion end?"])
  }

  /// A closure in a register, and where it goes on; nil for anything else.
  @inline(__always)
  private func closure(
    _ value: UnsafeMutablePointer<Value>
  ) -> (UnsafePointer<Code.Entry>, Unmanaged<FunctionValue>)? {
    guard case .function(let function) = value.pointee, let entry = function.entry else {
      return nil
    }
    return (entry, .passUnretained(function))
  }

  /// Gives a closure's frame what the closure took along.
  private func take(_ function: FunctionValue, _ code: Code, _ r: UnsafeMutablePointer<Value>) {
    for (index, value) in function.captures.enumerated() {
      r[Int(code.captured[index].inner)] = value
    }
  }

  private func pop() {
    depth -= 1
    let frame = frames[depth]
    top = frame.base
    for index in 0..<frame.entry.pointee.registerCount {
      (stack + frame.base + index).deinitialize(count: 1)
    }
  }

  /// Runs the topmost frame until it returns; frames below `floor` stay.
  private func loop(_ floor: Int) throws -> Value {
    var entry = frames[depth - 1].entry
    /// For what is not done at every turn.
    var code: Code { entry.pointee.code.takeUnretainedValue() }
    var program = entry.pointee.instructions
    var k = entry.pointee.constants
    var r = stack + frames[depth - 1].base
    var pc = 0
    do {
      while true {
        let i = program[pc]
        pc += 1
        let a = Int(i.a)
        switch i.opcode {
        case .move:
          r[a] = i.b >= 0 ? r[Int(i.b)] : k[Int(~i.b)]
        case .loadGlobal:
          let value = runtime.globals.table + Int(i.b)
          if value.pointee.isNone {
            throw Problem("name", "`\(runtime.globals.names[Int(i.b)])` has no value yet")
          }
          r[a] = value.pointee
        case .storeGlobal:
          runtime.globals.table[a] = i.b >= 0 ? r[Int(i.b)] : k[Int(~i.b)]
        case .loadSelf:
          r[a] = frames[depth - 1].function.map { .function($0.takeUnretainedValue()) } ?? .none

        case .add:
          if let sum = fast(i, r, k, { $0.addingReportingOverflow($1) }, { $0 + $1 }) {
            r[a] = sum
          } else {
            r[a] = try slow(i, r, k)
          }
        case .subtract:
          if let sum = fast(i, r, k, { $0.subtractingReportingOverflow($1) }, { $0 - $1 }) {
            r[a] = sum
          } else {
            r[a] = try slow(i, r, k)
          }
        case .multiply:
          if let sum = fast(i, r, k, { $0.multipliedReportingOverflow(by: $1) }, { $0 * $1 }) {
            r[a] = sum
          } else {
            r[a] = try slow(i, r, k)
          }
        case .less:
          if let holds = compared(i, r, k, { $0 < $1 }, { $0 < $1 }) {
            r[a] = .bool(holds)
          } else {
            r[a] = try slow(i, r, k)
          }
        case .lessEqual:
          if let holds = compared(i, r, k, { $0 <= $1 }, { $0 <= $1 }) {
            r[a] = .bool(holds)
          } else {
            r[a] = try slow(i, r, k)
          }
        case .greater:
          if let holds = compared(i, r, k, { $0 > $1 }, { $0 > $1 }) {
            r[a] = .bool(holds)
          } else {
            r[a] = try slow(i, r, k)
          }
        case .equal:
          if let holds = compared(i, r, k, { $0 == $1 }, { $0 == $1 }) {
            r[a] = .bool(holds)
          } else {
            r[a] = try slow(i, r, k)
          }
        case .notEqual:
          if let holds = compared(i, r, k, { $0 != $1 }, { $0 != $1 }) {
            r[a] = .bool(holds)
          } else {
            r[a] = try slow(i, r, k)
          }
        case .divide, .floorDivide, .remainder, .matrixProduct, .power, .greaterEqual,
          .approximately, .compose, .and, .or:
          r[a] = try slow(i, r, k)
        case .negate, .not, .squareRoot, .modulus:
          r[a] = try Operators.unary(i.opcode, source(i.b, r, k), Call(machine: self, site: nil))

        case .jump:
          pc = Int(i.c)
        case .jumpBack:
          if runtime.interruption.isRequested { try runtime.poll() }
          pc = Int(i.c)
        case .jumpFalse:
          if case .bool(let holds) = source(i.b, r, k) {
            if !holds { pc = Int(i.c) }
          } else if try !Operators.condition(source(i.b, r, k)) {
            pc = Int(i.c)
          }
        case .jumpTrue:
          if try Operators.condition(source(i.b, r, k)) { pc = Int(i.c) }
        case .jumpIfFalseValue:
          if case .bool(false) = source(i.b, r, k) { pc = Int(i.c) }
        case .jumpIfTrueValue:
          if case .bool(true) = source(i.b, r, k) { pc = Int(i.c) }
        case .jumpIfSet:
          if !r[a].isNone { pc = Int(i.c) }
        case .loopBegin:
          try Collections.begin(source(i.b, r, k), r + a)
        case .loopNext:
          guard case .int(let remaining) = r[a + 2], remaining > 0 else {
            pc = Int(i.c)
            continue
          }
          r[a + 2] = .int(remaining - 1)
          guard case .int(let position) = r[a + 1] else { continue }
          if case .none = r[a] {
            r[Int(i.b)] = .int(position)
            guard case .int(let step) = r[a + 3] else { continue }
            r[a + 1] = .int(position &+ step)
          } else {
            r[a + 1] = .int(position + 1)
            r[Int(i.b)] = try Collections.element(
              r[a], position, Call(machine: self, site: nil))
          }

        case .call:
          let shape = entry.pointee.calls[Int(i.b)]
          let first = Int(i.c) + 1
          if let (target, function) = closure(r + Int(i.c)), shape.isPositional,
            shape.count == target.pointee.parameterCount
          {
            frames[depth - 1].pc = pc
            let caller = r + first
            try push(target, function, target: a)
            entry = target
            program = entry.pointee.instructions
            k = entry.pointee.constants
            r = stack + frames[depth - 1].base
            pc = 0
            for index in 0..<shape.count { r[index] = caller[index] }
            if entry.pointee.captureCount > 0 { take(function.takeUnretainedValue(), code, r) }
            continue
          }
          let site = code.callSites[Int(i.b)]
          let count = shape.count
          guard case .function(let function) = r[Int(i.c)] else {
            r[a] = try applyOther(r[Int(i.c)], (0..<count).map { r[first + $0] }, site)
            continue
          }
          switch function.kind {
          case .closure(let target, _):
            let values = try arranged(target, (0..<count).map { r[first + $0] }, site)
            frames[depth - 1].pc = pc
            try push(target.entry, .passUnretained(function), target: a)
            entry = target.entry
            program = entry.pointee.instructions
            k = entry.pointee.constants
            r = stack + frames[depth - 1].base
            pc = 0
            for (index, value) in values.enumerated() { r[index] = value }
            take(function, target, r)
          case .builtin(let builtin):
            if count == 1, let primitive = builtin.primitive, site.isPositional {
              if case .real(let x) = r[first] {
                r[a] = .real(primitive(x))
                continue
              }
              if case .int(let x) = r[first] {
                r[a] = .real(primitive(Double(x)))
                continue
              }
            }
            let values = try builtin.arranged((0..<count).map { r[first + $0] }, site)
            r[a] = try builtin(Call(machine: self, site: site), values)
          case .composed, .native:
            r[a] = try apply(function, (0..<count).map { r[first + $0] }, site: site)
          }
        case .closure:
          let target = code.codes[Int(i.b)]
          let captures = target.captured.map { r[Int($0.outer)] }
          r[a] = try Value.function(
            FunctionValue(
              .closure(target, captures: captures), name: target.name, text: target.text)
          ).nested()
        case .result:
          let value = source(i.b, r, k)
          let target = frames[depth - 1].target
          pop()
          if depth == floor { return value }
          entry = frames[depth - 1].entry
          program = entry.pointee.instructions
          k = entry.pointee.constants
          r = stack + frames[depth - 1].base
          pc = frames[depth - 1].pc
          r[target] = value

        case .tensor:
          let layout = code.layouts[Int(i.b)]
          let count = layout.rows.reduce(0, +)
          r[a] = try Collections.tensor((0..<count).map { r[Int(i.c) + $0] }, layout)
        case .tuple:
          r[a] = try Value((0..<Int(i.c)).map { r[Int(i.b) + $0] }).nested()
        case .record:
          let names = code.nameLists[Int(i.c)]
          r[a] = try Value.tuple(
            TupleValue(names.indices.map { r[Int(i.b) + $0] }, names: names)
          ).nested()
        case .range:
          let b = Int(i.b)
          r[a] = .range(
            try Collections.range(r[b], r[b + 1], step: r[b + 2], isClosed: i.c == 1))
        case .index:
          let site = code.indexSites[Int(i.c)]
          let base = source(i.b, r, k)
          r[a] = try Indexing.element(
            of: base, items(site, r, k), site, Call(machine: self, site: nil))
        case .setIndex:
          let site = code.indexSites[Int(i.c)]
          try Indexing.assign(&r[a], items(site, r, k), source(i.b, r, k), site)
        case .setGlobalIndex:
          let site = code.indexSites[Int(i.c)]
          try Indexing.assign(
            &runtime.globals.table[a], items(site, r, k), source(i.b, r, k), site)
        case .field:
          r[a] = try Fields.value(
            code.names[Int(i.c)], of: source(i.b, r, k), Call(machine: self, site: nil))
        case .text:
          let parts = (0..<Int(i.c)).map { Display.plain(r[Int(i.b) + $0], runtime.style) }
          r[a] = .string(parts.joined())
        case .listBegin:
          let sizes = (0..<Int(i.c)).map { r[Int(i.b) + $0].integer ?? 0 }
          try Memory.check(sizes, bytesEach: MemoryLayout<Value>.stride, "the comprehension")
          r[a] = .host(ListBuilder())
        case .listAppend:
          guard case .host(let host) = r[a], let list = host as? ListBuilder else { continue }
          list.items.append(source(i.b, r, k))
        case .listEnd:
          guard case .host(let host) = r[a], let list = host as? ListBuilder else { continue }
          let sizes = (0..<Int(i.c)).map { r[Int(i.b) + $0].integer ?? 0 }
          r[a] = try list.finished(sizes)
        case .reduce:
          let call = Call(machine: self, site: nil)
          try Reduction.kinds[Int(i.c)].take(source(i.b, r, k), r + a, call)
        case .reduceEnd:
          let call = Call(machine: self, site: nil)
          r[a] = try Reduction.kinds[Int(i.c)].result(r + a, call)
        case .span:
          r[a] = .int(try Collections.count(source(i.b, r, k)))

        case .bindShape:
          try Collections.bind(r[a], code.shapeSites[Int(i.b)], r)
        case .unpack:
          let values = try Collections.unpacked(source(i.b, r, k), count: Int(i.c))
          for (index, value) in values.enumerated() { r[a + index] = value }
        case .assertion:
          let site = code.assertionSites[Int(i.b)]
          let holds = try Collections.assertionHolds(source(i.a, r, k))
          if !holds {
            let facts = site.operands.map { ($0.text, r[Int($0.register)]) }
            throw Collections.assertionProblem(
              site, facts, site.message.map { r[Int($0)] }, runtime.style)
          }
        case .parameter:
          let site = code.parameterSites[Int(i.b)]
          r[a] = try runtime.declare(
            site.name, default: r[a], range: site.range.map { r[Int($0)] } ?? .none,
            caption: site.caption)
        case .seed:
          guard let seed = source(i.a, r, k).integer else {
            throw Problem("type", "a seed is an integer")
          }
          runtime.reseed(UInt64(bitPattern: Int64(seed)))
        }
      }
    } catch {
      let trace = (floor..<depth).reversed().map {
        (frames[$0].entry.pointee.code.takeUnretainedValue(), frames[$0].pc)
      }
      let failed = code
      while depth > floor { pop() }
      throw Diagnosis.failure(error, code: failed, pc: pc - 1, trace: trace, self)
    }
  }

  @inline(__always)
  private func source(
    _ operand: Int32, _ r: UnsafeMutablePointer<Value>, _ k: UnsafeMutablePointer<Value>
  ) -> Value {
    operand >= 0 ? r[Int(operand)] : k[Int(~operand)]
  }

  @inline(__always)
  private func fast(
    _ i: Instruction, _ r: UnsafeMutablePointer<Value>, _ k: UnsafeMutablePointer<Value>,
    _ integers: (Int, Int) -> (partialValue: Int, overflow: Bool),
    _ reals: (Double, Double) -> Double
  ) -> Value? {
    let x = i.b >= 0 ? r + Int(i.b) : k + Int(~i.b)
    let y = i.c >= 0 ? r + Int(i.c) : k + Int(~i.c)
    switch (x.pointee, y.pointee) {
    case (.int(let a), .int(let b)):
      let result = integers(a, b)
      return result.overflow ? nil : .int(result.partialValue)
    case (.real(let a), .real(let b)): return .real(reals(a, b))
    case (.real(let a), .int(let b)): return .real(reals(a, Double(b)))
    case (.int(let a), .real(let b)): return .real(reals(Double(a), b))
    default: return nil
    }
  }

  @inline(__always)
  private func compared(
    _ i: Instruction, _ r: UnsafeMutablePointer<Value>, _ k: UnsafeMutablePointer<Value>,
    _ integers: (Int, Int) -> Bool, _ reals: (Double, Double) -> Bool
  ) -> Bool? {
    let x = i.b >= 0 ? r + Int(i.b) : k + Int(~i.b)
    let y = i.c >= 0 ? r + Int(i.c) : k + Int(~i.c)
    switch (x.pointee, y.pointee) {
    case (.int(let a), .int(let b)): return integers(a, b)
    case (.real(let a), .real(let b)): return reals(a, b)
    case (.real(let a), .int(let b)): return reals(a, Double(b))
    case (.int(let a), .real(let b)): return reals(Double(a), b)
    default: return nil
    }
  }

  private func slow(
    _ i: Instruction, _ r: UnsafeMutablePointer<Value>, _ k: UnsafeMutablePointer<Value>
  ) throws -> Value {
    guard let op = ValueOperator(opcode: i.opcode) else {
      preconditionFailure("an opcode outside the binary operators")
    }
    return try Operators.binary(
      op, source(i.b, r, k), source(i.c, r, k), Call(machine: self, site: nil))
  }

  private func items(
    _ site: IndexSite, _ r: UnsafeMutablePointer<Value>, _ k: UnsafeMutablePointer<Value>
  ) throws -> [SubscriptItem] {
    try site.items.map { item in
      switch item {
      case .new: return .new
      case .slice(let from, let to, let step):
        func bound(_ operand: Int32?) throws -> Int? {
          guard let operand else { return nil }
          let value = source(operand, r, k)
          guard let integer = value.integer else {
            throw Problem("index", "a slice bound is an integer, not \(Operators.described(value))")
          }
          return integer
        }
        return .slice(from: try bound(from), to: try bound(to), step: try bound(step))
      case .value(let operand):
        let value = source(operand, r, k)
        if case .int(let position) = value { return .at(position) }
        return .value(value)
      }
    }
  }

  private func applyOther(_ callee: Value, _ arguments: [Value], _ site: CallSite) throws -> Value {
    if case .host(let host) = callee,
      let value = try host.apply(arguments, Call(machine: self, site: site))
    {
      return value
    }
    throw Problem(
      "call", "`\(site.callee)` is \(Operators.described(callee)), not a function",
      suggestions: callee.number != nil || callee.tensor != nil ? ["\(site.callee) * (…)"] : [])
  }

  /// One value for each parameter of a closure; `.none` where the default is to be used.
  private func arranged(_ code: Code, _ arguments: [Value], _ site: CallSite?) throws -> [Value] {
    var values = [Value](repeating: .none, count: code.parameters.count)
    var position = 0
    let signature = "\(code.name.isEmpty ? "the function" : "`\(code.name)`")"
    for (index, value) in arguments.enumerated() {
      if let name = site?.names[index] {
        guard let slot = code.parameters.firstIndex(where: { $0.name == name }) else {
          let known = code.parameters.map(\.name)
          throw Problem(
            "name", "no name `\(name)` in \(signature)",
            notes: ["it takes: " + known.joined(separator: ", ")],
            suggestions: Spelling.nearest(to: name, in: known).map { ["\($0) = …"] } ?? [],
            argument: index)
        }
        if !values[slot].isNone {
          throw Problem("twice", "`\(name)` is given twice", argument: index)
        }
        values[slot] = value
      } else {
        guard position < code.parameters.count else {
          throw Problem(
            "arguments",
            "\(signature) takes \(code.parameters.count == 1 ? "1 argument" : "\(code.parameters.count) arguments"), here are \(arguments.count)",
            notes: code.text.isEmpty ? [] : [code.text], argument: index)
        }
        values[position] = value
        position += 1
      }
    }
    for (parameter, value) in zip(code.parameters, values)
    where value.isNone && !parameter.hasDefault {
      throw Problem(
        "arguments", "\(signature) needs `\(parameter.name)`",
        notes: code.text.isEmpty ? [] : [code.text])
    }
    return values
  }
}
