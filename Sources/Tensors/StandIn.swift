// Stand-in so that the language compiles: delete this file when the real operations land.
import Basics
import CKernels
package enum TensorIndex { case at(Int), slice(from: Int?, to: Int?, step: Int?), new, mask(Tensor), gather(Tensor) }
package enum TensorComparison { case equal, notEqual, less, lessEqual, greater, greaterEqual, approximately, and, or }
package enum TensorText { package static func text(of t: Tensor, digits: Int = 5) -> String {
  let v = t.doubles.map { t.isMask ? ($0 != 0 ? "true" : "false") : NumberText.short($0, digits: digits) }
  if t.rank == 2 { return "[" + (0..<t.shape[0]).map { r in v[r*t.shape[1]..<(r+1)*t.shape[1]].joined(separator: ", ") }.joined(separator: "; ") + "]" }
  return "[" + v.joined(separator: ", ") + "]" } }
extension Tensor {
  func zipped(_ b: Tensor, _ f: (Double, Double) -> Double) throws -> Tensor {
    let x = doubles, y = b.doubles
    if rank == 0 { return Tensor(y.map { f(x[0], $0) }, shape: b.shape) }
    if b.rank == 0 { return Tensor(x.map { f($0, y[0]) }, shape: shape) }
    guard shape == b.shape else { throw Problem("shape", "\(shape) and \(b.shape) differ") }
    return Tensor(zip(x, y).map(f), shape: shape) }
  package func adding(_ b: Tensor) throws -> Tensor { try zipped(b, +) }
  package func subtracting(_ b: Tensor) throws -> Tensor { try zipped(b, -) }
  package func multiplying(_ b: Tensor) throws -> Tensor { try zipped(b, *) }
  package func dividing(_ b: Tensor) throws -> Tensor { try zipped(b, /) }
  package func floorDividing(_ b: Tensor) throws -> Tensor { try zipped(b) { ($0 / $1).rounded(.down) } }
  package func remainder(_ b: Tensor) throws -> Tensor { try zipped(b) { $0 - $1 * ($0 / $1).rounded(.down) } }
  package func raised(to b: Tensor) throws -> Tensor { try zipped(b, ck_pow) }
  package func negated() throws -> Tensor { Tensor(doubles.map { -$0 }, shape: shape) }
  package func inverted() throws -> Tensor { var t = Tensor(doubles.map { 1 - $0 }, shape: shape); t.isMask = true; return t }
  package func elementwise(_ n: String) throws -> Tensor { Tensor(doubles.map { n == "sqrt" ? $0.squareRoot() : n == "abs" ? abs($0) : n == "exp" ? ck_exp($0) : ck_sin($0) }, shape: shape) }
  package func compared(_ c: TensorComparison, _ b: Tensor) throws -> Tensor { var t = try zipped(b) { (c == .less ? $0 < $1 : c == .greater ? $0 > $1 : $0 == $1) ? 1 : 0 }; t.isMask = true; return t }
  package func matmul(_ b: Tensor) throws -> Tensor { let n = shape[0], k = shape[1], m = b.shape[1]; let x = doubles, y = b.doubles
    return Tensor((0..<n*m).map { i in (0..<k).reduce(0.0) { $0 + x[i / m * k + $1] * y[$1 * m + i % m] } }, shape: [n, m]) }
  package func reshaped(_ s: [Int]) throws -> Tensor { Tensor(doubles, shape: s) }
  package func transposed() throws -> Tensor { try permuted([1, 0]) }
  package func permuted(_ o: [Int]) throws -> Tensor { let x = doubles; let (a, b) = (shape[0], shape[1]); return Tensor((0..<a*b).map { x[$0 % a * b + $0 / a] }, shape: [b, a]) }
  package static func stacked(_ p: [Tensor]) throws -> Tensor { Tensor(p.flatMap(\.doubles), shape: [p.count] + p[0].shape) }
  package static func concatenated(_ p: [Tensor], axis: Int) throws -> Tensor { Tensor(p.flatMap(\.doubles), shape: [p.reduce(0) { $0 + $1.count }]) }
  package func row(_ i: Int) throws -> Tensor { let n = count / shape[0]; return Tensor(Array(doubles[i*n..<(i+1)*n]), shape: Array(shape.dropFirst())) }
  package func selecting(_ i: [TensorIndex]) throws -> Tensor { self }
  package mutating func assign(_ v: Tensor, at: [TensorIndex]) throws { }
  package static func choosing(_ m: Tensor, _ a: Tensor, _ b: Tensor) throws -> Tensor { a }
  package func sum(axis: Int?, keep: Bool) throws -> Tensor { Tensor(doubles.reduce(0, +)) }
  package func product(axis: Int?, keep: Bool) throws -> Tensor { Tensor(doubles.reduce(1, *)) }
  package func mean(axis: Int?, keep: Bool) throws -> Tensor { Tensor(doubles.reduce(0, +) / Double(count)) }
  package func variance(axis: Int?, keep: Bool) throws -> Tensor { self }
  package func max(axis: Int?, keep: Bool) throws -> Tensor { Tensor(doubles.max()!) }
  package func min(axis: Int?, keep: Bool) throws -> Tensor { Tensor(doubles.min()!) }
  package func softmax(axis: Int) throws -> Tensor { self }
}
