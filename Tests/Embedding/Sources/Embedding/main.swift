import FDSLKit

// The language inside a program of one's own: a function added, a program run, values read back.

let sensors = [21.5, 19.0, 23.25]
let fdsl = Interpreter(limits: .init(seconds: 60), files: .none, seed: 7)

fdsl.add(
  Builtin("reading", "The sensor's last value.", Parameter("id", "which sensor")) { (id: Int) in
    guard sensors.indices.contains(id) else { throw NoSuchSensor(id: id) }
    return sensors[id]
  })

struct NoSuchSensor: Error, CustomStringConvertible {
  var id: Int
  var description: String { "there is no sensor \(id)" }
}

fdsl.onPrint = { print("program says:", $0, terminator: "") }
try fdsl.run(
  """
  warm(x) = if x > 20 { "warm" } else { "cold" }
  for id in 0..3 { print("sensor \\(id): \\(warm(reading(id)))") }
  """)

let mean: Double = try fdsl.value("mean([reading(k) for k < 3])")
precondition(mean == 21.25, "mean is \(mean)")

try fdsl.run("rings(x, y) = 0.5 + 0.5sin(12sqrt(x^2 + y^2))")
let picture: Picture = try fdsl.value("render(rings, over = (-3..3, -3..3), size = 64)")
precondition(picture.width == 64 && picture.height == 64)

do {
  try fdsl.run("reading(7)")
  preconditionFailure("a sensor that is not there was read")
} catch let error as ProgramError {
  precondition(error.message.contains("no sensor 7") && error.line == 1)
}

do {
  try fdsl.run("save(render(rings, size = 8), \"rings.png\")")
  preconditionFailure("a file was written without leave")
} catch let error as ProgramError {
  precondition(error.slug == "denied", error.description)
}

print("mean \(mean), picture \(picture.width)×\(picture.height): the language works in here")
