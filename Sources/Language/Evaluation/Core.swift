import CMachine
import ComplexModule
import Tensors

/// The core of the machine, written in C: whether it finds values and objects where it expects
/// them.
///
/// The compiler lays out `Value`, `FunctionValue`, `TensorBox` and `ListBuilder` as it likes.
/// Samples of them are looked at once; should one stand otherwise, the machine runs everything
/// itself.
package enum Core {
  package static let isUsable = hasValues && hasFunctions && hasTensors && hasLists

  private static var hasValues: Bool {
    guard MemoryLayout<Value>.stride == MemoryLayout<cm_value>.stride,
      MemoryLayout<Value>.alignment == MemoryLayout<cm_value>.alignment
    else { return false }
    func looks(_ value: Value, _ tag: Int, _ bits: UInt64? = nil, _ second: UInt64? = nil) -> Bool {
      seen(value) {
        Int($0.tag) == tag && (bits ?? $0.bits) == $0.bits && (second ?? $0.second) == $0.second
      }
    }
    func isReference(_ value: Value) -> Bool {
      seen(value) { (CM_FIRST_REFERENCE..<CM_NONE).contains(Int($0.tag)) }
    }
    let range = RangeValue(start: .int(0), end: .int(1), isClosed: false)
    let function = FunctionValue(.native { _, _ in .none }, text: "")
    return looks(.int(-5), CM_INT, UInt64(bitPattern: -5))
      && looks(.real(1.5), CM_REAL, (1.5).bitPattern)
      && looks(.complex(Complex(1, 2)), CM_COMPLEX, (1.0).bitPattern, (2.0).bitPattern)
      && looks(.none, CM_NONE, 0, 0)
      && seen(.bool(true)) { Int($0.tag) == CM_BOOL && $0.bits & 0xff == 1 }
      && seen(.bool(false)) { Int($0.tag) == CM_BOOL && $0.bits & 0xff == 0 }
      && looks(.range(range), CM_RANGE, address(of: range))
      && looks(.function(function), CM_FUNCTION, address(of: function))
      && isReference(.string("a")) && isReference(.string("a text that is kept elsewhere"))
      && isReference(Value([.int(1)]))
  }

  private static var hasFunctions: Bool {
    let empty = Emitter.Function(name: "", parent: nil, isTopLevel: true)
    let code = Code(empty, source: SourceText(text: ""), text: "")
    let function = FunctionValue(.closure(code, captures: [.int(7)]), text: "")
    let sample = begin(of: function, as: cm_function.self)
    guard let captures = sample.captures, sample.entry == code.entry else { return false }
    return captures.load(as: Int64.self) == 7
  }

  private static var hasTensors: Bool {
    let box = TensorBox(Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3]))
    let sample = begin(of: box, as: cm_window.self)
    return seen(.tensor(box)) { Int($0.tag) == CM_TENSOR && $0.bits == address(of: box) }
      && sample.rank == 2 && sample.rows == 2 && sample.columns == 3 && sample.is_double == 1
      && sample.is_mask == 0
      && sample.numbers?.load(fromByteOffset: 40, as: Double.self) == 6
  }

  private static var hasLists: Bool {
    let list = ListBuilder()
    list.append(.bool(true))
    guard let sample = begin(of: list, as: UnsafePointer<cm_list>?.self) else { return false }
    return seen(.host(list)) { Int($0.tag) == CM_HOST && $0.bits == address(of: list) }
      && sample.pointee.count == 1 && sample.pointee.bits[0] == 1
      && Int(sample.pointee.tags[0]) == CM_BOOL
  }

  private static func seen(_ value: Value, _ look: (cm_value) -> Bool) -> Bool {
    withUnsafeBytes(of: value) { bytes in
      // The bytes behind the tag belong to nobody.
      var copy = cm_value()
      withUnsafeMutableBytes(of: &copy) { $0.copyMemory(from: bytes) }
      return look(copy)
    }
  }

  private static func address(of object: AnyObject) -> UInt64 {
    UInt64(UInt(bitPattern: Unmanaged.passUnretained(object).toOpaque()))
  }

  /// What stands in an object behind its two words of header.
  private static func begin<Layout>(of object: AnyObject, as type: Layout.Type) -> Layout {
    withExtendedLifetime(object) {
      Unmanaged.passUnretained(object).toOpaque().load(fromByteOffset: 16, as: type)
    }
  }
}
