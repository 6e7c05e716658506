import Basics
import CMachine
import Formulas
import Foundation
import Tensors

/// The register machine: runs compiled code.
///
/// Scalar arithmetic, control and calls between functions written in the language are done by the
/// core, which is written in C and works on the registers directly. What it leaves is done here,
/// one instruction at a time. Without the core everything is, with the same meaning.
///
/// Calls of functions written in the language take a frame, not native stack. Interruption and
/// budgets are polled at jumps back and calls, in the core at one of some thousand. An error
/// carries the place of the instruction that met it.
package final class Machine {
  package let runtime: Runtime
  /// Keeps calls from other threads apart, while the thread that runs the program waits for them.
  package let lock = NSRecursiveLock()
  /// Whether scalar work is left to the core.
  package var usesCore = Core.isUsable
  private let stack: UnsafeMutablePointer<Value>
  private let end: UnsafeMutablePointer<Value>
  /// Calls under way, the innermost last, behind one that is none.
  private let frames: UnsafeMutablePointer<cm_frame>
  /// What the core knows, the innermost frame above all.
  private let core: UnsafeMutablePointer<cm_machine>
  private static let deepest = 1 << 18
  /// Jumps back and calls of the core from one poll to the next.
  private static let turns: Int64 = 1 << 14
  /// Native calls of `apply` that are under way.
  private var nesting = 0
  /// Most of those; each takes some kilobytes of the thread's stack.
  package var nestingLimit = 64

  package init(runtime: Runtime) {
    self.runtime = runtime
    // Reserved, not touched: registers are set when a frame is pushed.
    let capacity = 1 << 20
    stack = .allocate(capacity: capacity)
    end = stack + capacity
    frames = .allocate(capacity: Self.deepest + 1)
    core = .allocate(capacity: 1)
    core.initialize(to: cm_machine())
    core.pointee.frame = frames
    core.pointee.end = UnsafeMutableRawPointer(end).assumingMemoryBound(to: CChar.self)
    core.pointee.assign = { to, from in
      guard let to, let from else { return }
      to.assumingMemoryBound(to: Value.self).pointee =
        from.assumingMemoryBound(to: Value.self).pointee
    }
    core.pointee.clear = { first, count in
      guard let values = first?.assumingMemoryBound(to: Value.self) else { return }
      for index in 0..<Int(count) { values[index] = .none }
    }
    core.pointee.is_sole = { value in
      // The reference is all that such a value begins with.
      guard let box = value?.assumingMemoryBound(to: TensorBox.self) else { return 0 }
      return TensorBox.isSole(&box.pointee) ? 1 : 0
    }
    core.pointee.unary = { function, x in
      guard let function else { return .nan }
      return Unmanaged<RealFunction<@Sendable (Double) -> Double>>.fromOpaque(function)
        ._withUnsafeGuaranteedRef { $0.body(x) }
    }
    core.pointee.binary = { function, x, y in
      guard let function else { return .nan }
      return Unmanaged<RealFunction<@Sendable (Double, Double) -> Double>>.fromOpaque(function)
        ._withUnsafeGuaranteedRef { $0.body(x, y) }
    }
    core.pointee.power = { Reals.pow($0, $1) }
    core.pointee.remainder = { Reals.modulo($0, $1) }
  }

  deinit {
    core.deallocate()
    frames.deallocate()
    stack.deallocate()
  }

  /// How many calls are under way.
  private var depth: Int { core.pointee.frame - frames }

  private var depthLimit: Int { min(runtime.deepest, Self.deepest) }

  /// Runs the code of one statement.
  package func run(_ code: Code) throws -> Value {
    try withExtendedLifetime(code) {
      defer { if depth == 0 { runtime.globals.forgetReplaced() } }
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
      let isPlain = site?.isPositional ?? true && arguments.count == code.parameters.count
      let values = isPlain ? arguments : try arranged(code, arguments, site)
      return try withExtendedLifetime(function) {
        try enter(function, code.entry, target: 0) { values[$0] }
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

  /// Calls a function with each element of a collection in turn.
  ///
  /// - Parameter take: takes the element and the result.
  package func each(
    _ function: FunctionValue, _ collection: Value, _ take: (Value, Value) throws -> Void
  ) throws {
    let count = try Collections.count(collection)
    try Memory.check([count], bytesEach: MemoryLayout<Value>.stride, "a list of length")
    let call = Call(machine: self, site: nil)
    guard case .closure(let code, _) = function.kind, code.parameters.count == 1,
      nesting < nestingLimit
    else {
      for index in 0..<count {
        try runtime.poll()
        let element = try Collections.element(collection, index, call)
        try take(element, apply(function, [element], site: nil))
      }
      return
    }
    nesting += 1
    defer { nesting -= 1 }
    let floor = depth
    try withExtendedLifetime(function) {
      for index in 0..<count {
        let element = try Collections.element(collection, index, call)
        try enter(function, code.entry, target: 0) { _ in element }
        try take(element, loop(floor))
      }
    }
  }

  private func push(
    _ entry: UnsafePointer<cm_entry>, _ function: FunctionValue?, target: Int
  ) throws {
    let count = Int(entry.pointee.register_count)
    let top = self.top
    guard depth < depthLimit, top + count <= end else {
      throw tooDeep(Self.code(of: entry))
    }
    // A recursion has no jumps back.
    try poll()
    top.initialize(repeating: .none, count: count)
    let frame = core.pointee.frame + 1
    core.pointee.frame = frame
    frame.initialize(
      to: cm_frame(
        entry: entry, function: function.map { Unmanaged.passUnretained($0).toOpaque() },
        registers: top, pc: 0, target: Int64(target * MemoryLayout<Value>.stride),
        holds_references: 1))
  }

  private func poll() throws {
    if runtime.interruption.isRequested { try runtime.poll() }
    core.pointee.fuel = Self.turns
  }

  /// Pushes the frame of a closure with its arguments and what it took along.
  private func enter(
    _ function: FunctionValue, _ entry: UnsafePointer<cm_entry>, target: Int,
    _ argument: (Int) -> Value
  ) throws {
    try push(entry, function, target: target)
    let r = registers
    for index in 0..<Int(entry.pointee.parameter_count) { r[index] = argument(index) }
    guard let captures = function.captures, let places = entry.pointee.captured else { return }
    for index in 0..<Int(entry.pointee.capture_count) {
      r[Int(places[index]) / MemoryLayout<Value>.stride] = captures[index]
    }
  }

  private func tooDeep(_ code: Code) -> Problem {
    Problem(
      "depth", "\(depth) calls are nested; the limit is \(runtime.limits.depth)",
      notes: code.name.isEmpty ? [] : ["the innermost is `\(code.name)`; does its recursion end?"])
  }

  /// The registers of the innermost call.
  private var registers: UnsafeMutablePointer<Value> {
    core.pointee.frame.pointee.registers.assumingMemoryBound(to: Value.self)
  }

  /// The first register that belongs to nobody.
  private var top: UnsafeMutablePointer<Value> {
    depth == 0 ? stack : registers + Int(core.pointee.frame.pointee.entry.pointee.register_count)
  }

  private static func code(of entry: UnsafePointer<cm_entry>) -> Code {
    Unmanaged<Code>.fromOpaque(entry.pointee.code).takeUnretainedValue()
  }

  /// Leaves the innermost call.
  private func pop() {
    let frame = core.pointee.frame.pointee
    core.pointee.frame = core.pointee.frame - 1
    frame.registers.assumingMemoryBound(to: Value.self)
      .deinitialize(count: Int(frame.entry.pointee.register_count))
  }

  /// Where a call goes on, with what its instructions refer to.
  private struct Place {
    let entry: UnsafePointer<cm_entry>
    let program: UnsafePointer<Instruction>
    let k: UnsafeMutablePointer<Value>
    let r: UnsafeMutablePointer<Value>
    var pc: Int

    init(_ frame: cm_frame) {
      entry = frame.entry
      program = frame.entry.pointee.instructions.assumingMemoryBound(to: Instruction.self)
      k = frame.entry.pointee.constants.assumingMemoryBound(to: Value.self)
      r = frame.registers.assumingMemoryBound(to: Value.self)
      pc = Int(frame.pc)
    }

    var code: Code { Machine.code(of: entry) }
  }

  /// Runs the topmost frame until it returns; frames below `floor` stay.
  private func loop(_ floor: Int) throws -> Value {
    var at = Place(core.pointee.frame.pointee)
    var code: Code { at.code }
    core.pointee.last_frame = frames + depthLimit + 1
    do {
      while true {
        if usesCore {
          if runtime.interruption.isRequested { core.pointee.fuel = 0 }
          core.pointee.frame.pointee.pc = Int64(at.pc)
          core.pointee.floor = frames + floor + 1
          core.pointee.globals = runtime.globals.bytes
          cm_run(core)
          at = Place(core.pointee.frame.pointee)
        }
        let (r, k) = (at.r, at.k)
        let i = at.program[at.pc]
        at.pc += 1
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
          // A call further out may be running the function that was here.
          if depth > 1 { runtime.globals.keepReplaced(a) }
          runtime.globals.table[a] = i.b >= 0 ? r[Int(i.b)] : k[Int(~i.b)]
        case .loadSelf: load(i, r, k)

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
          at.pc = Int(i.c)
        case .jumpBack:
          try poll()
          at.pc = Int(i.c)
        case .jumpFalse:
          if case .bool(let holds) = source(i.b, r, k) {
            if !holds { at.pc = Int(i.c) }
          } else if try !Operators.condition(source(i.b, r, k)) {
            at.pc = Int(i.c)
          }
        case .jumpTrue:
          if try Operators.condition(source(i.b, r, k)) { at.pc = Int(i.c) }
        case .jumpIfFalseValue:
          if case .bool(false) = source(i.b, r, k) { at.pc = Int(i.c) }
        case .jumpIfTrueValue:
          if case .bool(true) = source(i.b, r, k) { at.pc = Int(i.c) }
        case .jumpIfSet:
          if !r[a].isNone { at.pc = Int(i.c) }
        case .loopBegin:
          try Collections.begin(source(i.b, r, k), r + a)
        case .loopNext:
          guard case .int(let remaining) = r[a + 2], remaining > 0 else {
            at.pc = Int(i.c)
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
          if usesCore, let lender = code.lenders[at.pc - 1] { load(at.program[lender], r, k) }
          let site = code.callSites[Int(i.b)]
          let first = Int(i.c) + 1
          let count = site.names.count
          guard case .function(let function) = r[Int(i.c)] else {
            r[a] = try applyOther(r[Int(i.c)], (0..<count).map { r[first + $0] }, site)
            continue
          }
          switch function.kind {
          case .closure(let target, _):
            core.pointee.frame.pointee.pc = Int64(at.pc)
            if site.isPositional, count == target.parameters.count {
              try enter(function, target.entry, target: a) { r[first + $0] }
            } else {
              let values = try arranged(target, (0..<count).map { r[first + $0] }, site)
              try enter(function, target.entry, target: a) { values[$0] }
            }
            at = Place(core.pointee.frame.pointee)
          case .builtin(let builtin):
            if count == 1, case .unary(let function) = builtin.shortcut, site.isPositional {
              if case .real(let x) = r[first] {
                r[a] = .real(function.body(x))
                continue
              }
              if case .int(let x) = r[first] {
                r[a] = .real(function.body(Double(x)))
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
          let target = Int(core.pointee.frame.pointee.target) / MemoryLayout<Value>.stride
          pop()
          if depth == floor { return value }
          at = Place(core.pointee.frame.pointee)
          at.r[target] = value

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
          if usesCore, let lender = code.lenders[at.pc - 1] { load(at.program[lender], r, k) }
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
          list.append(source(i.b, r, k))
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
        (Self.code(of: frames[$0 + 1].entry), Int(frames[$0 + 1].pc))
      }
      let failed = at.code
      while depth > floor { pop() }
      throw Diagnosis.failure(error, code: failed, pc: at.pc - 1, trace: trace, self)
    }
  }

  /// Loads what the core did not, for an instruction that it leaves.
  private func load(
    _ i: Instruction, _ r: UnsafeMutablePointer<Value>, _ k: UnsafeMutablePointer<Value>
  ) {
    switch i.opcode {
    case .loadGlobal: r[Int(i.a)] = runtime.globals.table[Int(i.b)]
    case .loadSelf:
      r[Int(i.a)] =
        core.pointee.frame.pointee.function.map {
          .function(Unmanaged<FunctionValue>.fromOpaque($0).takeUnretainedValue())
        } ?? .none
    default: r[Int(i.a)] = source(i.b, r, k)
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
