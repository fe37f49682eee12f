internal import FoundationEssentials
internal import SystemPackage

/// Reads small text files: UTF-8 with or without a byte-order mark, or UTF-16 with one.
enum TextFile {
    /// The largest file that is read, in bytes: 1 MiB.
    static let maximumBytes = 1 << 20

    /// Why a file cannot be read as text.
    enum Failure: Error, Hashable {
        /// There is no file at the path.
        case absent
        /// The path is that of a directory.
        case directory
        /// The system refuses to read it, with the system's message.
        case unreadable(String)
        /// It is larger than ``TextFile/maximumBytes``.
        case tooLarge
        /// It has another encoding; the first line that shows it, counted from 1, where it is known.
        case otherEncoding(line: Int?)

        /// What is wrong and what to do, as a clause whose subject is the file.
        var problem: String {
            switch self {
            case .absent: "does not exist"
            case .directory: "is a directory; the path of a file is needed"
            case .unreadable(let reason): "cannot be read: \(reason)"
            case .tooLarge: "is larger than \(TextFile.maximumBytes >> 20) MiB"
            case .otherEncoding(let line?): "is not UTF-8 text, see line \(line); save it as UTF-8"
            case .otherEncoding(nil): "is not UTF-8 text; save it as UTF-8"
            }
        }
    }

    /// Returns the text of a file, without a byte-order mark.
    static func text(at path: String) throws(Failure) -> String {
        try text(of: try bytes(at: path))
    }

    /// Decodes bytes, without a byte-order mark.
    static func text(of bytes: [UInt8]) throws(Failure) -> String {
        switch (bytes.first, bytes.dropFirst().first) {
        case (0xFF, 0xFE): try utf16(bytes.dropFirst(2)) { low, high in UInt16(high) << 8 | UInt16(low) }
        case (0xFE, 0xFF): try utf16(bytes.dropFirst(2)) { high, low in UInt16(high) << 8 | UInt16(low) }
        default: try utf8(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...])
        }
    }

    private static func utf8(_ bytes: ArraySlice<UInt8>) throws(Failure) -> String {
        // UTF-16 of ASCII without a mark is valid UTF-8 with zeros.
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw .otherEncoding(line: lineOfFirstFault(in: bytes))
        }
        return text
    }

    private static func utf16(
        _ bytes: ArraySlice<UInt8>,
        _ join: (UInt8, UInt8) -> UInt16
    ) throws(Failure) -> String {
        guard bytes.count.isMultiple(of: 2) else { throw .otherEncoding(line: nil) }
        let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { join(bytes[$0], bytes[$0 + 1]) }
        // The mark of little-endian UTF-32 begins like that of UTF-16, followed by zeros.
        guard let text = String(validating: units, as: UTF16.self), !units.contains(0) else {
            throw .otherEncoding(line: nil)
        }
        return text
    }

    /// The line of the first byte that is no UTF-8, counted by LF, CRLF and CR.
    private static func lineOfFirstFault(in bytes: ArraySlice<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var line = 1
        var isAfterReturn = false
        while case .scalarValue(let scalar) = decoder.decode(&iterator), scalar != "\0" {
            if scalar == "\r" || scalar == "\n" && !isAfterReturn { line += 1 }
            isAfterReturn = scalar == "\r"
        }
        return line
    }

    private static func bytes(at path: String) throws(Failure) -> [UInt8] {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
            return try file.closeAfter {
                var bytes: [UInt8] = []
                let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
                defer { buffer.deallocate() }
                while case let count = try file.read(into: buffer), count > 0 {
                    bytes += buffer[..<count]
                    guard bytes.count <= maximumBytes else { throw Failure.tooLarge }
                }
                return bytes
            }
        } catch let failure as Failure {
            throw failure
        } catch Errno.noSuchFileOrDirectory {
            throw .absent
        } catch Errno.isDirectory {
            throw .directory
        } catch {
            throw .unreadable("\(error)")
        }
    }
}
