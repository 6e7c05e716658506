import Basics
import CMachine

/// What an instruction does. `a`, `b` and `c` are its operands; a *source* operand is a register,
/// or a constant when negative (`~index`).
package enum Opcode: UInt8, Sendable {
  // values
  case move  // a ← b
  case loadGlobal  // a ← globals[b]
  case storeGlobal  // globals[a] ← b
  case loadSelf  // a ← the running function
  // operators: a ← b op c, in the order of `ValueOperator`
  case add, subtract, multiply, divide, floorDivide, remainder, matrixProduct, power
  case equal, notEqual, less, lessEqual, greater, greaterEqual, approximately
  case compose, and, or
  // a ← op b
  case negate, not, squareRoot, modulus
  // control
  case jump  // to c
  case jumpBack  // to c, polling for interruption and budgets
  case jumpFalse  // to c unless b holds
  case jumpTrue  // to c if b holds
  case jumpIfFalseValue  // to c if b is the Bool false (a mask goes on)
  case jumpIfTrueValue  // to c if b is the Bool true
  case jumpIfSet  // to c if register a holds a value
  case loopBegin  // a...a+3 ← state of a loop over b
  case loopNext  // b ← next element of the loop at a, or to c at its end
  case call  // a ← call site b, function at register c and arguments after it
  case closure  // a ← function of codes[b]
  case result  // leave with b
  // composite values
  case tensor  // a ← tensor of layouts[b], entries from register c
  case tuple  // a ← tuple of c values from register b
  case record  // a ← record with nameLists[c], values from register b
  case range  // a ← range from registers b, b+1, b+2; closed if c = 1
  case index  // a ← b[index site c]
  case setIndex  // register a [index site c] ← b
  case setGlobalIndex  // globals[a] [index site c] ← b
  case field  // a ← b.names[c]
  case text  // a ← texts of c values from register b, joined
  case listBegin  // a ← empty list
  case listAppend  // a appends b
  case listEnd  // a ← list at a, laid out by c counts from register b
  case reduce  // a, a+1 ← running reduction of kind c, taking b
  case reduceEnd  // a ← result of the reduction of kind c at a
  case span  // a ← number of elements of b
  // statements
  case bindShape  // check register a against shape site b
  case unpack  // c registers from a ← items of b
  case assertion  // assertion site b about source a
  case parameter  // a ← parameter site b with default a
  case seed  // the file's seed ← a
}

/// One instruction of the register machine.
package struct Instruction: Sendable {
  package var opcode: Opcode
  package var a: Int32
  package var b: Int32
  package var c: Int32
}

/// A call as written: names of the arguments and where each stands.
package struct CallSite: Sendable {
  /// One entry an argument; nil for positional ones.
  package let names: [String?]
  package let spans: [Span]
  /// The name in front of the parenthesis, for messages.
  package let callee: String
  package let calleeSpan: Span
  /// Whether no argument has a name.
  package let isPositional: Bool
  /// Places of the rows of arguments that are written tables, by argument.
  package let tables: [Int: [Place]]

  package init(
    callee: String, calleeSpan: Span, names: [String?], spans: [Span], tables: [Int: [Place]] = [:]
  ) {
    self.tables = tables
    self.callee = callee
    self.calleeSpan = calleeSpan
    self.names = names
    self.spans = spans
    isPositional = names.allSatisfy { $0 == nil }
  }
}

/// The brackets of `x[…]` as written.
package struct IndexSite: Sendable {
  /// One entry between the brackets, by the registers of its parts.
  package enum Item: Sendable {
    case value(Int32)
    case slice(Int32?, Int32?, Int32?)
    case new
  }
  package let items: [Item]
  package let spans: [Span]
  package let text: String
}

/// A tensor literal: entries a row.
package struct TensorLayout: Sendable {
  package let rows: [Int]
  package let spans: [Span]
}

/// A shape in a signature: names bound on first sight, checked afterwards.
package struct ShapeSite: Sendable {
  package let parameter: String
  package let names: [String]
  package let registers: [Int32]
}

/// An assertion: its text, its message, and the operands whose values an error shows.
package struct AssertionSite: Sendable {
  package let text: String
  /// The slug of the trouble when it does not hold.
  package var slug = "assert"
  package let message: Int32?
  package let operands: [(text: String, register: Int32)]
}

