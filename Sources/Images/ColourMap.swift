import Basics

/// A way from numbers in 0...1 to colours, as evenly spaced stops joined by straight lines.
package struct ColourMap: Sendable, Equatable {
  package let name: String
  /// Red, green and blue at 0, then at even steps up to 1; levels of 0...255.
  package let stops: [SIMD3<Double>]

  package init(name: String, stops: [SIMD3<Double>]) {
    precondition(stops.count >= 2, "a colour map has two ends")
    self.name = name
    self.stops = stops
  }

  /// The colour at `x`, clamped to 0...1; what is no number is black.
  package func at(_ x: Double) -> (r: UInt8, g: UInt8, b: UInt8) {
    guard !x.isNaN else { return (0, 0, 0) }
    let position = min(max(x, 0), 1) * Double(stops.count - 1)
    let index = min(Int(position), stops.count - 2)
    let share = position - Double(index)
    let colour = stops[index] * (1 - share) + stops[index + 1] * share
    return (UInt8(colour.x + 0.5), UInt8(colour.y + 0.5), UInt8(colour.z + 0.5))
  }

  /// A gray picture in the map's colours; a colour picture by its luma.
  package func apply(_ image: Image) -> Image {
    let gray = image.grayscale()
    var result = [UInt8](repeating: 0, count: image.width * image.height * 3)
    func write(_ colour: (r: UInt8, g: UInt8, b: UInt8), at pixel: Int) {
      result[3 * pixel] = colour.r
      result[3 * pixel + 1] = colour.g
      result[3 * pixel + 2] = colour.b
    }
    switch gray.samples {
    case .bytes(let values):
      let table = (0...255).map { at(Double($0) / 255) }
      for (pixel, value) in values.enumerated() { write(table[Int(value)], at: pixel) }
    case .floats(let values):
      for (pixel, value) in values.enumerated() { write(at(Double(value)), at: pixel) }
    }
    return Image(width: image.width, height: image.height, channels: 3, bytes: result)
  }

  /// The map from back to front, named with `_r`.
  package var reversed: ColourMap { ColourMap(name: name + "_r", stops: stops.reversed()) }
}

extension ColourMap {
  /// Every map by its name.
  package static let all: [String: ColourMap] = Dictionary(
    uniqueKeysWithValues: tables.map { name, stops in
      let levels = stops.map { packed in
        SIMD3(Double(packed >> 16), Double(packed >> 8 & 255), Double(packed & 255))
      }
      return (name, ColourMap(name: name, stops: levels))
    })

  /// The map of that name; `_r` at the end turns it round.
  package static func named(_ name: String) throws -> ColourMap {
    if let map = all[name] { return map }
    if name.hasSuffix("_r"), let map = all[String(name.dropLast(2))] { return map.reversed }
    throw Problem(
      "choice", "there is no colour map \"\(name)\"",
      notes: ["there are " + all.keys.sorted().joined(separator: ", ") + ", each also with _r"],
      suggestions: Spelling.nearest(to: name, in: all.keys.sorted()).map { ["\"\($0)\""] } ?? [])
  }

