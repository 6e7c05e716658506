import Foundation

/// The machine's memory.
package enum Memory {
  /// Bytes that one allocation may ask for: three quarters of what the machine has.
  package static var budget: Double { Double(ProcessInfo.processInfo.physicalMemory) * 0.75 }
}
