import Basics

/// How a line is broken: lengths of ink and gap in multiples of its width.
package enum Dash: String, CaseIterable, Sendable {
  case automatic = "auto"
  case solid, dashed, dotted, dashdot, longdash

  /// Alternating ink and gap in line widths; empty for a solid line. Ends are round and add one
  /// width to the ink, which the numbers already take off.
  package var pattern: [Double] {
    switch self {
    case .automatic, .solid: []
    case .dashed: [3.2, 2.6]
    case .dotted: [0.2, 2.2]
    case .dashdot: [4.5, 2.4, 0.2, 2.4]
    case .longdash: [7, 2.6]
    }
  }

  /// The order in which a panel's lines take dashes.
  package static let cycle: [Dash] = [.solid, .dashed, .dotted, .dashdot, .longdash]
}

extension Dash: NamedLook {}

/// The shape of a point.
package enum Marker: String, CaseIterable, Sendable {
  case automatic = "auto"
  case circle, square, triangle, diamond, down, ring, box, cross, plus, dot

  /// The order in which a panel's series take shapes.
  package static let cycle: [Marker] = [.circle, .square, .triangle, .diamond, .down, .ring, .box]

  /// Factor on the size at which the shapes look equally large.
  package var weight: Double {
    switch self {
    case .square, .box: 0.88
    case .triangle, .down, .diamond: 1.18
    case .dot: 0.5
    case .automatic, .circle, .ring, .cross, .plus: 1
    }
  }
}

extension Marker: NamedLook {}

/// A look that is set by its name; an empty name leaves it open, which is "auto".
package protocol NamedLook: SettingConvertible, CaseIterable, RawRepresentable<String> {}

extension NamedLook {
  package static var typeName: String {
    allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
  }
  package init?(settingValue: SettingValue) {
    guard case .text(let text) = settingValue else { return nil }
    self.init(rawValue: text.isEmpty ? "auto" : text)
  }
  package var settingValue: SettingValue { .text(rawValue) }
}

/// A choice that is made for the user unless they make it.
package enum Choice: Equatable, Sendable {
  case automatic, on, off

  /// The choice made, `fallback` when it was left open.
  package func resolved(_ fallback: Bool) -> Bool {
    switch self {
    case .automatic: fallback
    case .on: true
    case .off: false
    }
  }
}

extension Choice: SettingConvertible {
  package static var typeName: String { "true or false" }
  package init?(settingValue: SettingValue) {
    switch settingValue {
    case .boolean(let value): self = value ? .on : .off
    case .text("auto"): self = .automatic
    case .integer, .real, .text: return nil
    }
  }
  package var settingValue: SettingValue {
    switch self {
    case .automatic: .text("auto")
    case .on: .boolean(true)
    case .off: .boolean(false)
    }
  }
}

/// What every mark can be told about its looks.
package struct MarkStyle: Equatable, Sendable {
  /// Text in the legend; empty for none.
  package var label = ""
  package var color = ColourChoice.automatic
  /// Line width in points; 0 for the mark's own.
  package var width = 0.0
  package var dash = Dash.automatic
  package var marker = Marker.automatic
  /// Diameter of points in points; 0 for the mark's own.
  package var size = 0.0
  /// Share of the paper that a fill covers; 0 for the mark's own.
  package var opacity = 0.0

  package init() {}
}

/// The looks of one mark after the figure has given out colours, dashes and shapes.
package struct Look: Equatable, Sendable {
  package var color: Colour
  package var dash: Dash
  package var marker: Marker
}
