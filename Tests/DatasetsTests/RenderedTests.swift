import Basics
import Images
import Rendering
import Testing

@testable import Datasets

@Suite struct RenderedTests {
  private func fractals() throws -> FractalDB {
    var settings = FractalDB.Settings()
    settings.categories = 3
    settings.instances = 10
    settings.rule.gridSize = 64
    settings.rule.points = 4000
    settings.points = 800
    return try FractalDB(settings)
  }

  @Test func `samples are the family's pictures, category after category`() throws {
    let family = try fractals()
    let data = try Pictures(family, per: 4, size: 16)
    #expect(data.count == 12 && data.classes == 3)
    #expect(data.sampleShape == [1, 16, 16])
    #expect(data.labels == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
    let picture = try family.image(1, 2, size: 16).bytes.map { Float($0) * (1 / 255) }
    for epoch in 0..<2 {
      #expect(try data.samples([6], epoch: epoch).inputs.floats == picture)
    }
  }

  @Test func `fresh pictures go through the family epoch by epoch`() throws {
    let family = try fractals()
    let data = try Pictures(family, per: 4, size: 16, isFresh: true)
    for (epoch, instance) in [(0, 1), (1, 5), (2, 9), (3, 3)] {
      let picture = try family.image(2, instance, size: 16).bytes.map { Float($0) * (1 / 255) }
      #expect(try data.samples([9], epoch: epoch).inputs.floats == picture)
    }
    #expect(throws: Problem.self) { try Pictures(family, per: 11, size: 16) }
    #expect(throws: Problem.self) { try Pictures(family, per: 1, size: 0) }
  }
}
