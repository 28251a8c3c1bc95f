import PerfusionCore

/// A recorded signal.
public struct Trace: Sendable {
  /// The observable's name.
  public var name: String
  /// Its unit.
  public var unit: String
  /// The plot that it belongs to.
  public var plot: String
  /// Horizontal lines to draw with it: limits of the machine.
  public var limits: [Double]
  /// The samples.
  public var series: PeakSeries
  let source: ObservableSource
}

/// Records the key signals of a run ten times a second.
struct Recorder: Sendable {
  private(set) var traces: [Trace] = []
  private var nextSample = -Double.infinity
  /// Most points of one signal.
  static let points = 2000
  static let period = 0.1

  init(_ machine: MachineConfiguration) {
    let names = ObservableNames(machine)
    for row in PlotTable.rows(machine) {
      guard let observable = names[row.name] else { continue }
      traces.append(
        Trace(
          name: row.name, unit: observable.dimension.unit, plot: row.plot, limits: row.limits,
          series: PeakSeries(points: Self.points), source: observable.source))
    }
  }

  mutating func take(_ gauges: any GaugeReader, at time: Double) {
    guard time >= nextSample - 1e-9 else { return }
    nextSample = max(time, nextSample) + Self.period
    for index in traces.indices {
      traces[index].series.add(.init(time: time, value: gauges.value(of: traces[index].source)))
    }
  }
}

/// Which signals a report plots.
enum PlotTable {
  struct Row {
    let plot: String
    let name: String
    var limits: [Double] = []
  }

  static func rows(_ machine: MachineConfiguration) -> [Row] {
    var rows: [Row] = []
    for index in machine.pumps.indices {
      let pump = machine.pumps[index]
      let plot = pump.role == .arterial || machine.kind == .organ ? "Speed" : "Secondary pumps"
      rows.append(Row(plot: plot, name: "\(pump.role).speed"))
      rows.append(Row(plot: plot, name: "\(pump.role).commanded"))
      if pump.role == .arterial || machine.kind == .organ {
        rows.append(Row(plot: "Flow", name: "\(pump.role).flow"))
        rows.append(Row(plot: "Flow", name: "\(pump.role).setFlow"))
      }
    }
    return flowRows + rows + pressureRows(machine) + otherRows(machine)
  }

  private static var flowRows: [Row] {
    ["arterialFlow", "venousFlow", "organArteryFlow", "portalVeinFlow"].map {
      Row(plot: "Flow", name: $0)
    }
  }

  private static func pressureRows(_ machine: MachineConfiguration) -> [Row] {
    let limits = machine.limits
    let stop = machine.pumps.element(at: 0)?.stopPressure.base ?? 350
    let regulate = machine.pumps.element(at: 0)?.regulatePressure.base ?? 300
    let isOrgan = machine.kind == .organ
    let arterial =
      isOrgan ? [limits.organArteryStop.base] : [limits.pressureAlert.base, regulate, stop]
    return [
      Row(
        plot: "Pressure", name: isOrgan ? "organArteryPressure" : "arterialLinePressure",
        limits: arterial),
      Row(plot: "Pressure", name: "preOxygenatorPressure"),
      Row(plot: "Pressure", name: "pumpInletPressure"),
      Row(plot: "Pressure", name: "arterialPressure"),
      Row(plot: "Pressure", name: "cardioplegiaLinePressure"),
      Row(plot: "Pressure", name: "cardioplegiaRootPressure"),
      Row(
        plot: "Pressure", name: "portalVeinPressure",
        limits: isOrgan ? [limits.portalVeinStop.base] : []),
    ]
  }

  private static func otherRows(_ machine: MachineConfiguration) -> [Row] {
    let reservoir = machine.reservoir
    let blood = machine.bloodTemperature
    return [
      Row(
        plot: "Reservoir", name: "reservoirVolume",
        limits: reservoir.isFitted ? [reservoir.alert.base, reservoir.alarm.base] : []),
      Row(
        plot: "Blood temperature", name: "arterialBloodTemperature", limits: [blood.ceiling.base]),
      Row(plot: "Blood temperature", name: "venousBloodTemperature"),
      Row(plot: "Blood temperature", name: "nasopharyngealTemperature"),
      Row(plot: "Blood temperature", name: "bladderTemperature"),
      Row(plot: "Blood temperature", name: "organTemperature"),
      Row(
        plot: "Water bath", name: "patientBathTemperature",
        limits: [machine.patientCircuit.hottest.base]),
      Row(plot: "Water bath", name: "patientWater.setpoint"),
      Row(plot: "Water bath", name: "cardioplegiaBathTemperature"),
    ]
  }
}
