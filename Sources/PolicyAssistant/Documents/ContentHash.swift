internal import Crypto
internal import FoundationEssentials
internal import SystemPackage

/// The SHA-256 of contents, in hexadecimal.
enum ContentHash {
    /// Hashes a file in pieces of 256 KiB, so that a large one costs no memory.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`.
    static func ofFile(at path: String) throws(PolicyAssistantError) -> String {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            return try file.closeAfter {
                var hash = SHA256()
                let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
                defer { buffer.deallocate() }
                while case let count = try file.read(into: buffer), count > 0 {
                    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                }
                return hexadecimal(hash.finalize())
            }
        } catch {
            throw PolicyAssistantError(.fileUnreadable, "it cannot be read", cause: error)
        }
    }

    static func of(_ text: String) -> String {
        hexadecimal(SHA256.hash(data: Data(text.utf8)))
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
