/// The 128 colours that tell a point's index along the orbit in published colour pictures.
package enum HueTable {
  /// Triples of bytes, in order; saturation and intensity are 0.75.
  package static let published: [UInt8] = table(saturation: 0.75, intensity: 0.75)

  /// The same hues at full intensity, for pictures that are looked at.
  static let bright: [UInt8] = table(saturation: 0.75, intensity: 1)

  private static func table(saturation s: Double, intensity i: Double) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in 0..<128 {
      let hue = 2 * Double.pi * Double(index) / 128
      let sixth = (3 * hue / Double.pi).rounded(.down)
      let fraction = 3 * hue / Double.pi - sixth
      let p = i * (1 - s)
      let q = i * (1 - s * fraction)
      let t = i * (1 - s * (1 - fraction))
      let colour =
        switch Int(sixth) {
        case 0: [p, t, i]
        case 1: [p, i, q]
        case 2: [t, i, p]
        case 3: [i, q, p]
        case 4: [i, p, t]
        default: [q, p, i]
        }
      bytes += colour.map { UInt8($0 * 255) }
    }
    return bytes
  }
}
