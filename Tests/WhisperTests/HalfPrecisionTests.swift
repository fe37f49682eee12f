import Testing

@testable import Whisper

@Suite struct HalfPrecisionTests {
    /// Greatest, least normal and least numbers, and some between, of both signs.
    @Test(
        arguments: [
            (0x0000, 0), (0x3C00, 1), (0x3555, 0.333251953125), (0x7BFF, 65504), (0x0400, 0x1p-14),
            (0x03FF, 0x1.FF8p-15),
            (0x0001, 0x1p-24), (0x4248, 3.140625),
        ] as [(UInt16, Float)]
    )
    func convertsNumbers(bits: UInt16, number: Float) {
        for (sign, expected) in [(UInt16(0), number), (0x8000, -number)] {
            let half = bits | sign
            let bytes = [UInt8(half & 0xFF), UInt8(half >> 8)]
            var result: [Float] = [.nan]
            bytes.withUnsafeBytes { bytes in
                result.withUnsafeMutableBufferPointer { result in
                    guard let start = result.baseAddress else { return }
                    unsafe HalfPrecision.convert(bytes, to: start)
                }
            }
            #expect(result[0].bitPattern == expected.bitPattern)
        }
    }
}
