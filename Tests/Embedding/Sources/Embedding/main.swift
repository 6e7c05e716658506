import FDSLKit

// The language inside a program of one's own: functions added, values set, a program run, values
// read back, troubles caught.

let sensors = [21.5, 19.0, 23.25]
let fdsl = Interpreter(limits: .init(seconds: 60), files: .none, seed: 7)

struct NoSuchSensor: Error, CustomStringConvertible {
  var id: Int
  var description: String { "there is no sensor \(id)" }
}

fdsl.add(
  Builtin(
    "reading", "The sensor's last value.", Parameter("id", "which sensor"),
    Parameter("offset", "added to it", default: 0)
  ) { (id: Int, offset: Double) in
    guard sensors.indices.contains(id) else { throw NoSuchSensor(id: id) }
    return sensors[id] + offset
  })

// What programs print comes here.
var printed = ""
fdsl.onPrint = { printed += $0 }
try fdsl.set("limit", to: 20)
try fdsl.run(
  """
  warm(x) = if x > limit { "warm" } else { "cold" }
  for id in 0..3 { print("sensor \\(id): \\(warm(reading(id)))") }
  """)
precondition(printed == "sensor 0: warm\nsensor 1: cold\nsensor 2: warm\n", printed)

// Values come back as the Swift types asked for.
let mean: Double = try fdsl.value("mean([reading(k, offset = 0.5) for k < 3])")
precondition(mean == 21.75, "mean is \(mean)")
let names: [String] = try fdsl.value("map(k -> warm(reading(k)), (0, 1))")
precondition(names == ["warm", "cold"], "names are \(names)")
let table: Tensor = try fdsl.value("[1, 2; 3, 4] @ [0, 1; 1, 0]")
precondition(table.shape == [2, 2] && table[1, 0] == 4, "table is \(table)")

try fdsl.run("rings(x, y) = 0.5 + 0.5sin(12sqrt(x^2 + y^2))")
let picture: Image = try fdsl.value("render(rings, over = (-3..3, -3..3), size = 64)")
precondition(picture.width == 64 && picture.height == 64)

// A mistake arrives with its place; print it whole, or read it field by field.
do {
  try fdsl.run("k = 7\nreading(k)")
  preconditionFailure("a sensor that is not there was read")
} catch {
  precondition(error.message.contains("no sensor 7") && error.line == 2, error.description)
}

do {
  try fdsl.run("save(render(rings, size = 8), \"rings.png\")")
  preconditionFailure("a file was written without leave")
} catch {
  precondition(error.slug == "denied", error.description)
}

print("mean \(mean), picture \(picture.width)×\(picture.height): the language works in here")
