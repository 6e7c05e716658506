import Language

/// A program's functions, callable while a library works: one call at a time, whatever the thread.
///
/// `@unchecked Sendable`: the lock keeps calls apart, and the thread that runs the program waits
/// for the library meanwhile.
final class SharedMachine: @unchecked Sendable {
  private let call: Call

  init(_ call: Call) { self.call = call }

  func apply(_ function: FunctionValue, _ arguments: [Value]) throws -> Value {
    call.machine.lock.lock()
    defer { call.machine.lock.unlock() }
    return try call.apply(function, arguments)
  }
}
