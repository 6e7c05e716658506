// Stand-in so that the language compiles: delete this file when the real table lands.
import CKernels
package struct Primitive: Sendable { package let name: String, arity = 1; package let value: @Sendable (Double) -> Double; package let text: String
  package static let all: [Primitive] = [.init(name: "sin", value: { ck_sin($0) }, text: "Sine."), .init(name: "cos", value: { ck_cos($0) }, text: "Cosine."), .init(name: "log10", value: { ck_log10($0) }, text: "log10"), .init(name: "gelu", value: { ck_log10($0) }, text: "log10")]
  package static func example(of n: String) -> String { "" } }
