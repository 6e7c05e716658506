import Basics
import Figures
import Images
import Language

/// Plots and figures.
enum Plotting: BuiltinLibrary {
  static let title = "Figures"

  static let builtins: [Builtin] =
    Marks.all.filter { !["image", "montage"].contains($0.name) }.map(mark) + [
      Builtin(
        "plot",
        """
        A curve: of a function over a range, through the points (x, y), or of numbers against
        their positions. Plots are values; `+` lays them over each other and adds axes.

            plot(sin, 0..2π);
            plot([1, 2, 3], [4, 2, 5], label = "a") + axes(x = "step");
        """,
        parameters: [
          .init(
            name: "x", text: "function, or places on the x axis", typeName: "function or numbers",
            fallback: nil),
          .init(
            name: "y", text: "range, or heights", typeName: "range or numbers",
            fallback: .some(.none)),
        ] + Line.settings.map(description)
      ) { call, values in
        var arguments = try settings(Array(values.dropFirst(2)), Line.settings.map(\.name))
        if case .function(let function) = values[0] {
          guard case .range(let range) = values[1] else {
            throw Problem(
              "type", "a function is plotted over a range", suggestions: ["plot(f, 0..2π)"],
              argument: 1)
          }
          var plot = try Plot.function(from: range.bounds.low, to: range.bounds.high) { x in
            try call.apply(function, [.real(x)]).number ?? .nan
          }
          if var line = plot.marks[0] as? Line {
            for (name, value) in arguments { try line.set(name, value) }
            plot.marks[0] = line
          }
          return .host(PlotValue(plot))
        }
        if values[1].isNone {
          guard let y = values[0].tensor else {
            throw Problem("type", "`plot` takes a function or numbers", argument: 0)
          }
          arguments.append(("x", .numbers((0..<y.count).map(Double.init))))
          arguments.append(("y", .numbers(y.doubles)))
        } else {
          arguments.append(("x", try FigureArguments.argument(values[0], "x")))
          arguments.append(("y", try FigureArguments.argument(values[1], "y")))
        }
        return .host(PlotValue(Plot([try Line().with(arguments)])))
      },
      Builtin(
        "axes",
        """
        Labels, ranges and scales, to be added to a plot.

            axes(x = "step", y = "loss", ylog = true);
            plot([1, 2], [3, 4]) + axes(title = "two points");
        """,
        parameters: Axes.parameters.map {
          ParameterDescription(
            name: $0.name, text: $0.text, typeName: $0.type, fallback: .some(.none),
            isNamedOnly: true)
        }
      ) { _, values in
        .host(PlotValue(try Plot.axes(try settings(values, Axes.parameters.map(\.name)))))
      },
      Builtin(
        "legend",
        """
        Where the names of the layers stand, to be added to a plot: "best", "off", "top right",
        "top left", "bottom right", "bottom left", "right", "below", "above", "direct".

            legend("off");
            plot([1, 2], [3, 4], label = "a") + legend("direct");
        """, Parameter("position", "place", default: "best"),
        Parameter("columns", "entries beside each other, 0 to choose", default: 0)
      ) { (position: String, columns: Int) in
        Value.host(PlotValue(try Plot.legend(position, columns: columns)))
      },
      Builtin(
        "figure",
        """
        Panels on a page of exact size, with the type sizes of a venue. Lengths are in points;
        `1.6inch` and `40mm` are written as they look. Panels are plots, pictures and montages.
        `.remarks` tells what a reader of the proofs would mark: missing labels, small type,
        colours that look alike.

            figure(plot([1, 2], [3, 4]), column = "neurips", height = 1.6inch).width     #> 396
            a = plot([1, 2], [3, 4]);
            figure((a, a), column = "icml", labels = "(a)").panels       #> 2
            figure(a, column = "icml").remarks[0]        #> "the plot has no label on its x axis"
        """, Parameter("panels", "a plot, or a tuple of panels"),
        Parameter<String?>.optional("column", "venue, such as \"neurips\" or \"cvpr page\""),
        Parameter<Double?>.optional("height", "points; chosen when left out"),
        Parameter("labels", "pattern of panel letters, such as \"(a)\"", default: ""),
        Parameter<Double?>.optional("width", "points, instead of a venue", namedOnly: true),
        Parameter("columns", "panels in a row; 0 for all", default: 0, namedOnly: true),
        Parameter("gap", "points between panels", default: 12.0, namedOnly: true),
        Parameter(
          "widths", "shares of the width, one a column", default: [Double](), namedOnly: true),
        Parameter<String?>.optional("legend", "place of one legend for all panels", namedOnly: true)
      ) {
        (
          panels: Items, column: String?, height: Double?, labels: String, width: Double?,
          columns: Int, gap: Double, widths: [Double], legend: String?
        ) in
        let plots = try panels.values.enumerated().map { index, value in
          guard let plot = try FigureArguments.plot(from: value) else {
            throw Problem(
              "type",
              "panel \(index) is \(Spelling.article(value.typeName)), not a plot or picture",
              argument: 0)
          }
          return plot
        }
        return Value.host(
          FigureValue(
            try Figure(
              plots, column: column, width: width, height: height, labels: labels,
              perRow: columns, gap: gap, widths: widths,
              legend: legend.map { try Legend(named: $0) })))
      },
    ]

  /// The builtin of a mark: channels by position, settings by name.
  private static func mark(_ type: any Mark.Type) -> Builtin {
    func made<M: Mark>(_ type: M.Type) -> Builtin {
      let channels = M.channels.map {
        ParameterDescription(
          name: $0.name, text: $0.text, typeName: $0.typeName,
          fallback: $0.isRequired ? nil : .some(.none))
      }
      let names = M.channels.map(\.name) + M.settings.map(\.name)
      return Builtin(
        M.name, KindBuiltins.page(M.text, M.examples),
        parameters: channels + M.settings.map(description)
      ) { _, values in
        var values = values
        // Heights with their positions may also be written as a surface is: x, y, z.
        if M.self is any HeightField.Type, values[2].tensor?.rank == 2, values[0].tensor?.rank == 1
        {
          values.insert(values.remove(at: 2), at: 0)
        }
        return .host(PlotValue(Plot([try M().with(try settings(values, names))])))
      }
    }
    return made(type)
  }

  private static func description<M>(_ setting: Setting<M>) -> ParameterDescription {
    ParameterDescription(
      name: setting.name, text: setting.text, typeName: setting.typeName, fallback: .some(.none),
      isNamedOnly: true)
  }

  /// The arguments that were given, by name.
  private static func settings(
    _ values: [Value], _ names: [String]
  ) throws -> [(name: String, value: FigureArgument)] {
    try zip(names, values).compactMap { name, value in
      value.isNone ? nil : (name, try FigureArguments.argument(value, name))
    }
  }
}
