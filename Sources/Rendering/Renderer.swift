import Basics
import Images

/// A way of drawing: a pure function of its settings, two streams of random numbers and a size.
///
/// It reads no file, no clock and no global state.
package protocol Renderer: Configurable {
  /// The picture: one channel of numbers in 0...1 unless colour was asked for.
  ///
  /// - Parameters:
  ///   - category: decides what all pictures of a category share.
  ///   - instance: decides what this picture has of its own.
  func image(category: RandomSource, instance: RandomSource, width: Int, height: Int) throws
    -> Image
}
