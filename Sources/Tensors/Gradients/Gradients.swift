import Basics

/// What work does through which no gradient flows.
package enum Gradients {
  /// Refuses an argument whose gradient was asked for: to go on without would be a wrong gradient.
  package static func refuse(_ isTracked: Bool, _ name: String) throws {
    guard isTracked else { return }
    throw Problem(
      "gradient", "no gradient flows through `\(name)`",
      notes: ["`grad` was asked for the derivative of something that uses it"])
  }
}
