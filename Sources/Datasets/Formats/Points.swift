import Basics
import CKernels

/// Toy sets of points in the plane.
package struct Points: DatasetFormat {
  package var kind = "moons"
  package var count = 200
  package var noise = 0.1
  package var classes = 2
  package var seed = 0

  package init() {}

  package static let name = "points"
  package static let text = """
    A toy set of labelled points in the plane: two moons, spirals or blobs.

    Classes are equally large, as far as the number allows; `classes` counts spirals and blobs, \
    and moons are always two.
    """
  package static let examples = """
    moons = points("moons", 400)
    arms = points("spirals", 300, classes = 3)
    """
  package static let settings: [Setting<Self>] = [
    Setting("kind", \.kind, choices: ["moons", "spirals", "blobs"], "which figure"),
    Setting("count", \.count, in: 1...10_000_000, "number of points"),
    Setting("noise", \.noise, in: 0...10, "standard deviation of the scatter"),
    Setting("classes", \.classes, in: 2...1000, "number of spirals or blobs"),
    Setting("seed", \.seed, in: 0...9e15, "another seed scatters the points in another way"),
  ]

  package func open(_ files: FileAccess) throws -> any Dataset { try dataset() }

  /// The points, which need no files.
  package func dataset() throws -> ArrayDataset {
    let classes = kind == "moons" ? 2 : classes
    let random = RandomSource(seed: UInt64(seed)).stream("points " + kind)
    var values: [Float] = []
    values.reserveCapacity(2 * count)
    for index in 0..<count {
      var stream = random.stream("point", index)
      let (x, y) = place(of: index % classes, among: classes, at: stream.uniform())
      values.append(Float(x + noise * stream.normal()))
      values.append(Float(y + noise * stream.normal()))
    }
    return try ArrayDataset(
      .floats(values), labels: (0..<count).map { $0 % classes }, sampleShape: [2],
      classes: classes)
  }

  /// The middle of the scatter `t` of the way along a class's figure.
  private func place(of label: Int, among classes: Int, at t: Double) -> (Double, Double) {
    let turn = 2 * Double.pi * Double(label) / Double(classes)
    switch kind {
    case "moons":
      let angle = Double.pi * t
      return label == 0
        ? (ck_cos(angle), ck_sin(angle)) : (1 - ck_cos(angle), 0.5 - ck_sin(angle))
    case "spirals":
      let angle = turn + 1.5 * Double.pi * t
      return ((0.1 + 0.9 * t) * ck_cos(angle), (0.1 + 0.9 * t) * ck_sin(angle))
    default:
      return (2 * ck_cos(turn), 2 * ck_sin(turn))
    }
  }
}
