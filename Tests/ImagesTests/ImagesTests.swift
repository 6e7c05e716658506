import Basics
import Foundation
import Testing

@testable import Images

/// A colour picture in which every sample differs from its neighbours.
private func pattern(_ width: Int, _ height: Int, channels: Int = 3) -> Image {
  Image(
    width: width, height: height, channels: channels,
    bytes: (0..<width * height * channels).map { UInt8(truncatingIfNeeded: $0 * 37 + $0 / 7) })
}

@Suite("PNG files")
struct PNGFileTests {
  @Test("come back as they were written", arguments: [1, 3, 4], [PNGFile.Effort.fast, .usual])
  func roundTrip(channels: Int, effort: PNGFile.Effort) throws {
    for (width, height) in [(1, 1), (7, 3), (64, 48), (1, 300)] {
      let image = pattern(width, height, channels: channels)
      let file = try PNGFile.encode(image, effort: effort)
      #expect(try PNGFile.decode(file) == image)
      #expect(try PNGFile.encode(image, effort: effort) == file)
      let size = try PNGFile.size(of: file)
      #expect(size == (width, height, channels))
    }
  }

  @Test("carry the recipe and other texts")
  func texts() throws {
    let recipe = "render(fern, size = 256)\nπ ≠ 3"
    let file = try PNGFile.encode(pattern(5, 5), recipe: recipe, texts: ["Author": "nobody"])
    #expect(try PNGFile.texts(of: file) == ["fdsl": recipe, "Author": "nobody"])
    #expect(try PNGFile.texts(of: PNGFile.encode(pattern(5, 5))) == [:])
    #expect(throws: Problem.self) { try PNGFile.encode(pattern(1, 1), texts: ["": "x"]) }
  }

  @Test("that are damaged anywhere are refused or harmless, never a crash")
  func damaged() throws {
    let file = try PNGFile.encode(pattern(20, 20), recipe: "x")
    for length in 0..<file.count {
      #expect(throws: Problem.self) { try PNGFile.decode(Array(file.prefix(length))) }
      _ = try? PNGFile.texts(of: Array(file.prefix(length)))
    }
    for place in file.indices {
      var broken = file
      broken[place] ^= 0x55
      _ = try? PNGFile.decode(broken)
      _ = try? PNGFile.texts(of: broken)
    }
  }

  @Test("that claim to be huge are refused before decoding")
  func huge() throws {
    var file = try PNGFile.encode(pattern(20, 20))
    file.replaceSubrange(16..<24, with: [0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff])
    #expect {
      try PNGFile.decode(file)
    } throws: { error in
      (error as? Problem)?.message.contains("2147483647×2147483647") == true
    }
    #expect { try PNGFile.decode(Array("GIF89a".utf8)) } throws: {
      ($0 as? Problem)?.message == "this is not a PNG file"
    }
  }
}

@Suite("Images")
struct ImageTests {
  @Test("convert between bytes and numbers without loss")
  func conversion() {
    let image = pattern(16, 16)
    #expect(image.asFloats().bytes == image.bytes)
    let odd = Image(width: 4, height: 1, channels: 1, floats: [-1, .nan, 0.5, 7])
    #expect(odd.bytes == [0, 0, 128, 255])
  }

  @Test("become colour and gray")
  func colours() {
    let gray = Image(width: 2, height: 1, channels: 1, bytes: [10, 200])
    #expect(gray.rgb().bytes == [10, 10, 10, 200, 200, 200])
    #expect(gray.rgb().grayscale() == gray)
    let red = Image(width: 1, height: 1, channels: 4, bytes: [255, 0, 0, 128])
    #expect(red.rgb().bytes == [128, 0, 0])
    #expect(red.grayscale().bytes == [38])
  }

  @Test("flip, turn and crop by moving samples only")
  func moves() throws {
    let image = pattern(5, 3)
    #expect(image.flippedLeftRight().flippedLeftRight() == image)
    #expect(image.flippedTopBottom().flippedLeftRight() == image.rotated(quarters: 2))
    #expect(image.rotated(quarters: 1).rotated(quarters: 3) == image)
    #expect(image.rotated(quarters: -1) == image.rotated(quarters: 3))
    let small = Image(width: 3, height: 2, channels: 1, bytes: [1, 2, 3, 4, 5, 6])
    #expect(small.rotated(quarters: 1).bytes == [3, 6, 2, 5, 1, 4])
    #expect(try small.cropped(x: 1, y: 0, width: 2, height: 2).bytes == [2, 3, 5, 6])
    #expect(try small.centreCropped(width: 1, height: 2).bytes == [2, 5])
    #expect(throws: Problem.self) { try small.cropped(x: 2, y: 0, width: 2, height: 2) }
    #expect(throws: Problem.self) { try small.cropped(x: .max, y: 0, width: 2, height: 2) }
    #expect(try small.padded(by: 1).cropped(x: 1, y: 1, width: 3, height: 2) == small)
  }

  @Test("turn by any angle about the middle")
  func rotation() {
    let image = pattern(9, 9, channels: 1)
    let quarter = image.rotated(radians: .pi / 2, cosine: 0, sine: 1)
    #expect(quarter == image.rotated(quarters: 1))
  }

