import ArgumentParser
import Basics

/// A duration as a user writes it: `90`, `30s`, `10min`, `2h`.
struct TimeAmount: ExpressibleByArgument {
  let seconds: Double

  init?(argument: String) {
    guard let seconds = Amount.seconds(argument) else { return nil }
    self.seconds = seconds
  }
}

/// A size in memory as a user writes it: `8G`, `500M`.
struct MemoryAmount: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    guard let bytes = Amount.bytes(argument) else { return nil }
    self.bytes = bytes
  }
}
