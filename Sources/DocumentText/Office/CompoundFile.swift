/// The names in a compound file (OLE), the container of Office 97–2003 and of protected documents of later versions.
struct CompoundFile {
    /// The names of all streams and folders in the file.
    let names: Set<String>

    private static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let entrySize = 128
    private static let maximumSectors = 4_096

    /// Whether bytes start like a compound file.
    static func isOne(_ bytes: [UInt8]) -> Bool { bytes.starts(with: signature) }

    /// Reads the directory of a compound file; nil if the bytes are not one.
    ///
    /// - Parameter bytes: The file, or its first part; names in the rest are not found.
    init?(_ bytes: [UInt8]) {
        guard Self.isOne(bytes), bytes.count >= 512 else { return nil }
        func number(_ position: Int, _ size: Int) -> Int {
            guard position >= 0, position + size <= bytes.count else { return Int(UInt32.max) }
            return (0..<size).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
        }
        let shift = number(30, 2)
        guard shift == 9 || shift == 12 else { return nil }
        let sectorSize = 1 << shift
        func start(of sector: Int) -> Int { (sector + 1) * sectorSize }
        // The header lists the first 109 sectors of the allocation table; only very large files have more.
        let table = (0..<109).map { number(76 + $0 * 4, 4) }
        func next(_ sector: Int) -> Int {
            let perSector = sectorSize / 4
            guard sector / perSector < table.count else { return Int(UInt32.max) }
            return number(start(of: table[sector / perSector]) + sector % perSector * 4, 4)
        }
        var names: Set<String> = []
        var sector = number(48, 4)
        var count = 0
        while sector < 0xFFFF_FFFA, count < Self.maximumSectors, start(of: sector) + sectorSize <= bytes.count {
            for entry in stride(from: start(of: sector), to: start(of: sector) + sectorSize, by: Self.entrySize) {
                let length = min(number(entry + 64, 2), 64) / 2 - 1
                guard length > 0 else { continue }
                names.insert(String(decoding: (0..<length).map { UInt16(number(entry + $0 * 2, 2)) }, as: UTF16.self))
            }
            sector = next(sector)
            count += 1
        }
        self.names = names
    }

    /// The error of a protected file; nil if it is not protected.
    var protection: ExtractionError? {
        if names.contains(where: { $0.contains("DRMEncrypted") || $0 == "\u{9}DRMContent" }) {
            return .invalid(
                "The file is protected by a sensitivity label or another rights management (Microsoft Purview): remove the "
                    + "protection, or save an unprotected copy."
            )
        }
        guard names.contains("EncryptedPackage") else { return nil }
        return .invalid("The file is protected with a password: save it without one.")
    }
}
