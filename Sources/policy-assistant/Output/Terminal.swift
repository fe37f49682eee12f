internal import FoundationEssentials
internal import PolicyAssistant

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The program's output: results on standard output, everything else on standard error.
///
/// Control characters are escaped wherever a text comes from, so that a file name or an answer cannot control the
/// terminal.
enum Terminal {
    /// Whether standard error is a terminal.
    static let isInteractive = isatty(STDERR_FILENO) == 1

    /// Writes an error message to standard error.
    static func error(_ message: String) {
        note("policy-assistant: \(message)")
    }

    /// Writes an error to standard error and, if an upstream call failed, the call and its response.
    static func error(_ error: PolicyAssistantError, showsUpstreamMessage: Bool) {
        self.error(error.message)
        if let call = error.upstreamCall { note("  \(call)") }
        if showsUpstreamMessage, let message = error.upstreamWords { note("  upstream says: \(message)") }
    }

    /// Writes one or more lines to standard error.
    static func note(_ text: String) {
        writeAll(text.escapingControls(keepingLines: true) + "\n", to: STDERR_FILENO)
    }

    /// Writes a log line's JSON to standard error.
    static func noteJSON(_ json: String) {
        writeAll(escapingControls(inJSON: json) + "\n", to: STDERR_FILENO)
    }

    /// Writes a question to standard error, without a line break after it.
    static func prompt(_ question: String) {
        writeAll(question.escapingControls(), to: STDERR_FILENO)
    }

    /// Replaces the current line of standard error.
    static func overwrite(_ line: String) {
        writeAll("\r\u{1B}[2K\(line.escapingControls())", to: STDERR_FILENO)
    }

    /// Writes one or more lines to standard output, unbuffered.
    static func output(_ text: String) {
        writeAll(text.escapingControls(keepingLines: true) + "\n", to: STDOUT_FILENO)
    }

    /// Writes a value to standard output, as JSON or as text.
    static func output<Value: Encodable>(_ value: Value, asJSON: Bool, text: (Value) -> String) throws {
        if asJSON { try outputJSON(value) } else { output(text(value)) }
    }

    /// Writes rows to standard output, as a JSON array or as a line for each row.
    static func output<Row: Encodable>(rows: [Row], asJSON: Bool, text: (Row) -> String) throws {
        guard !asJSON else { return try outputJSON(rows) }
        for row in rows { output(text(row).escapingControls()) }
    }

    /// Writes a value's JSON to standard output.
    static func outputJSON(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(value), as: UTF8.self)
        writeAll(escapingControls(inJSON: json) + "\n", to: STDOUT_FILENO)
    }

    /// Returns equivalent JSON with all control characters but line breaks as JSON escapes.
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

    private static func writeAll(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            // A closed pipe does not end the program.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
