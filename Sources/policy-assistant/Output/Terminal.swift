internal import FoundationEssentials
internal import PolicyAssistant

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What people read: results on standard output, everything else on standard error.
///
/// What a terminal would obey is shown escaped, wherever it comes from: a file name or an answer is text and nothing else.
enum Terminal {
    /// Whether a person watches standard error.
    static let isInteractive = isatty(STDERR_FILENO) == 1

    static func complain(_ message: String) {
        note("policy-assistant: \(message)")
    }

    /// Writes a line, or several, to standard error.
    static func note(_ text: String) {
        write(text.escapingControls(keepingLines: true) + "\n", to: STDERR_FILENO)
    }

    /// Writes what a person is to answer on the same line.
    static func ask(_ question: String) {
        write(question.escapingControls(), to: STDERR_FILENO)
    }

    /// Writes a line, or several, to standard output at once, also where that is a pipe.
    static func tell(_ text: String) {
        write(text.escapingControls(keepingLines: true) + "\n", to: STDOUT_FILENO)
    }

    /// Writes over the current line of the terminal.
    static func overwrite(_ line: String) {
        write("\r\u{1B}[2K\(line.escapingControls())", to: STDERR_FILENO)
    }

    /// Writes a log line's JSON to standard error.
    static func noteJSON(_ json: String) {
        write(escapingControls(inJSON: json) + "\n", to: STDERR_FILENO)
    }

    /// Writes a value's JSON to standard output.
    static func printJSON(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(value), as: UTF8.self)
        write(escapingControls(inJSON: json) + "\n", to: STDOUT_FILENO)
    }

    /// JSON of the same values in which nothing stands that a terminal obeys: in its strings, JSON has an escape for it.
    static func escapingControls(inJSON json: String) -> String {
        guard json.unicodeScalars.contains(where: { $0.isObeyedByTerminals && $0 != "\n" }) else { return json }
        var text = ""
        for scalar in json.unicodeScalars {
            guard scalar.isObeyedByTerminals, scalar != "\n" else {
                text.unicodeScalars.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return text
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
