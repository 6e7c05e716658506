import Basics
import Images
import Tensors
import Testing

@testable import Datasets

/// Sample number i is the number i; class sizes are unequal.
func numbered(_ count: Int, classes: Int = 3) throws -> ArrayDataset {
  try ArrayDataset(
    .floats((0..<count).map { Float($0) }),
    labels: (0..<count).map { min($0 % (classes + 1), classes - 1) }, sampleShape: [1],
    classes: classes)
}

func numbers(_ data: any Dataset) throws -> [Int] {
  try data.everything().inputs.floats.map { Int($0) }
}

@Suite struct ChoosingTests {
  @Test func `a split parts every class by the share and loses nothing`() throws {
    let data = try numbered(400)
    let (left, right) = try data.split(0.75, seed: 5)
    #expect(left.classCounts == [75, 75, 150])
    #expect(right.classCounts == [25, 25, 50])
    #expect(try Set(numbers(left) + numbers(right)).count == 400)
    #expect(try numbers(left) == numbers(data.split(0.75, seed: 5).0))
    #expect(try numbers(left) != numbers(data.split(0.75, seed: 6).0))
  }

  @Test func `balancing takes as many of every class`() throws {
    let data = try numbered(400).balanced(7, seed: 1)
    #expect(data.classCounts == [7, 7, 7])
    #expect(problem { _ = try numbered(40).balanced(11, seed: 1) }?.slug == "data")
  }

  @Test func `take, shuffle and subsets of subsets keep samples and labels together`() throws {
    let data = try numbered(40)
    #expect(try numbers(data.take(3)) == [0, 1, 2])
    #expect(try Set(numbers(data.shuffled(seed: 2))) == Set(0..<40))
    let twice = try data.subset([30, 20, 10]).subset([2, 0])
    #expect(try numbers(twice) == [10, 30])
    #expect(twice.labels == [data.labels[10], data.labels[30]])
    #expect(problem { _ = try data.take(41) }?.argument == 1)
    #expect(problem { _ = try data.subset([40]) }?.slug == "index")
    #expect(problem { _ = try data.split(1, seed: 0) }?.slug == "range")
    let joined = try Joined([data.take(2), data.subset([39, 38])])
    #expect(try joined.samples([3, 0, 2]).inputs.floats == [38, 0, 39])
    #expect(joined.labels == [0, 1, data.labels[39], data.labels[38]])
  }

  @Test func `data that does not fit together is refused`() throws {
    #expect(
      problem { _ = try ArrayDataset(.bytes([1]), labels: [0], sampleShape: [2]) }?.slug == "data")
    #expect(
      problem { _ = try ArrayDataset(.bytes([1]), labels: [3], sampleShape: [1], classes: 3) }?.slug
        == "data")
    #expect(
      problem { _ = try ArrayDataset(.bytes([1]), labels: [-1], sampleShape: [1]) }?.slug == "data")
  }
}

@Suite struct BatchTests {
  @Test func `every epoch visits all samples once in an order of its own`() throws {
    let data = try numbered(50)
    let batches = try Batches(data, size: 8, random: RandomSource(seed: 3))
    #expect(batches.count == 7)
    var orders: [[Int]] = []
    for epoch in 0..<3 {
      let order = batches.order(epoch: epoch)
      let seen = try (0..<7).flatMap {
        try batches.batch($0, of: order, epoch: epoch).inputs.floats.map { Int($0) }
      }
      #expect(seen == order)
      #expect(Set(seen).count == 50)
      orders.append(seen)
    }
    #expect(Set(orders).count == 3)
    #expect(try Batches(data, size: 8, random: RandomSource(seed: 3), dropsLast: true).count == 6)
    #expect(try Batches(data, size: 80, random: RandomSource(seed: 3)).count == 1)
    #expect(problem { _ = try Batches(data, size: 0, random: RandomSource(seed: 3)) } != nil)
  }

  @Test func `a reader that works ahead gives the same batches in any order of asking`() throws {
    let pictures = Pictures(
      labels: [Int](repeating: 0, count: 20), classes: 1, classNames: nil, sampleShape: [1, 4, 4],
      isFresh: true
    ) { index, epoch in
      Image(
        width: 4, height: 4, channels: 1,
        bytes: [UInt8](repeating: UInt8(10 * epoch + index), count: 16))
    }
    let pipeline = Noise().pipeline >> RandomCrop().pipeline
    let batches = try Batches(
      pictures, size: 6, random: RandomSource(seed: 1), augmentation: pipeline)
    let reader = BatchReader(batches)
    for (epoch, position) in [(0, 0), (0, 1), (0, 3), (1, 0), (1, 1), (0, 0)] {
      let expected = try batches.batch(position, of: batches.order(epoch: epoch), epoch: epoch)
      let found = try reader.batch(epoch: epoch, position: position)
      #expect(found.inputs == expected.inputs)
      #expect(found.labels == expected.labels)
    }
  }

