import Basics
import Dispatch
import Synchronization
import Tensors

/// What one step of a training sees.
package struct Batch: Sendable {
  /// f32, shape [samples] + sample shape.
  package var inputs: Tensor
  package var labels: [Int]
  /// How many classes the labels speak of.
  package var classes: Int

  package var count: Int { labels.count }

  package init(inputs: Tensor, labels: [Int], classes: Int) {
    self.inputs = inputs
    self.labels = labels
    self.classes = classes
  }
}

/// The batches of a dataset: a pure function of seed, epoch and position.
///
/// Nothing is remembered between batches, so a training can go on at any step and sees what it
/// would have seen.
package struct Batches: Sendable {
  package let data: any Dataset
  package let size: Int
  package let augmentation: Pipeline
  /// Whether a last batch smaller than `size` is left out.
  package let dropsLast: Bool
  private let random: RandomSource

  /// - Parameter random: the stream that orders the samples and varies them.
  package init(
    _ data: any Dataset, size: Int, random: RandomSource, augmentation: Pipeline = Pipeline(),
    dropsLast: Bool = false
  ) throws {
    guard data.count > 0 else { throw Problem("data", "there are no samples to train on") }
    guard size > 0 else {
      throw Problem("range", "`batch` is \(size)", notes: ["a batch holds at least one sample"])
    }
    self.data = data
    self.size = min(size, data.count)
    self.random = random
    self.augmentation = augmentation
    self.dropsLast = dropsLast
  }

  /// Batches in one epoch.
  package var count: Int {
    dropsLast ? data.count / size : (data.count + size - 1) / size
  }

  /// The shape of one sample after augmentation.
  package var sampleShape: [Int] {
    get throws { try augmentation.outputShape(for: data.sampleShape) }
  }

  /// Whether a batch is worth being made ahead on another thread.
  package var isCostly: Bool { data.isCostly || !augmentation.isEmpty }

  /// The order in which an epoch visits the samples.
  package func order(epoch: Int) -> [Int] {
    var stream = random.stream("order", epoch)
    return stream.permutation(data.count)
  }

  /// Batch number `position` of an epoch whose order is known.
  package func batch(_ position: Int, of order: [Int], epoch: Int) throws -> Batch {
    let start = position * size
    let indices = Array(order[start..<min(start + size, order.count)])
    let found = try data.samples(indices, epoch: epoch)
    let inputs = try augmentation.applied(
      to: found.inputs, indices: indices, random: random.stream("augment", epoch))
    return Batch(inputs: inputs, labels: found.labels, classes: data.classes)
  }
}

/// Hands out batches in order and, where making them is costly, makes the next one on another
/// thread while the present one is in use.
package final class BatchReader {
  private let batches: Batches
  private var order: (epoch: Int, indices: [Int])?
  private var pending: (epoch: Int, position: Int, promise: Promise)?

  package init(_ batches: Batches) { self.batches = batches }

  deinit { _ = pending?.promise.wait() }

  /// Batch `position` of `epoch`.
  package func batch(epoch: Int, position: Int) throws -> Batch {
    let ready: Batch
    if let pending, pending.epoch == epoch, pending.position == position {
      self.pending = nil
      ready = try pending.promise.wait().get()
    } else {
      _ = pending?.promise.wait()
      pending = nil
      ready = try batches.batch(position, of: indices(epoch), epoch: epoch)
    }
    if batches.isCostly { prepare(afterEpoch: epoch, position) }
    return ready
  }

  private func prepare(afterEpoch epoch: Int, _ position: Int) {
    let next = position + 1 < batches.count ? (epoch, position + 1) : (epoch + 1, 0)
    let promise = Promise()
    let order = indices(next.0)
    pending = (next.0, next.1, promise)
    DispatchQueue.global(qos: .userInitiated).async { [batches] in
      let batch = Parallel.inBackground {
        Result { try batches.batch(next.1, of: order, epoch: next.0) }
      }
      promise.fulfil(batch)
    }
  }

  private func indices(_ epoch: Int) -> [Int] {
    if let order, order.epoch == epoch { return order.indices }
    let made = batches.order(epoch: epoch)
    order = (epoch, made)
    return made
  }
}

/// A result that another thread is still making.
private final class Promise: Sendable {
  private let result = Mutex<Result<Batch, any Error>?>(nil)
  private let done = DispatchGroup()

  init() { done.enter() }

  func fulfil(_ value: Result<Batch, any Error>) {
    result.withLock { $0 = value }
    done.leave()
  }

  func wait() -> Result<Batch, any Error> {
    done.wait()
    return result.withLock { $0 } ?? .failure(Interrupted())
  }
}
