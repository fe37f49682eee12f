/// Joins files of Opus in Ogg into one logical stream (RFC 3533, RFC 7845).
///
/// Files that simply follow each other are a chain, which some players end after its first link. Here the later ones lose
/// their headers, and their pages continue the numbers and times of the first.
struct OggJoiner {
    private var serial: [UInt8] = []
    private var sequence: UInt32 = 0
    /// The time at which the last file ends, in samples.
    private var time: UInt64 = 0

    /// The flag of the page that ends a stream.
    private static let lastPage: UInt8 = 4
    private static let headerBytes = 27

    /// Returns the pages of a file as they continue the stream.
    mutating func pages(adding file: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        let begin = time
        let isFirst = serial.isEmpty
        for (index, page) in Self.pages(of: file).enumerated() {
            // The first two pages are the headers of Opus.
            guard isFirst || index > 1 else { continue }
            if serial.isEmpty { serial = Array(page[14..<18]) }
            let granule = Self.number(page[6..<14])
            // A page on which no packet ends has no time.
            let position = index > 1 && granule != .max ? begin + granule : granule
            if index > 1, granule != .max { time = position }
            result += renumbered(page, position)
        }
        return result
    }

    /// Returns an empty page that ends the stream; nothing if there is none.
    mutating func end() -> [UInt8] {
        guard !serial.isEmpty else { return [] }
        var page = Array("OggS".utf8) + [0, 0] + Array(repeating: 0, count: Self.headerBytes - 6)
        page = renumbered(page, time, flags: Self.lastPage)
        serial = []
        return page
    }

    private mutating func renumbered(_ page: [UInt8], _ position: UInt64, flags: UInt8 = 0) -> [UInt8] {
        var page = page
        page[5] = page[5] & ~Self.lastPage | flags
        for byte in 0..<8 { page[6 + byte] = UInt8(truncatingIfNeeded: position >> UInt64(8 * byte)) }
        page.replaceSubrange(14..<18, with: serial)
        for byte in 0..<4 { page[18 + byte] = UInt8(truncatingIfNeeded: sequence >> UInt32(8 * byte)) }
        for byte in 22..<26 { page[byte] = 0 }
        let checksum = Self.checksum(of: page)
        for byte in 0..<4 { page[22 + byte] = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * byte)) }
        sequence += 1
        return page
    }

    /// The pages of a file; what is not a page ends them.
    private static func pages(of file: [UInt8]) -> [[UInt8]] {
        var pages: [[UInt8]] = []
        var start = 0
        while start + headerBytes <= file.count, file[start...].starts(with: "OggS".utf8) {
            let table = start + headerBytes
            let bodyStart = table + Int(file[start + 26])
            guard bodyStart <= file.count else { break }
            let end = bodyStart + file[table..<bodyStart].reduce(0) { $0 + Int($1) }
            guard end <= file.count else { break }
            pages.append(Array(file[start..<end]))
            start = end
        }
        return pages
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The remainders of the checksum of RFC 3533: polynomial 0x04C11DB7, not reflected.
    private static let remainders: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index) << 24) { value, _ in value & 1 << 31 != 0 ? value << 1 ^ 0x04C1_1DB7 : value << 1 }
    }

    private static func checksum(of page: [UInt8]) -> UInt32 {
        page.reduce(0) { $0 << 8 ^ remainders[Int($0 >> 24) ^ Int($1)] }
    }
}
