import LinkMessages
import Testing

@Suite("Check sum")
struct ChecksumTests {
  @Test("The check value of CRC-32 holds")
  func checkValue() {
    var checksum = Checksum()
    for byte in "123456789".utf8 { checksum.add(byte) }
    #expect(checksum.value == 0xCBF4_3926)
  }
}
