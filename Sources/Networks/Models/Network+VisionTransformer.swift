import Basics

/// The sizes of a vision transformer.
package struct VisionTransformer: Sendable {
  /// Side of the picture, and of a patch, in pixels.
  package var size = 224
  package var patch = 16
  /// Numbers of a token.
  package var dim = 192
  package var depth = 12
  package var heads = 3
  /// How many times wider than a token the middle of a block's perceptron is.
  package var ratio = 4
  package var classes = 1000
  package var channels = 3
  /// Probability that a sample skips the last block; it grows from 0 at the first.
  package var dropPath = 0.0
  package var pool = "first"

  package init() {}

  /// A size of DeiT by name: `tiny`, `small`, `base` (Touvron et al., 2021).
  package init(_ name: String) throws {
    switch name {
    case "tiny": (dim, heads) = (192, 3)
    case "small": (dim, heads) = (384, 6)
    case "base": (dim, heads) = (768, 12)
    default:
      throw Problem(
        "choice", "there is no vision transformer named \"\(name)\"",
        notes: ["names are \"tiny\", \"small\" and \"base\""],
        suggestions: Spelling.nearest(to: name, in: ["tiny", "small", "base"])
          .map { ["vit(\"\($0)\")"] } ?? [])
    }
  }
}

extension Network {
  /// A vision transformer (Dosovitskiy et al., 2021) with normalisation before each part, its
  /// weights named as in timm: `cls_token`, `pos_embed`, `patch_embed.proj`, `blocks.0.attn.qkv`,
  /// …, `norm`, `head`.
  package static func vit(_ sizes: VisionTransformer, key: UInt64) throws -> Network {
    try check(sizes)
    var builder = NetworkBuilder(Keys(key))
    builder.add("patch_embed") { embedding in
      var projection = Convolution(
        sizes.channels, sizes.dim, kernel: sizes.patch, stride: sizes.patch, pad: 0)
      projection.spreadsGrey = true
      embedding.add("proj", projection)
      embedding.add("", Tokens())
    }
    let side = sizes.size / sizes.patch
    builder.add("", Positions(side * side, token: sizes.pool == "first"))
    builder.add("blocks") { blocks in
      for index in 0..<sizes.depth {
        let drop = sizes.dropPath * Double(index) / Double(max(1, sizes.depth - 1))
        blocks.add(nil) { block in transformerBlock(&block, sizes, drop) }
      }
    }
    builder.add("norm", LayerNorm(sizes.dim))
    builder.add("pool", Pool(sizes.pool))
    builder.add("head", Linear(sizes.dim, sizes.classes, init: .normal))
    return builder.network
  }

  private static func transformerBlock(
    _ block: inout NetworkBuilder, _ sizes: VisionTransformer, _ drop: Double
  ) {
    let mixing = block.part("mixing") { part in
      part.add("norm1", LayerNorm(sizes.dim))
      part.add("attn", Attention(sizes.dim, heads: sizes.heads))
    }
    let thinking = block.part("thinking") { part in
      part.add("norm2", LayerNorm(sizes.dim))
      part.add("mlp") { mlp in
        mlp.add("fc1", Linear(sizes.dim, sizes.ratio * sizes.dim, init: .normal))
        mlp.add("act", Activation("gelu"))
        mlp.add("fc2", Linear(sizes.ratio * sizes.dim, sizes.dim, init: .normal))
      }
    }
    block.add("", Residual(mixing, drop: drop))
    block.add("", Residual(thinking, drop: drop))
  }

  private static func check(_ sizes: VisionTransformer) throws {
    try requireHead("vit", sizes.classes, sizes.channels)
    guard sizes.patch > 0, sizes.size > 0, sizes.size % sizes.patch == 0 else {
      throw Problem(
        "range", "patches of \(sizes.patch) pixels do not fill a picture of \(sizes.size)",
        suggestions: [
          "patch = \((1...max(1, min(sizes.patch, sizes.size))).last { sizes.size % $0 == 0 } ?? 1)"
        ])
    }
    guard sizes.depth > 0, sizes.heads > 0, sizes.dim > 0, sizes.dim % sizes.heads == 0 else {
      throw Problem(
        "range",
        "\(sizes.depth) blocks with \(sizes.heads) heads on tokens of \(sizes.dim) numbers",
        notes: ["heads must divide the numbers of a token"])
    }
  }
}
