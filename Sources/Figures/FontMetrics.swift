/// Widths of letters, so that margins are known before anything is drawn.
///
/// Advance widths of DejaVu Sans, the font that every gnuplot with cairo finds on Debian, in
/// thousandths of the type size. Letters outside the tables count as wide as a digit, those of
/// East Asian scripts as a full square: margins then err on the wide side.
package enum FontMetrics {
  /// Printable ASCII, from the space on.
  private static let regular: [Int] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
  ]

  private static let bold: [Int] = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696,
    696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683,
    683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771,
    724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665,
    343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
  ]

  /// Small Greek letters from α to ω.
  private static let greek: [Int] = [
    659, 638, 592, 612, 541, 544, 634, 612, 338, 589, 592, 636, 559, 558, 612, 602, 635, 587, 634,
    602, 579, 660, 578, 660, 837,
  ]

  /// Height of capitals and digits.
  package static let capHeight = 0.729
  /// Depth of letters such as g below the base line.
  package static let descent = 0.236

  /// The width of `text` at `size` points.
  package static func width(_ text: String, size: Double, bold isBold: Bool = false) -> Double {
    var sum = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 32..<127: sum += (isBold ? bold : regular)[Int(scalar.value) - 32]
      case 0x3b1...0x3c9: sum += greek[Int(scalar.value) - 0x3b1]
      case 0x300...0x36f, 0x200b...0x200f: continue
      case 0x2212, 0xd7, 0xb1, 0x2192, 0x2264, 0x2265: sum += 838
      case 0x1100...0x11ff, 0x2e80...0xd7a3, 0xf900...0xfaff, 0xff00...0xff60, 0x1f000...:
        sum += 1000
      default: sum += 636
      }
    }
    return Double(sum) / 1000 * size
  }
}