  @Test("keep their mean when made smaller, and flat pictures stay flat")
  func resizing() throws {
    let image = pattern(64, 48, channels: 1)
    let small = try image.asFloats().resized(width: 13, height: 11)
    let mean = { (x: Image) in x.floats.reduce(0, +) / Float(x.floats.count) }
    #expect(abs(mean(small) - mean(image)) < 2e-3)
    let flat = Image(width: 3, height: 3, channels: 3, bytes: Array(repeating: 77, count: 27))
    for method in Resampling.allCases {
      for size in [1, 2, 3, 8] {
        let resized = try flat.resized(width: size, height: 9 - size, method)
        #expect(resized.bytes.allSatisfy { $0 == 77 })
      }
    }
    let two = Image(width: 2, height: 1, channels: 1, bytes: [0, 200])
    #expect(try two.resized(width: 4, height: 1).bytes == [0, 50, 150, 200])
    #expect(try two.resized(width: 4, height: 1, .nearest).bytes == [0, 0, 200, 200])
    #expect(try two.resized(width: 1, height: 1).bytes == [100])
    #expect(throws: Problem.self) { try two.resized(width: 0, height: 1) }
  }

  @Test("blur without losing light, and find edges")
  func filters() throws {
    var values = [Float](repeating: 0, count: 31 * 31)
    values[15 * 31 + 15] = 1
    let spot = Image(width: 31, height: 31, channels: 1, floats: values)
    let soft = try spot.blurred(sigma: 2)
    #expect(abs(soft.floats.reduce(0, +) - 1) < 1e-5)
    #expect(abs(soft.floats[15 * 31 + 15] - 0.0398) < 1e-3)
    #expect(try spot.blurred(sigma: 0) == spot)
    #expect(throws: Problem.self) { try spot.blurred(sigma: -1) }
    let step = Image(
      width: 6, height: 4, channels: 1, bytes: (0..<24).map { $0 % 6 < 3 ? 0 : 255 })
    #expect(step.edges().bytes.prefix(6) == [0, 0, 255, 255, 0, 0])
    #expect(step.inverted().inverted() == step)
    #expect(step.thresholded(above: 0.5) == step)
    #expect(step.normalised().bytes == step.bytes)
  }

  @Test("in a montage stand in their cells")
  func montage() throws {
    let a = Image(width: 2, height: 2, channels: 1, bytes: [1, 2, 3, 4])
    let b = Image(width: 1, height: 1, channels: 1, bytes: [9])
    let sheet = try Montage.image(of: [a, b, a], columns: 2, gap: 1, background: 7)
    #expect(sheet.width == 5 && sheet.height == 5)
    #expect(
      sheet.bytes == [
        1, 2, 7, 9, 7, 3, 4, 7, 7, 7, 7, 7, 7, 7, 7, 1, 2, 7, 7, 7, 3, 4, 7, 7, 7,
      ])
    let ten = Array(repeating: pattern(48, 48), count: 10)
    let row = try Montage.image(of: ten, columns: 10, gap: 2)
    #expect(row.width == 498 && row.height == 48 && row.channels == 3)
    #expect(throws: Problem.self) { try Montage.image(of: []) }
    #expect(throws: Problem.self) { try Montage.image(of: [a], columns: 0) }
  }

  @Test("compare by how far they are apart")
  func comparison() throws {
    let a = pattern(4, 4)
    var bytes = a.bytes
    bytes[5] = bytes[5] ^ 3
    let b = Image(width: 4, height: 4, channels: 3, bytes: bytes)
    let apart = try #require(Comparison(a, b))
    #expect(apart.differing == 1 && apart.largest <= 3 && apart.isWithin(level: 3, share: 0.03))
    #expect(!apart.isWithin(level: 0))
    #expect(Comparison(a, pattern(4, 5)) == nil)
  }
}

@Suite("Colour maps")
struct ColourMapTests {
  @Test("have the published colours at ends and middle, within four levels")
  func published() throws {
    let expected: [(String, Double, (Int, Int, Int))] = [
      ("magma", 0, (0, 0, 4)), ("magma", 0.5, (183, 55, 121)), ("magma", 1, (252, 253, 191)),
      ("viridis", 0, (68, 1, 84)), ("viridis", 0.5, (33, 145, 140)), ("viridis", 1, (253, 231, 37)),
      ("inferno", 0, (0, 0, 4)), ("inferno", 1, (252, 255, 164)), ("plasma", 0, (13, 8, 135)),
      ("plasma", 1, (240, 249, 33)), ("twilight", 0, (226, 217, 226)),
      ("twilight", 1, (226, 217, 226)), ("gray", 0.5, (128, 128, 128)),
      ("bone", 1, (255, 255, 255)),
    ]
    for (name, x, colour) in expected {
      let got = try ColourMap.named(name).at(x)
      #expect(
        abs(Int(got.r) - colour.0) <= 4 && abs(Int(got.g) - colour.1) <= 4
          && abs(Int(got.b) - colour.2) <= 4, "\(name) at \(x) is \(got)")
    }
  }

  @Test("colour bytes and numbers alike")
  func application() throws {
    let ramp = Image(width: 256, height: 1, channels: 1, bytes: (0...255).map { UInt8($0) })
    for map in ColourMap.all.values {
      #expect(map.apply(ramp) == map.apply(ramp.asFloats()))
      #expect(map.apply(ramp).channels == 3)
    }
    let turned = try ColourMap.named("magma_r").at(0)
    #expect(turned == ColourMap.all["magma"]!.at(1))
    #expect(ColourMap.all["magma"]!.at(.nan) == (0, 0, 0))
  }

  @Test("that do not exist are refused with the nearest name")
  func unknown() {
    #expect { try ColourMap.named("virdis") } throws: {
      ($0 as? Problem)?.suggestions == ["\"viridis\""]
    }
  }
}
