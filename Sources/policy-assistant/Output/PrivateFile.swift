internal import PolicyAssistant

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Writes new files that only this user can read.
enum PrivateFile {
    /// Checks that there is no file at a path yet.
    ///
    /// - Throws: `PolicyAssistantError` with the code `fileExists`.
    static func checkAbsent(_ path: String) throws(PolicyAssistantError) {
        guard access(path, F_OK) != 0 else { throw existing(path) }
    }

    /// Writes lines to a new file; a file that cannot be completed is removed.
    ///
    /// - Parameters:
    ///   - lines: The lines without their ends.
    ///   - path: The path, at which no file may be.
    /// - Throws: `PolicyAssistantError` with the code `fileExists` or `fileUnwritable`.
    static func write(lines: some Sequence<String>, to path: String) throws(PolicyAssistantError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw errno == EEXIST ? existing(path) : unwritable(path) }
        var bytes: [UInt8] = []
        var isComplete = true
        for line in lines {
            bytes += line.utf8
            bytes.append(UInt8(ascii: "\n"))
            if bytes.count >= 64 << 10 {
                isComplete = writeAll(bytes, to: descriptor)
                bytes.removeAll(keepingCapacity: true)
            }
            if !isComplete { break }
        }
        isComplete = isComplete && writeAll(bytes, to: descriptor)
        let reason = unwritable(path)
        guard close(descriptor) == 0, isComplete else {
            unlink(path)
            throw reason
        }
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Self.write(descriptor, $0) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
        }
        return true
    }

    private static func write(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
            Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Darwin)
            Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    /// Returns the path of a file beside another, whose name has more at its end: `ben.jsonl` → `ben_chat.jsonl`.
    static func path(beside path: String, adding ending: String) -> String {
        let stem = path.hasSuffix(".jsonl") ? String(path.dropLast(".jsonl".count)) : path
        return "\(stem)_\(ending).jsonl"
    }

    private static func existing(_ path: String) -> PolicyAssistantError {
        PolicyAssistantError(
            .fileExists,
            "\(path) exists already and is not overwritten; remove it, or name another file with -o."
        )
    }

    private static func unwritable(_ path: String) -> PolicyAssistantError {
        PolicyAssistantError(.fileUnwritable, "\(path) cannot be written: \(String(cString: strerror(errno))).")
    }
}
