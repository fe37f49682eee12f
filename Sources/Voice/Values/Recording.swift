/// A recording of speech: samples of 16 bits, 16,000 in a second, of one channel.
public struct Recording: Sendable, Hashable {
    /// The number of samples in a second.
    public static let sampleRate = 16_000

    /// The samples, at most as many as ``SpeechLimits/recordingTime`` has.
    public let samples: [Int16]

    /// Creates a recording.
    public init(samples: [Int16]) {
        self.samples = samples
    }

    /// Creates a recording from signed samples of 16 bits, little-endian; half a sample at the end is left out.
    public init(pcm: [UInt8]) {
        samples = stride(from: 0, to: pcm.count & ~1, by: 2).map { index in
            Int16(bitPattern: UInt16(pcm[index]) | UInt16(pcm[index + 1]) << 8)
        }
    }

    /// How long the recording is.
    public var duration: Duration { .milliseconds(samples.count * 1000 / Self.sampleRate) }

    /// The samples as numbers from -1 to 1.
    public var floats: [Float] { samples.map { Float($0) / 32_768 } }

    /// The samples as bytes, little-endian.
    public var pcm: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: samples.count * 2) { buffer, count in
            for (index, sample) in samples.enumerated() {
                buffer[2 * index] = UInt8(truncatingIfNeeded: sample)
                buffer[2 * index + 1] = UInt8(truncatingIfNeeded: sample >> 8)
            }
            count = samples.count * 2
        }
    }

    /// The recording as a WAV file.
    public var wav: [UInt8] { WAVHeader(sampleRate: Self.sampleRate, dataBytes: samples.count * 2).bytes + pcm }
}
