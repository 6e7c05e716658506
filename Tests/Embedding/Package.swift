// swift-tools-version: 6.1
import PackageDescription

// A package of somebody else that has the language inside.

let package = Package(
  name: "Embedding",
  dependencies: [.package(name: "fdsl", path: "../..")],
  targets: [
    .executableTarget(
      name: "Embedding", dependencies: [.product(name: "FDSLKit", package: "fdsl")])
  ]
)
