/// Elementary functions of doubles, compiled for doubles: for other modules, which cannot see through
/// the generic ones.
package enum Reals {
  package static func exp(_ x: Double) -> Double { Elementary.exp(x) }
  package static func log(_ x: Double) -> Double { Elementary.log(x) }
  package static func sin(_ x: Double) -> Double { Elementary.sin(x) }
  package static func cos(_ x: Double) -> Double { Elementary.cos(x) }
  package static func sinh(_ x: Double) -> Double { Elementary.sinh(x) }
  package static func cosh(_ x: Double) -> Double { Elementary.cosh(x) }
  package static func atan2(_ y: Double, _ x: Double) -> Double { Elementary.atan2(y, x) }
  package static func hypot(_ a: Double, _ b: Double) -> Double { Elementary.hypot(a, b) }
  package static func pow(_ a: Double, _ b: Double) -> Double { Elementary.pow(a, b) }
  package static func modulo(_ a: Double, _ b: Double) -> Double { Elementary.modulo(a, b) }
}
