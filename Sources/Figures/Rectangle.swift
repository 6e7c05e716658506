/// A rectangle on the page in points, measured from the lower left corner.
package struct Rectangle: Equatable, Sendable {
  package var left: Double
  package var bottom: Double
  package var right: Double
  package var top: Double

  package init(left: Double, bottom: Double, right: Double, top: Double) {
    self.left = left
    self.bottom = bottom
    self.right = right
    self.top = top
  }

  package var width: Double { right - left }
  package var height: Double { top - bottom }
  package var middleX: Double { (left + right) / 2 }
  package var middleY: Double { (bottom + top) / 2 }

  /// The largest rectangle of `aspect` (width over height) inside, at the top, in the middle.
  package func fitting(aspect: Double) -> Rectangle {
    let width = min(width, height * aspect)
    let height = width / aspect
    return Rectangle(
      left: middleX - width / 2, bottom: top - height, right: middleX + width / 2, top: top)
  }
}
