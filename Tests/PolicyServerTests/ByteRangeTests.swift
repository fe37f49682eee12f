import HTTPTypes
import Testing

@testable import PolicyServer

@Suite struct ByteRangeTests {
    @Test(arguments: [
        ("bytes=0-9", ByteRange.part(0..<10)), ("bytes=90-", .part(90..<100)), ("bytes=-10", .part(90..<100)),
        ("Bytes= 5 - 5 ", .part(5..<6)), ("bytes=50-1000", .part(50..<100)), ("bytes=-1000", .part(0..<100)),
        ("bytes=0-99999999999999999999999", .part(0..<100)), ("bytes=100-", .unsatisfiable),
        ("bytes=99999999999999999999999-", .unsatisfiable), ("bytes=-0", .unsatisfiable),
        ("bytes=5-4", .whole), ("bytes=0-1,5-6", .whole), ("lines=0-9", .whole), ("bytes=a-b", .whole),
        ("bytes=-", .whole), ("bytes=+1-2", .whole), ("bytes", .whole), ("", .whole), ("bytes=--5", .whole),
    ])
    func parsesRanges(field: String, range: ByteRange) {
        #expect(ByteRange(field, length: 100) == range)
    }

    @Test func emptyContentHasNoRange() {
        #expect(ByteRange("bytes=0-", length: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-5", length: 0) == .unsatisfiable)
    }
}