  /// Levels 0xRRGGBB. The perceptual maps are least-squares stops of the published ones: magma,
  /// inferno, plasma, viridis (van der Walt and Smith, 2015), cividis (Nuñez, 2018), twilight
  /// (Bechtold, 2017), turbo (Mikhailov, 2019); all within four levels of them.
  private static let tables: [String: [UInt32]] = [
    "gray": [0x000000, 0xffffff],
    "bone": [
      0x000000, 0x09090d, 0x13131a, 0x1c1c27, 0x252534, 0x2e2e41, 0x38384e, 0x41415b, 0x4a4a68,
      0x545474, 0x5d617d, 0x666e86, 0x707b8f, 0x798899, 0x8294a2, 0x8ba1ab, 0x95aeb5, 0x9ebbbe,
      0xa8c7c7, 0xb6d0d1, 0xc5dada, 0xd3e3e3, 0xe2ecec, 0xf0f6f6, 0xffffff,
    ],
    "hot": [
      0x0b0000, 0x200000, 0x340000, 0x490000, 0x5e0000, 0x730000, 0x880000, 0x9d0000, 0xb20000,
      0xc70000, 0xdb0000, 0xf20000, 0xff0500, 0xff1c00, 0xff3000, 0xff4500, 0xff5a00, 0xff6f00,
      0xff8400, 0xff9900, 0xffae00, 0xffc300, 0xffd800, 0xffed00, 0xffff02, 0xffff24, 0xffff43,
      0xffff62, 0xffff81, 0xffffa1, 0xffffc0, 0xffffe0, 0xffffff,
    ],
    "magma": [
      0x000003, 0x030311, 0x0a0822, 0x130d33, 0x1d1146, 0x28125a, 0x36106b, 0x430f76, 0x50127c,
      0x5d177f, 0x691c81, 0x762181, 0x822682, 0x8f2a81, 0x9c2e7f, 0xa9327d, 0xb6377a, 0xc33b75,
      0xd04170, 0xdb486a, 0xe65063, 0xef5c5e, 0xf5695b, 0xf9785c, 0xfc8761, 0xfd9668, 0xfea571,
      0xfeb47b, 0xfec387, 0xfed194, 0xfde0a1, 0xfceeb0, 0xfcfdbf,
    ],
    "viridis": [
      0x440154, 0x470d60, 0x48186a, 0x482374, 0x472d7b, 0x453681, 0x424086, 0x3f4989, 0x3b528b,
      0x375a8d, 0x33638d, 0x2f6a8e, 0x2c728e, 0x297a8e, 0x26818e, 0x23898e, 0x21908d, 0x1f988b,
      0x1e9f88, 0x21a685, 0x27ae80, 0x31b57b, 0x3dbc74, 0x4cc26c, 0x5cc963, 0x6ece58, 0x81d44c,
      0x96d840, 0xabdc32, 0xc0df24, 0xd5e219, 0xeae519, 0xfde724,
    ],
    "inferno": [
      0x000003, 0x030312, 0x0a0724, 0x150b37, 0x210c4a, 0x2e0a5b, 0x3c0965, 0x4a0b6b, 0x57106e,
      0x63146f, 0x70196e, 0x7d1e6d, 0x89226a, 0x962766, 0xa32b62, 0xaf315c, 0xbb3755, 0xc63d4d,
      0xd14545, 0xdb4f3c, 0xe45932, 0xeb6528, 0xf1711e, 0xf67f14, 0xf98d09, 0xfb9c05, 0xfcab0f,
      0xfbba1f, 0xf9ca32, 0xf5d949, 0xf2e865, 0xf2f586, 0xfcffa5,
    ],
    "plasma": [
      0x0e0787, 0x220690, 0x310597, 0x3f049c, 0x4c02a1, 0x5901a5, 0x6600a7, 0x7200a8, 0x7e03a8,
      0x8908a6, 0x9511a2, 0x9f1a9c, 0xa92396, 0xb32c8f, 0xbb3587, 0xc33e80, 0xcb4778, 0xd25071,
      0xd9596a, 0xe06263, 0xe66c5c, 0xeb7555, 0xf07f4f, 0xf48a48, 0xf89441, 0xfb9f3a, 0xfdab33,
      0xfeb72d, 0xfdc328, 0xfcd025, 0xf9dd24, 0xf5eb27, 0xf0f924,
    ],
    "twilight": [
      0xe2dae3, 0xd7d8dd, 0xc3ced4, 0xaac2cb, 0x93b4c6, 0x80a6c3, 0x7197c1, 0x6786be, 0x6275ba,
      0x5f63b5, 0x5e50ad, 0x5d3da1, 0x5a2a8f, 0x521a77, 0x45135b, 0x381044, 0x2f1336, 0x3a113a,
      0x4b1342, 0x60174a, 0x751e4f, 0x882850, 0x993550, 0xa74550, 0xb35752, 0xbc6958, 0xc37d62,
      0xc89073, 0xcca489, 0xd1b6a3, 0xd9c7bf, 0xdfd5d7, 0xe2dae3,
    ],
    "turbo": [
      0x31123c, 0x3a2a74, 0x4040a2, 0x4556c7, 0x476be4, 0x477ff7, 0x4393ff, 0x37a8fb, 0x29bbec,
      0x1ccdd8, 0x17dcc3, 0x1de8b0, 0x30f299, 0x4cf97e, 0x6bfe63, 0x8aff4c, 0xa3fd3c, 0xb8f734,
      0xcced34, 0xdee037, 0xedd03a, 0xf8c03a, 0xfdae35, 0xfe982c, 0xfc8022, 0xf56817, 0xec520e,
      0xe14009, 0xd23105, 0xc12302, 0xac1701, 0x950c01, 0x7a0403,
    ],
    "cividis": [
      0x00234e, 0x00285b, 0x002e6b, 0x043372, 0x1c386f, 0x273e6e, 0x32436d, 0x3b496c, 0x434e6c,
      0x4b546c, 0x52596d, 0x5a5f6e, 0x61646f, 0x686a71, 0x6f7073, 0x757676, 0x7c7b78, 0x848179,
      0x8b8778, 0x938d78, 0x9b9376, 0xa39a75, 0xaba072, 0xb3a670, 0xbbad6d, 0xc3b469, 0xccba64,
      0xd4c15f, 0xddc958, 0xe6d051, 0xefd748, 0xf9df3b, 0xffe734,
    ],
  ]
}
