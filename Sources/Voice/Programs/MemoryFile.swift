internal import CMemoryFile
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file in memory, for a program that reads a format back and forth.
///
/// A recording is in no folder at any time, so nobody else can open it, and none is left after a crash.
final class MemoryFile: Sendable {
    /// The file, positioned at its beginning.
    let descriptor: FileDescriptor

    /// Creates a file with a content.
    ///
    /// - Throws: ``VoiceError`` if there is no room for it.
    init(_ bytes: [UInt8]) throws(VoiceError) {
        do {
            descriptor = try Self.create()
            do {
                try descriptor.writeAll(bytes)
                try descriptor.seek(offset: 0, from: .start)
            } catch {
                try? descriptor.close()
                throw error
            }
        } catch {
            throw VoiceError(.failed, "There is no room in memory for the sound.")
        }
    }

    deinit { try? descriptor.close() }

    private static func create() throws -> FileDescriptor {
        #if os(Linux)
            let number = cmemoryfile_create("recording")
            guard number >= 0 else { throw Errno(rawValue: errno) }
            return FileDescriptor(rawValue: number)
        #else
            // A file without a name in the folder of temporary files.
            var template = Array("/tmp/policy-assistant-recording-XXXXXX".utf8CString)
            let number = mkstemp(&template)
            guard number >= 0 else { throw Errno(rawValue: errno) }
            unlink(template)
            return FileDescriptor(rawValue: number)
        #endif
    }
}
