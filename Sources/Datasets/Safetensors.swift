import Basics
import Foundation
import Tensors

/// Named tensors in one file: eight bytes of header length, a JSON header, the numbers.
package struct Safetensors: Sendable {
  /// The tensors in the order of their places in the file.
  package var tensors: [(name: String, tensor: Tensor)]
  /// Free text beside them.
  package var metadata: [String: String]

  package init(_ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The tensor with a name.
  package subscript(name: String) -> Tensor? { tensors.first { $0.name == name }?.tensor }
}

extension Safetensors {
  /// The bytes of the file. Equal tensors give equal bytes.
  package func encoded() throws -> [UInt8] {
    var header: [String: Any] = [:]
    if !metadata.isEmpty { header["__metadata__"] = metadata }
    var offset = 0
    for (name, tensor) in tensors {
      if name == "__metadata__" || header[name] != nil {
        throw Problem("data", "two tensors cannot both be called \"\(name)\"")
      }
      let end = offset + tensor.count * tensor.precision.size
      header[name] = [
        "dtype": tensor.precision == .f64 ? "F64" : "F32", "shape": tensor.shape,
        "data_offsets": [offset, end],
      ]
      offset = end
    }
    var json = Array(
      try JSONSerialization.data(
        withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes]))
    // The numbers begin at a multiple of eight bytes.
    json += [UInt8](repeating: 0x20, count: (8 - json.count % 8) % 8)
    var bytes = (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) } + json
    bytes.reserveCapacity(bytes.count + offset)
    for (_, tensor) in tensors {
      // Numbers are stored little-endian, as this machine holds them.
      switch tensor.precision {
      case .f64: tensor.withDoubles { bytes += UnsafeRawBufferPointer($0) }
      case .f32: tensor.withFloats { bytes += UnsafeRawBufferPointer($0) }
      }
    }
    return bytes
  }

  /// Reads the bytes of a file.
  ///
  /// F32 and F64 keep their precision, half precision becomes f32, whole numbers become f64.
  package init(decoding bytes: [UInt8], file: String) throws {
    func bad(_ message: String, _ notes: String...) -> Problem {
      Problem("data", "\"\(file)\" \(message)", notes: notes)
    }
    guard bytes.count >= 8 else {
      throw bad("is not a safetensors file", "it has only \(bytes.count) bytes")
    }
    let headerSize = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
    guard headerSize <= UInt64(bytes.count - 8), headerSize <= 100 << 20 else {
      throw bad(
        "is not a safetensors file, or ends too early",
        "its header should have \(headerSize) bytes, \(bytes.count - 8) follow")
    }
    let start = 8 + Int(headerSize)
    guard
      let header = try? JSONSerialization.jsonObject(with: Data(bytes[8..<start]))
        as? [String: Any]
    else { throw bad("has a header that is not a JSON object") }

    metadata = header["__metadata__"] as? [String: String] ?? [:]
    var found: [(name: String, place: Range<Int>, type: NumberType, shape: [Int])] = []
    for (name, value) in header where name != "__metadata__" {
      guard let entry = value as? [String: Any], let word = entry["dtype"] as? String,
        let shape = entry["shape"] as? [Int], let offsets = entry["data_offsets"] as? [Int],
        offsets.count == 2, shape.allSatisfy({ $0 >= 0 })
      else {
        throw bad(
          "describes tensor \"\(name)\" wrongly", "dtype, shape and data_offsets are expected")
      }
      guard let type = NumberType(rawValue: word) else {
        throw bad(
          "holds tensor \"\(name)\" of type \(word)",
          "readable are " + NumberType.allCases.map(\.rawValue).joined(separator: ", "))
      }
      var size = type.size
      for length in shape {
        let (product, overflow) = size.multipliedReportingOverflow(by: length)
        guard !overflow else { throw bad("claims an impossible shape \(shape) for \"\(name)\"") }
        size = product
      }
      guard offsets[0] >= 0, offsets[1] >= offsets[0], offsets[1] <= bytes.count - start,
        offsets[1] - offsets[0] == size
      else {
        throw bad(
          "places tensor \"\(name)\" wrongly, or ends too early",
          "\(word) \(shape) takes \(size) bytes; its place is \(offsets[0])..<\(offsets[1]) of "
            + "\(bytes.count - start)")
      }
      found.append((name, offsets[0]..<offsets[1], type, shape))
    }
    found.sort { ($0.place.lowerBound, $0.name) < ($1.place.lowerBound, $1.name) }
    // Otherwise a small file could claim many tensors of its whole size.
    let taking = found.filter { !$0.place.isEmpty }
    for (left, right) in zip(taking, taking.dropFirst())
    where left.place.upperBound > right.place.lowerBound {
      throw bad("gives \"\(left.name)\" and \"\(right.name)\" the same place")
    }
    tensors = bytes.withUnsafeBytes { all in
      found.map { name, place, type, shape in
        let part = all[start + place.lowerBound..<start + place.upperBound]
        return (name, type.tensor(UnsafeRawBufferPointer(rebasing: part), shape))
      }
    }
  }

  /// Reads a file.
  package init(contentsOf path: String, files: FileAccess) throws {
    try self.init(decoding: try files.readData(path), file: path)
  }

  /// Writes the file or leaves what was there.
  package func write(to path: String, files: FileAccess) throws {
    try files.write(try encoded(), to: path)
  }
}

/// The types of number that are read.
private enum NumberType: String, CaseIterable {
  case f64 = "F64"
  case f32 = "F32"
  case f16 = "F16"
  case bf16 = "BF16"
  case i64 = "I64"
  case i32 = "I32"
  case i16 = "I16"
  case i8 = "I8"
  case u8 = "U8"
  case bool = "BOOL"

  /// Bytes of one number.
  var size: Int {
    switch self {
    case .f64, .i64: 8
    case .f32, .i32: 4
    case .f16, .bf16, .i16: 2
    case .i8, .u8, .bool: 1
    }
  }

  func tensor(_ bytes: UnsafeRawBufferPointer, _ shape: [Int]) -> Tensor {
    func numbers<Stored, Number>(
      _ type: Stored.Type, _ convert: (Stored) -> Number
    ) -> [Number] where Stored: BitwiseCopyable {
      (0..<bytes.count / MemoryLayout<Stored>.size).map {
        convert(
          bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Stored>.size, as: Stored.self))
      }
    }
    switch self {
    case .f64: return Tensor(numbers(Double.self) { $0 }, shape: shape)
    case .f32: return Tensor(floats: numbers(Float.self) { $0 }, shape: shape)
    case .f16: return Tensor(floats: numbers(UInt16.self, Self.half), shape: shape)
    case .bf16:
      return Tensor(
        floats: numbers(UInt16.self) { Float(bitPattern: UInt32($0) << 16) }, shape: shape)
    case .i64: return Tensor(numbers(Int64.self) { Double($0) }, shape: shape)
    case .i32: return Tensor(numbers(Int32.self) { Double($0) }, shape: shape)
    case .i16: return Tensor(numbers(Int16.self) { Double($0) }, shape: shape)
    case .i8: return Tensor(numbers(Int8.self) { Double($0) }, shape: shape)
    case .u8, .bool: return Tensor(numbers(UInt8.self) { Double($0) }, shape: shape)
    }
  }

  /// IEEE binary16 in single precision.
  private static func half(_ bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 31)
    let fraction = Float(bits & 0x3ff)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction * 0x1p-10)
    }
  }
}
