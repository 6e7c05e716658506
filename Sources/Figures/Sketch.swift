/// What marks draw on: one panel with known axes. The figure turns it into script.
package struct Sketch: Sendable {
  package let x: Scale
  package let y: Scale
  /// The box between the axes.
  package let box: Rectangle
  package let look: Look
  /// Size of small text in points.
  package let textSize: Double
  /// Size of axis labels in points.
  package let labelSize: Double
  /// What the plot says about its axes, for marks that draw their own.
  package let axes: Axes

  package private(set) var items: [(depth: Depth, item: GnuplotScript.Item)] = []
  package private(set) var texts: [GnuplotScript.Text] = []
  package private(set) var shapes: [GnuplotScript.Shape] = []

  package init(
    x: Scale, y: Scale, box: Rectangle, look: Look, textSize: Double, labelSize: Double, axes: Axes
  ) {
    self.x = x
    self.y = y
    self.box = box
    self.look = look
    self.textSize = textSize
    self.labelSize = labelSize
    self.axes = axes
  }

  /// Adds something that shows data.
  package mutating func add(_ item: GnuplotScript.Item, at depth: Depth) {
    items.append((depth, item))
  }

  /// Adds text.
  package mutating func add(_ text: GnuplotScript.Text) { texts.append(text) }

  /// Adds a line or a rectangle that belongs to the page.
  package mutating func add(_ shape: GnuplotScript.Shape) { shapes.append(shape) }

  /// Adds upright bars from `lower` to `upper` with caps of `cap` points to both sides.
  package mutating func addBars(
    x: [Double], lower: [Double], upper: [Double], cap: Double, width: Double
  ) {
    var (xs, ys): ([Double], [Double]) = ([], [])
    let reach = cap / max(box.width, 1)
    for (x, ends) in zip(x, zip(lower, upper)) {
      guard let place = self.x.place(x), y.place(ends.0) != nil, y.place(ends.1) != nil else {
        continue
      }
      xs += [x, x, .nan]
      ys += [ends.0, ends.1, .nan]
      if cap <= 0 { continue }
      for end in [ends.0, ends.1] {
        xs += [self.x.value(at: place - reach), self.x.value(at: place + reach), .nan]
        ys += [end, end, .nan]
      }
    }
    if xs.isEmpty { return }
    add(.lines(x: xs, y: ys, width: width, dash: .solid, color: look.color), at: .line)
  }

  /// `values` with those that have no place on `scale` as gaps.
  package func visible(_ values: [Double], on scale: Scale) -> [Double] {
    values.map { scale.place($0) == nil ? .nan : $0 }
  }
}
