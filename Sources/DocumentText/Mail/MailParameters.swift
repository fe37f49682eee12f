/// The value of a header field with its parameters: `text/plain; charset=utf-8`.
struct MailParameters {
    /// The value, in lower case.
    let value: String
    private var parameters: [String: String] = [:]

    /// Reads the value of a field.
    init(_ field: String) {
        let pieces = Self.pieces(of: field)
        value = pieces.first.map { $0[...].trimmingBlanks.lowercased() } ?? ""
        var continued: [String: [(number: Int, text: String, isEncoded: Bool)]] = [:]
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = piece[..<equals].trimmingBlanks.lowercased()
            let text = Self.unquoted(String(piece[piece.index(after: equals)...].trimmingBlanks))
            guard name.contains("*") else {
                if parameters[name] == nil { parameters[name] = text }
                continue
            }
            // RFC 2231: `filename*=utf-8''a%20b`, and in pieces `filename*0*=…; filename*1=…`.
            let parts = name.split(separator: "*", omittingEmptySubsequences: false)
            let isNumbered = parts.count > 1 && Int(parts[1]) != nil
            let number = isNumbered ? Int(parts[1]) ?? 0 : 0
            continued[String(parts[0]), default: []].append((number, text, name.hasSuffix("*")))
        }
        for (name, pieces) in continued {
            let sorted = pieces.sorted { $0.number < $1.number }
            guard let first = sorted.first else { continue }
            let marks = first.text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
            let charset = first.isEncoded && marks.count == 3 ? String(marks[0]) : "utf-8"
            var bytes: [UInt8] = []
            for (position, piece) in sorted.enumerated() {
                let text = position == 0 && first.isEncoded && marks.count == 3 ? String(marks[2]) : piece.text
                bytes += piece.isEncoded ? TransferEncoding.percent(text) : Array(text.utf8)
            }
            parameters[name] = MailText.text(from: bytes, charset: charset)
        }
    }

    /// The parameter of a name; nil if there is none.
    subscript(name: String) -> String? { parameters[name] }

    /// The parts between semicolons outside of quotes.
    private static func pieces(of field: String) -> [String] {
        var pieces = [""]
        var isQuoted = false
        var isEscaped = false
        for letter in field {
            if letter == ";", !isQuoted {
                pieces.append("")
                continue
            }
            if letter == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = letter == "\\" && !isEscaped
            pieces[pieces.count - 1].append(letter)
        }
        return pieces
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count > 1, text.first == "\"", text.last == "\"" else { return text }
        var plain = ""
        var isEscaped = false
        for letter in text.dropFirst().dropLast() {
            if letter == "\\", !isEscaped {
                isEscaped = true
            } else {
                plain.append(letter)
                isEscaped = false
            }
        }
        return plain
    }
}
