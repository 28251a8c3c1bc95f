/// A thing on the board that a fault can befall.
enum FaultTarget: Hashable {
  case bus(Int)
  case chip(Int)
  case sensor(Int)
  case inputLine(Int)
  case tachometer(line: Int)
  case outputLine(Int)
  case drive(Int)
  case shaft(Int)
  case arterialClamp
  case venousOccluder
  case occlusionActuator(Int)
  case heater(Int)
  case contactor(Int)
  case chiller(Int)
  case waterPump(Int)
  case cutOut(Int)
  case buzzer
  case redLamp
  case yellowLamp
  case cyanLamp
  case watchdog
  case mains
  case battery
  case store
  case display
}