  @Test func `a problem in a picture made ahead reaches the one who asks for it`() throws {
    let pictures = Pictures(
      labels: [0, 0, 0, 0], classes: 1, classNames: nil, sampleShape: [1, 1, 1]
    ) { index, _ in
      if index == 2 { throw Problem("test", "no picture 2") }
      return Image(width: 1, height: 1, channels: 1, bytes: [0])
    }
    let reader = BatchReader(try Batches(pictures, size: 1, random: RandomSource(seed: 1)))
    let problems = (0..<4).compactMap { position in
      problem { _ = try reader.batch(epoch: 0, position: position) }
    }
    #expect(problems.map(\.slug) == ["test"])
  }
}

@Suite struct AugmentationTests {
  let pictures = Tensor(
    floats: (0..<4 * 2 * 36).map { Float($0 % 97) / 97 }, shape: [4, 2, 6, 6])

  @Test func `every augmentation keeps its promise on shape, bounds and repetition`() throws {
    for type in Augmentations.all {
      let stage = type.init()
      let pipeline = stage.pipeline
      let shape = try pipeline.outputShape(for: [2, 6, 6])
      let random = RandomSource(seed: 9)
      let varied = try pipeline.applied(to: pictures, indices: [3, 1, 4, 5], random: random)
      #expect(varied.shape == [4] + shape, "\(type.name)")
      #expect(varied.floats.allSatisfy { $0.isFinite }, "\(type.name)")
      // Sample 4 alone, in another batch, becomes the same.
      let alone = try pipeline.applied(
        to: Tensor(floats: Array(pictures.floats[144..<216]), shape: [1, 2, 6, 6]), indices: [4],
        random: random)
      #expect(alone.floats == Array(varied.floats[144..<216]), "\(type.name)")
      #expect(try pipeline.prepared(pictures).shape == varied.shape, "\(type.name)")
      #expect(!type.text.isEmpty && !type.examples.isEmpty)
      try takesItsDefaults(type)
    }
  }

  @Test func `flips mirror rows and columns`() throws {
    let small = Tensor(floats: [1, 2, 3, 4, 5, 6], shape: [1, 1, 2, 3])
    var flip = Flip()
    flip.probability = 1
    var vertical = VerticalFlip()
    vertical.probability = 1
    let random = RandomSource(seed: 0)
    func apply(_ stage: some Augmentation) throws -> [Float] {
      try stage.pipeline.applied(to: small, indices: [0], random: random).floats
    }
    #expect(try apply(flip) == [3, 2, 1, 6, 5, 4])
    #expect(try apply(vertical) == [4, 5, 6, 1, 2, 3])
  }

  @Test func `a crop shows the picture shifted, with zeros where it ends`() throws {
    var crop = RandomCrop()
    (crop.size, crop.pad) = (0, 2)
    var seen: Set<[Float]> = []
    let one = Tensor(floats: [1, 2, 3, 4], shape: [1, 1, 2, 2])
    for seed in 0..<200 {
      seen.insert(
        try crop.pipeline.applied(to: one, indices: [0], random: RandomSource(seed: UInt64(seed)))
          .floats)
    }
    #expect(seen.contains([1, 2, 3, 4]) && seen.contains([0, 0, 0, 1]))
    #expect(seen.contains([4, 0, 0, 0]) && seen.contains([0, 0, 0, 0]))
    crop.size = 9
    #expect(problem { _ = try crop.outputShape(for: [1, 2, 2]) }?.slug == "shape")
  }

  @Test func `a resized crop of everything is the picture itself`() throws {
    var crop = RandomResizedCrop()
    (crop.least, crop.most, crop.ratio) = (1, 1, 1)
    let same = try crop.pipeline.applied(
      to: pictures, indices: [0, 1, 2, 3], random: RandomSource(seed: 4))
    let difference = zip(same.floats, pictures.floats).map { abs($0 - $1) }.max() ?? 1
    #expect(difference < 1e-6)
  }

  @Test func `normalising gives a preset's channels mean zero, also in tests`() throws {
    var normalise = Normalise()
    normalise.preset = "cifar10"
    let gray = Tensor(floats: [0.4914, 0.4822, 0.4465], shape: [1, 3, 1, 1])
    #expect(try normalise.pipeline.prepared(gray).floats == [0, 0, 0])
    #expect(problem { _ = try normalise.outputShape(for: [1, 2, 2]) }?.slug == "shape")
  }

  @Test func `an augmented data set is the pipeline applied, anew in every epoch`() throws {
    let base = try ArrayDataset(pictures, labels: [0, 1, 0, 1])
    let data = try Augmented(base, Noise().pipeline, seed: 3)
    #expect(try data.samples([2], epoch: 0).inputs == data.samples([2], epoch: 0).inputs)
    #expect(try data.samples([2], epoch: 0).inputs != data.samples([2], epoch: 1).inputs)
    #expect(try Augmented(base, Noise().pipeline, seed: nil).everything().inputs == pictures)
    #expect(problem { _ = try Flip().outputShape(for: [2]) }?.slug == "shape")
  }
}
