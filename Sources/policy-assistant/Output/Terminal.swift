internal import FoundationEssentials

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What people read: results on standard output, everything else on standard error.
enum Terminal {
    /// Whether a person watches standard error.
    static let isInteractive = isatty(STDERR_FILENO) == 1

    static func complain(_ message: String) {
        note("policy-assistant: \(message)")
    }

    static func note(_ line: String) {
        write(line + "\n", to: STDERR_FILENO)
    }

    /// Writes what a person is to answer on the same line.
    static func ask(_ question: String) {
        write(question, to: STDERR_FILENO)
    }

    /// Writes a line to standard output at once, also where that is a pipe.
    static func tell(_ line: String) {
        write(line + "\n", to: STDOUT_FILENO)
    }

    /// Writes over the current line of the terminal.
    static func overwrite(_ line: String) {
        write("\r\u{1B}[2K\(line)", to: STDERR_FILENO)
    }

    /// Writes a value's JSON to standard output.
    static func printJSON(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        tell(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            // A reader that has gone away is no reason to stop.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
