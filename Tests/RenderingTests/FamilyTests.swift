import Basics
import Foundation
import Images
import Testing

@testable import Rendering

private func keyed(_ change: (inout FractalDB.Settings) -> Void = { _ in }) throws -> FractalDB {
  var settings = FractalDB.Settings()
  settings.categories = 6
  settings.rule.gridSize = 128
  settings.rule.points = 12_800
  change(&settings)
  return try FractalDB(settings)
}
private let small = try! keyed()

/// A folder that is removed with the value.
private final class Scratch {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("fdsl-\(UUID().uuidString)")
  deinit { try? FileManager.default.removeItem(at: url) }
}

@Suite("FractalDB by keyed streams")
struct KeyedFractalDBTests {
  @Test("finds the same categories in any order, on any number of threads, in any portions")
  func order() throws {
    let backwards = try keyed()
    let last = try backwards.found(5)
    #expect(last == (try small.found(5)))
    for c in (0..<5).reversed() { #expect(try backwards.found(c) == small.found(c)) }
    let alone = try small.settings.rule.first(RandomSource(seed: 1).stream("fractaldb"))
    #expect(alone == (try small.found(0)))
    #expect(try keyed { $0.seed = 2 }.found(0) != small.found(0))
  }

  @Test("accepts what fills its box")
  func criterion() throws {
    for c in 0..<6 {
      let found = try small.found(c)
      #expect(Double(found.marked) >= 0.2 * 128 * 128)
      #expect((2...7).contains(found.maps.count))
      #expect(abs(found.chances.reduce(0, +) - 1) < 1e-12)
      #expect(try small.ifs(c).filling(size: 128) > 0.15)
    }
  }

  @Test("draws each picture as a function of its numbers, all different")
  func pictures() throws {
    var seen = Set<String>()
    for c in 0..<3 {
      for k in 0..<60 {
        let image = try small.image(c, k, size: 28)
        #expect(image.channels == 1 && image.width == 28)
        let lit = image.floats.filter { $0 > 0 }.count
        #expect(lit * 25 >= 28 * 28, "category \(c) picture \(k) has \(lit) pixels")
        #expect(image.floats.allSatisfy { (0...1).contains($0) })
        seen.insert(ContentHash(image.bytes).hex)
      }
    }
    #expect(seen.count == 180)
    #expect(try keyed().image(2, 17, size: 28) == small.image(2, 17, size: 28))
  }

  @Test("varies as much as asked")
  func variation() throws {
    func spread(_ strength: Double) throws -> Double {
      let family = try small.varied(strength)
      let first = try small.prototype(0, size: 32).floats
      let distances = try (0..<25).map { k in
        zip(try family.image(0, k, size: 32).floats, first).reduce(0.0) {
          $0 + Double(abs($1.0 - $1.1))
        }
      }
      return distances.reduce(0, +)
    }
    #expect(try spread(0.02) < spread(0.4))
    #expect(throws: Problem.self) { try small.varied(-1) }
  }

  @Test("draws points, patches and colours at any size")
  func marks() throws {
    for mark in Drawing.Mark.allCases {
      for isColoured in [false, true] {
        let family = try keyed {
          $0.mark = mark
          $0.isColoured = isColoured
        }
        for size in [1, 7, 28, 65] {
          let image = try family.image(0, 3, size: size)
          #expect(image.width == size && image.channels == (isColoured ? 3 : 1))
          #expect(try family.image(0, 3, size: size) == image)
        }
      }
    }
  }

  @Test("refuses numbers and settings outside, and says what is inside")
  func refusals() throws {
    #expect(throws: Problem.self) { try small.image(6, 0, size: 28) }
    #expect(throws: Problem.self) { try small.image(0, -1, size: 28) }
    #expect(throws: Problem.self) { try small.image(0, 0, size: 0) }
    #expect(throws: Problem.self) { try keyed { $0.categories = 0 } }
    #expect(throws: Problem.self) { try keyed { $0.rule.threshold = 0.9 } }
    #expect(throws: Problem.self) { try keyed { $0.rule.maps = 1...3 } }
    #expect(throws: Problem.self) {
      try keyed {
        $0.isPublished = true
        $0.mark = .density
      }
    }
    let hopeless = try keyed { $0.rule.range = 0.01 }
    let stop = Interruption()
    stop.request()
    #expect(throws: Interrupted.self) {
      try hopeless.prepare(1, interruption: stop) { _, _ in }
    }
  }
}

