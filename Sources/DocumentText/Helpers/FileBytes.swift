internal import SystemPackage

/// Reads bytes of files.
enum FileBytes {
    /// Reads the first bytes of a file.
    ///
    /// - Parameters:
    ///   - limit: The maximum number of bytes.
    ///   - path: The file's path.
    /// - Returns: The file's bytes, up to the limit.
    /// - Throws: `Errno`.
    static func first(_ limit: Int, at path: String) throws -> [UInt8] {
        let file = try FileDescriptor.open(FilePath(path), .readOnly)
        return try file.closeAfter { try file.bytes(upTo: limit) }
    }

    /// Reads the last bytes of a file.
    ///
    /// - Parameters:
    ///   - limit: The maximum number of bytes.
    ///   - path: The file's path.
    /// - Returns: The file's bytes, up to the limit.
    /// - Throws: `Errno`.
    static func last(_ limit: Int, at path: String) throws -> [UInt8] {
        let file = try FileDescriptor.open(FilePath(path), .readOnly)
        return try file.closeAfter {
            let size = try file.seek(offset: 0, from: .end)
            try file.seek(offset: max(0, size - Int64(limit)), from: .start)
            return try file.bytes(upTo: limit)
        }
    }

    /// Whether bytes contain others.
    static func contain(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool { firstIndex(of: wanted, in: bytes) != nil }

    /// Where bytes contain others first; nil if they do not.
    static func firstIndex(of wanted: [UInt8], in bytes: [UInt8]) -> Int? {
        guard let first = wanted.first else { return bytes.startIndex }
        var position = bytes.startIndex
        while let start = bytes[position...].firstIndex(of: first) {
            if bytes[start...].starts(with: wanted) { return start }
            position = start + 1
        }
        return nil
    }
}

extension FileDescriptor {
    /// Reads to the end of the file or up to a number of bytes.
    fileprivate func bytes(upTo limit: Int) throws -> [UInt8] {
        var collected: [UInt8] = []
        while collected.count < limit {
            let wanted = min(limit - collected.count, 1 << 20)
            let chunk = try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                count = try read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            if chunk.isEmpty { break }
            collected += chunk
        }
        return collected
    }
}
