/// The header of a WAV file with signed samples of 16 bits and one channel.
struct WAVHeader {
    /// The number of samples in a second.
    let sampleRate: Int
    /// The number of bytes after the header; nil for a stream whose length is not known.
    let dataBytes: Int?

    /// The size of a header in bytes.
    static let size = 44
    /// The length that a stream states, as nothing is known about it.
    private static let unknownLength = UInt32.max

    /// The header.
    var bytes: [UInt8] {
        let length = dataBytes.flatMap { UInt32(exactly: $0) }
        var bytes: [UInt8] = []
        func append(_ text: String) { bytes += Array(text.utf8) }
        func append(_ number: some FixedWidthInteger) {
            withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
        }
        append("RIFF")
        append(length.map { $0 + UInt32(Self.size) - 8 } ?? Self.unknownLength)
        append("WAVEfmt ")
        append(UInt32(16))
        append(UInt16(1))  // PCM
        append(UInt16(1))  // channels
        append(UInt32(sampleRate))
        append(UInt32(sampleRate * 2))
        append(UInt16(2))  // bytes in a frame
        append(UInt16(16))  // bits in a sample
        append("data")
        append(length ?? Self.unknownLength)
        return bytes
    }
}