@Suite("Renderers")
struct RendererTests {
  @Test(
    "draw the same picture for the same streams, at any size", arguments: 0..<Renderers.all.count)
  func laws(_ index: Int) throws {
    func check(_ type: (some Renderer).Type) throws {
      let renderer = type.init()
      let category = RandomSource(seed: 3)
      for (width, height) in [(1, 1), (32, 32), (40, 24)] {
        let image = try renderer.image(
          category: category, instance: category.stream("a"), width: width, height: height)
        #expect(image.width == width && image.height == height)
        #expect(image.floats.allSatisfy { (0...1).contains($0) })
        let again = try renderer.image(
          category: category, instance: category.stream("a"), width: width, height: height)
        #expect(image == again)
      }
      let one = try renderer.image(
        category: category, instance: category.stream("a"), width: 32, height: 32)
      let other = try renderer.image(
        category: category, instance: category.stream("b"), width: 32, height: 32)
      #expect(one != other)
      #expect(one.floats.contains { $0 > 0 })
      #expect(throws: Problem.self) {
        try renderer.image(category: category, instance: category, width: 0, height: 5)
      }
    }
    try check(Renderers.all[index])
  }

  @Test("of noise have the mean and contrast asked for, and classes that differ")
  func noise() throws {
    let family = RenderedFamily(GaussianNoise(), categories: 20, instances: 50, seed: 1)
    for c in 0..<20 {
      let values = try family.image(c, 0, size: 64).floats
      let mean = values.reduce(0, +) / Float(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)
      #expect(abs(mean - 0.5) < 0.02)
      #expect(abs(variance.squareRoot() - 0.2) < 0.02)
    }
    #expect(family.recipe.hasPrefix("noisedb(categories = 20, seed = 1, finest = 0.02"))
    #expect(throws: Problem.self) { try family.varied(0.3) }
  }
}

@Suite("Exports")
struct ExportTests {
  @Test("write class folders, go on where they stopped, and can be verified")
  func roundTrip() throws {
    let scratch = Scratch()
    let family = try keyed { $0.categories = 3 }
    let export = try Export(family, to: ".", files: FileAccess(root: scratch.url), size: 28, per: 5)
    #expect(try export.run() == Export.Report(written: 15, kept: 0))
    #expect(try export.run() == Export.Report(written: 0, kept: 15))
    #expect(try export.verify().isRight)

    let one = scratch.url.appendingPathComponent(family.path(1, 2))
    let file = try Data(contentsOf: one)
    #expect(try PNGFile.texts(of: Array(file))["fdsl"] == export.recipe(1, 2))
    let expected = try family.image(1, 2, size: 28).asBytes()
    #expect(try PNGFile.decode(Array(file)) == expected)

    try file.dropLast(9).write(to: one)
    let wrong = scratch.url.appendingPathComponent(family.path(2, 0))
    try Data(PNGFile.encode(family.image(2, 1, size: 28), recipe: export.recipe(2, 1))).write(
      to: wrong)
    try FileManager.default.removeItem(at: scratch.url.appendingPathComponent(family.path(0, 0)))
    let verification = try export.verify()
    #expect(verification.missing == [family.path(0, 0)])
    #expect(verification.different == [family.path(1, 2), family.path(2, 0)])
    #expect(try export.run() == Export.Report(written: 3, kept: 12))
    #expect(try Data(contentsOf: one) == file)
    #expect(try export.verify().isRight)
  }

  @Test("of the published database have its names, three channels and tables")
  func published() throws {
    let scratch = Scratch()
    var settings = FractalDB.Settings()
    settings.isPublished = true
    settings.categories = 1
    settings.points = 2000
    settings.patterns = 1
    let family = try FractalDB(settings)
    let export = try Export(family, to: ".", files: FileAccess(root: scratch.url), size: 64)
    #expect(try export.run().written == 100)
    let path = scratch.url.appendingPathComponent("00000/00000_24_count_0_flip3.png")
    #expect(try PNGFile.decode(Array(Data(contentsOf: path))).channels == 3)
    let table = scratch.url.appendingPathComponent("csv_rate0.2_category1/00000.csv")
    #expect(
      ContentHash(try Data(contentsOf: table)).hex
        == "2fe76fe188a5ea3084890f576a74d92b6316f71e3e15785c7dc70458f448d34b")
    let weights = scratch.url.appendingPathComponent("weights/weights_0.4.csv")
    #expect(try String(contentsOf: weights, encoding: .utf8) == family.weights.csv)
    #expect(try export.verify().isRight)
  }

  @Test("stop when asked and keep what is done")
  func interruption() throws {
    let scratch = Scratch()
    let family = FunctionFamily(categories: 4, instances: 25, recipe: "family(…)") { c, k, size in
      Image(
        width: size, height: size, channels: 1,
        bytes: [UInt8](repeating: UInt8(c * 25 + k), count: size * size))
    }
    let stop = Interruption()
    let export = try Export(family, to: ".", files: FileAccess(root: scratch.url), size: 8)
    #expect(throws: Interrupted.self) {
      try export.run(interruption: stop) { done, count in
        #expect(count == 100)
        if done >= 10 { stop.request() }
      }
    }
    stop.clear()
    let report = try export.run(interruption: stop)
    #expect(report.kept >= 10 && report.kept < 30 && report.kept + report.written == 100)
    #expect(throws: Problem.self) {
      try Export(family, to: ".", files: FileAccess(root: scratch.url), size: 8, per: 26)
    }
    #expect(throws: Problem.self) { try family.image(4, 0, size: 8) }
  }
}
