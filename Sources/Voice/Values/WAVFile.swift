/// The samples of a WAV file with 16 bits and one channel.
struct WAVFile {
    let sampleRate: Int
    let pcm: [UInt8]

    /// Reads a file; nil if it is not such a file.
    ///
    /// Lengths are not trusted: a stream states the maximum, and its samples go to the end.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WAVE".utf8) else { return nil }
        func number(at offset: Int, bytes count: Int) -> Int {
            bytes[offset..<(offset + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        var offset = 12
        var rate: Int?
        while offset + 8 <= bytes.count {
            let length = number(at: offset + 4, bytes: 4)
            let start = offset + 8
            if bytes[offset...].starts(with: "fmt ".utf8), start + 16 <= bytes.count {
                let isPlain = number(at: start, bytes: 2) == 1 && number(at: start + 2, bytes: 2) == 1
                guard isPlain, number(at: start + 14, bytes: 2) == 16 else { return nil }
                rate = number(at: start + 4, bytes: 4)
            } else if bytes[offset...].starts(with: "data".utf8), let rate {
                sampleRate = rate
                pcm = Array(bytes[start..<min(bytes.count, start + length)])
                return
            }
            // Chunks begin at even offsets.
            offset = start + length + length % 2
        }
        return nil
    }
}
