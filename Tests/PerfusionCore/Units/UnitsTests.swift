import Testing

@testable import PerfusionCore

@Suite("Units carry their meaning")
struct UnitsTests {
  @Test("A stroke volume turns speed into flow and back")
  func strokeVolume() {
    let stroke = StrokeVolume(millilitersPerRevolution: 45)
    let flow = stroke * RotationalSpeed(revolutionsPerMinute: 101)
    #expect((flow.litersPerMinute - 4.545).magnitude < 1e-12)
    #expect(((flow / stroke).revolutionsPerMinute - 101).magnitude < 1e-9)
    #expect(flow / StrokeVolume.zero == .zero)
  }

  @Test("A volume lasts for ever without flow")
  func timeToEmpty() {
    #expect((Volume(milliliters: 300) / Flow.zero).seconds == .infinity)
    let time = Volume(milliliters: 300) / Flow(litersPerMinute: 4.56)
    #expect((time.seconds - 3.947).magnitude < 0.001)
  }

  @Test("Clamping holds numbers inside and turns not-a-number into the lower bound")
  func clamping() {
    let low = Pressure.mmHg(0)
    let high = Pressure.mmHg(10)
    #expect(Pressure.mmHg(-5).clamped(low, high) == low)
    #expect(Pressure.mmHg(50).clamped(low, high) == high)
    #expect(Pressure.mmHg(.nan).clamped(low, high) == low)
  }

  @Test("Ticks never run backwards")
  func ticks() {
    #expect(Tick(count: 3) - Tick(count: 5) == 0)
    #expect(Tick(count: 5) - Tick(count: 3) == 2)
    #expect(Tick(count: .max).next == .start)
  }

  @Test("A fixed list refuses what does not fit and what is not there")
  func fixedList() {
    var list = FixedList<2, Double>(filler: 0)
    let fits = [list.append(1), list.append(2), list.append(3)]
    #expect(fits == [true, true, false])
    #expect(list.count == 2 && list.isFull)
    #expect(list.element(at: 2) == nil && list.element(at: -1) == nil)
    list.removeAll()
    #expect(list.isEmpty && list.element(at: 0) == nil)
  }
}
