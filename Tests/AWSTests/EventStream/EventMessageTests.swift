import Testing

@testable import AWS

/// The frames of event streams; the bytes are those of AWS' own libraries.
@Suite
struct EventMessageTests {
    private static let allTypes = EventMessage(
        headers: [
            .init("0", .bool(true)), .init("1", .bool(false)), .init("2", .integer(2, bytes: 1)),
            .init("3", .integer(3, bytes: 2)), .init("4", .integer(4, bytes: 4)), .init("5", .integer(5, bytes: 8)),
            .init("6", .bytes(Array("bytes".utf8))), .init("7", .text("utf8")), .init("8", .timestamp(8)),
            .init("9", .uuid(Array("0123456789abcdef".utf8))),
        ],
        payload: []
    )
    private static let allTypesBytes: [UInt8] =
        [0, 0, 0, 0x62, 0, 0, 0, 0x52, 0x03, 0xB5, 0xCB, 0x9C]
        + [1, 0x30, 0, 1, 0x31, 1, 1, 0x32, 2, 2, 1, 0x33, 3, 0, 3, 1, 0x34, 4, 0, 0, 0, 4]
        + [1, 0x35, 5, 0, 0, 0, 0, 0, 0, 0, 5, 1, 0x36, 6, 0, 5] + Array("bytes".utf8)
        + [1, 0x37, 7, 0, 4] + Array("utf8".utf8)
        + [1, 0x38, 8, 0, 0, 0, 0, 0, 0, 0, 8, 1, 0x39, 9] + Array("0123456789abcdef".utf8)
        + [0x63, 0x35, 0x36, 0x71]

    private static let oneHeader = EventMessage(
        headers: [.init("content-type", .text("application/json"))],
        payload: Array("{'foo':'bar'}".utf8)
    )
    private static let oneHeaderBytes: [UInt8] =
        [0, 0, 0, 0x3D, 0, 0, 0, 0x20, 0x07, 0xFD, 0x83, 0x96, 0x0C] + Array("content-type".utf8) + [7, 0, 0x10]
        + Array("application/json{'foo':'bar'}".utf8) + [0x8D, 0x9C, 0x08, 0xB1]

    private static let empty: [UInt8] = [
        0, 0, 0, 0x10, 0, 0, 0, 0, 0x05, 0xC2, 0x48, 0xEB, 0x7D, 0x98, 0xC8, 0xFF,
    ]

    @Test
    func encodesAsAWSDoes() {
        #expect(EventMessage(headers: [], payload: []).encoded == Self.empty)
        #expect(Self.oneHeader.encoded == Self.oneHeaderBytes)
        #expect(Self.allTypes.encoded == Self.allTypesBytes)
    }

    @Test(arguments: [1, 2, 7, 61, 10_000])
    func decodesPiecesOfAnySize(_ size: Int) throws {
        let bytes = Self.oneHeaderBytes + Self.empty + Self.allTypesBytes
        var decoder = EventMessageDecoder()
        var messages: [EventMessage] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            messages += try decoder.receive(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        #expect(messages == [Self.oneHeader, EventMessage(headers: [], payload: []), Self.allTypes])
        #expect(!decoder.isInsideMessage)
    }

    @Test
    func tellsAMessageThatIsNotComplete() throws {
        var decoder = EventMessageDecoder()
        #expect(try decoder.receive(Self.oneHeaderBytes.dropLast()) == [])
        #expect(decoder.isInsideMessage)
    }

    /// Whatever bit is wrong, the message is refused.
    @Test
    func refusesEveryFlippedBit() throws {
        for index in Self.oneHeaderBytes.indices {
            for bit in 0..<8 {
                var bytes = Self.oneHeaderBytes
                bytes[index] ^= 1 << bit
                var decoder = EventMessageDecoder()
                #expect(throws: EventMessageDecoder.Fault.checksum) { try decoder.receive(bytes) }
            }
        }
    }

    /// Lengths with a right checksum are refused at once: nothing waits for gigabytes, or reads before the beginning.
    @Test(arguments: [(15, 0), (16, 1), (1 << 31, 0), (300_000, 200_000), (60, 61)])
    func refusesLengthsThatCannotBe(_ total: Int, _ headers: Int) {
        func bigEndian(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
        let lengths = bigEndian(total) + bigEndian(headers)
        var decoder = EventMessageDecoder()
        #expect(throws: EventMessageDecoder.Fault.lengths) {
            try decoder.receive(lengths + bigEndian(Int(CRC32.value(of: lengths))))
        }
    }

    @Test(arguments: [
        [3, 0x61, 0x62], [1, 0x61], [1, 0x61, 10], [1, 0x61, 7, 0, 9, 0x61], [1, 0xFF, 0], [1, 0x61, 7, 0, 1, 0xFF],
    ])
    func refusesHeadersThatAreNone(_ headers: [UInt8]) {
        var bytes = EventMessage(headers: [], payload: headers).encoded
        // The payload becomes the headers.
        bytes[7] = UInt8(headers.count)
        func checksum(_ bytes: some Sequence<UInt8>) -> [UInt8] {
            let value = CRC32.value(of: bytes)
            return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
        }
        bytes.replaceSubrange(8..<12, with: checksum(bytes[..<8]))
        bytes.replaceSubrange((bytes.count - 4)..., with: checksum(bytes.dropLast(4)))
        var decoder = EventMessageDecoder()
        #expect(throws: EventMessageDecoder.Fault.header) { try decoder.receive(bytes) }
    }

    @Test
    func computesTheChecksumOfZip() {
        #expect(CRC32.value(of: "123456789".utf8) == 0xCBF4_3926)
    }
}
