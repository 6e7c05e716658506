import Basics

/// A colour of lines, fills and text, 8 bits a channel.
package struct Colour: Equatable, Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// `#rrggbb` as a number.
  package init(hex: UInt32) {
    self.init(
      UInt8(truncatingIfNeeded: hex >> 16), UInt8(truncatingIfNeeded: hex >> 8),
      UInt8(truncatingIfNeeded: hex))
  }

  /// A colour by name, `#rgb`, `#rrggbb`, or `C0` … `C7` for a place in the cycle.
  package init?(_ text: String) {
    if let named = Self.names[text.lowercased()] {
      self = named
    } else if text.hasPrefix("C"), let index = Int(text.dropFirst()), index >= 0 {
      self = Self.cycle[index % Self.cycle.count]
    } else if text.hasPrefix("#"), let value = UInt32(text.dropFirst(), radix: 16) {
      switch text.utf8.count {
      case 7: self.init(hex: value)
      case 4:
        self.init(
          UInt8(value >> 8) * 17, UInt8(value >> 4 & 15) * 17, UInt8(value & 15) * 17)
      default: return nil
      }
    } else {
      return nil
    }
  }

  /// `#0072b2`.
  package var hex: String {
    let digits = Array("0123456789abcdef")
    return "#"
      + [red, green, blue].map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
  }

  /// This colour mixed with white: what it looks like on paper when it covers `opacity` of it.
  package func covering(_ opacity: Double) -> Colour {
    func mix(_ channel: UInt8) -> UInt8 {
      UInt8((255 + (Double(channel) - 255) * min(max(opacity, 0), 1)).rounded())
    }
    return Colour(mix(red), mix(green), mix(blue))
  }

  /// Rec. 709 luminance of the gamma-coded channels, 0…1; enough to choose text on a fill.
  package var lightness: Double {
    (0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)) / 255
  }

  package static let black = Colour(hex: 0x000000)
  package static let white = Colour(hex: 0xffffff)
  /// Axes, ticks and letters.
  package static let ink = Colour(hex: 0x222222)
  /// Reference lines and quiet text.
  package static let gray = Colour(hex: 0x767676)
  package static let hairline = Colour(hex: 0xe4e4e4)

  /// Okabe and Ito's colours without the yellow that vanishes on paper; neighbours in the cycle
  /// differ in lightness too, so that they survive a gray printer.
  package static let cycle = [
    Colour(hex: 0x0072b2), Colour(hex: 0xd55e00), Colour(hex: 0x009e73), Colour(hex: 0xcc79a7),
    Colour(hex: 0x56b4e9), Colour(hex: 0xe69f00), Colour(hex: 0x4d4d4d), Colour(hex: 0x8c510a),
  ]

  /// Colours by name; the everyday names mean the safe members of the cycle.
  package static let names: [String: Colour] = [
    "black": black, "white": white, "gray": gray, "grey": gray, "blue": cycle[0],
    "vermilion": cycle[1], "orange": cycle[5], "green": cycle[2], "pink": cycle[3],
    "sky": cycle[4], "charcoal": cycle[6], "brown": cycle[7], "red": Colour(hex: 0xc1272d),
    "purple": Colour(hex: 0x6a3d9a), "yellow": Colour(hex: 0xf0e442),
  ]
}

/// A colour setting: one of the cycle by order, or one the user names.
package enum ColourChoice: Equatable, Sendable {
  case automatic
  case fixed(Colour)
}

extension ColourChoice: SettingConvertible {
  package static var typeName: String { "colour name or \"#rrggbb\"" }

  package init?(settingValue: SettingValue) {
    guard case .text(let text) = settingValue else { return nil }
    if text.isEmpty || text == "auto" {
      self = .automatic
    } else if let colour = Colour(text) {
      self = .fixed(colour)
    } else {
      return nil
    }
  }

  package var settingValue: SettingValue {
    switch self {
    case .automatic: .text("auto")
    case .fixed(let colour): .text(colour.hex)
    }
  }
}