/// A `param` declaration.
package struct ParameterSite: Sendable {
  package let name: String
  package let range: Int32?
  package let caption: String
}

/// A parameter of a function.
package struct ParameterCode: Sendable {
  package let name: String
  package let hasDefault: Bool
}

/// Compiled code of a function or of one statement.
///
/// `@unchecked Sendable`: nothing changes after `init`; the buffers are freed with the code.
package final class Code: @unchecked Sendable {
  package let name: String
  package let parameters: [ParameterCode]
  /// Registers of the enclosing function whose values are taken along, and where they go.
  package let captured: [(outer: Int32, inner: Int32)]
  package let requiredParameterCount: Int
  package let registerCount: Int
  package let instructionCount: Int
  /// The instructions, where the machine reads them without reference counting.
  let instructions: UnsafeMutablePointer<Instruction>
  private let constants: UnsafeMutablePointer<Value>
  private let constantCount: Int
  /// The registers of `captured` as the core of the machine wants them.
  private let capturedPlaces: UnsafeMutablePointer<Int32>
  private let place: UnsafeMutablePointer<cm_entry>
  /// What the machine needs at every call, free of references to be counted.
  var entry: UnsafePointer<cm_entry> { UnsafePointer(place) }
  /// Loads that the core leaves out, by the position of the call or index they are for.
  private(set) var lenders: [Int: Int] = [:]
  package let spans: [Span]
  /// Places of the operands of an instruction, where they differ from its own.
  package let operandSpans: [Int: [Span]]
  package let callSites: [CallSite]
  package let indexSites: [IndexSite]
  package let layouts: [TensorLayout]
  package let shapeSites: [ShapeSite]
  package let assertionSites: [AssertionSite]
  package let parameterSites: [ParameterSite]
  package let names: [String]
  package let nameLists: [[String]]
  package let codes: [Code]
  package let source: SourceText
  /// The definition as written.
  package let text: String

  init(_ emitter: Emitter.Function, source: SourceText, text: String) {
    name = emitter.name
    parameters = emitter.parameters
    captured = emitter.captures.map { ($0.outer, $0.inner) }
    requiredParameterCount = emitter.parameters.prefix { !$0.hasDefault }.count
    registerCount = max(Int(emitter.highest), 1)
    instructionCount = emitter.instructions.count
    instructions = .allocate(capacity: max(1, instructionCount))
    instructions.initialize(from: emitter.instructions, count: instructionCount)
    constantCount = emitter.constants.count
    constants = .allocate(capacity: max(1, constantCount))
    constants.initialize(from: emitter.constants, count: constantCount)
    spans = emitter.spans
    operandSpans = emitter.operandSpans
    callSites = emitter.callSites
    indexSites = emitter.indexSites
    layouts = emitter.layouts
    shapeSites = emitter.shapeSites
    assertionSites = emitter.assertionSites
    parameterSites = emitter.parameterSites
    names = emitter.names
    nameLists = emitter.nameLists
    codes = emitter.codes
    self.source = source
    self.text = text
    capturedPlaces = .allocate(capacity: max(1, captured.count))
    capturedPlaces.initialize(
      from: captured.map { $0.inner * Int32(MemoryLayout<cm_value>.stride) }, count: captured.count)
    place = .allocate(capacity: 1)
    place.initialize(
      to: cm_entry(
        code: Unmanaged.passUnretained(self).toOpaque(), instructions: instructions,
        constants: constants, core: nil, captured: capturedPlaces,
        register_count: Int64(registerCount), parameter_count: Int64(parameters.count),
        capture_count: Int64(captured.count)))
    let translation = CoreTranslation(self)
    lenders = translation.lenders
    place.pointee.core = UnsafePointer(translation.instructions())
  }

  /// The value of a constant operand.
  func constant(_ operand: Int32) -> Value { constants[Int(~operand)] }

  deinit {
    place.pointee.core.deallocate()
    place.deallocate()
    capturedPlaces.deallocate()
    constants.deinitialize(count: constantCount)
    constants.deallocate()
    instructions.deallocate()
  }
}
