import Basics
import CKernels

/// The mean of each channel of pictures: [batch, channels, height, width] to [batch, channels].
package struct PictureMean: Operation {
  package init() {}

  package var needs: Needs { [] }
  package var takesBlocks: Bool { true }

  private let block = Kept<Int>()

  package func forward(_ x: [Tensor]) throws -> Tensor {
    guard x[0].rank == 4 else {
      throw Problem("shape", "pictures are [batch, channels, height, width], not \(x[0].shape)")
    }
    block.value = x[0].channelBlock
    func run<T: Element>(_ type: T.Type) -> Tensor {
      let (n, inner) = (x[0].shape[2] * x[0].shape[3], x[0].channelBlock)
      return Tensor.filled(T.self, Array(x[0].shape[..<2])) { y in
        T.reduce(
          Int32(CK_SUM), x[0].pointer(T.self), y, x[0].shape[0] * x[0].shape[1] / inner, n, inner)
        let share = 1 / T(n)
        for i in 0..<x[0].shape[0] * x[0].shape[1] { y[i] *= share }
      }
    }
    return x[0].precision == .f64 ? run(Double.self) : run(Float.self)
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    let block = block.value ?? 1
    func run<T: Element>(_ type: T.Type) -> Tensor {
      let n = x[0].shape[2] * x[0].shape[3]
      let share = 1 / T(n)
      return Tensor.filled(T.self, x[0].shape, channelBlock: block) { d in
        let g = gradient.pointer(T.self)
        for plane in 0..<gradient.count / block {
          for i in 0..<n {
            for l in 0..<block { d[(plane * n + i) * block + l] = g[plane * block + l] * share }
          }
        }
      }
    }
    return [gradient.precision == .f64 ? run(Double.self) : run(Float.self)]
  }

  package static var samples: [Sample] {
    [Sample(PictureMean(), [Tensor((0..<24).map { Double($0) / 5 }, shape: [2, 2, 2, 3])])]
  }
}
