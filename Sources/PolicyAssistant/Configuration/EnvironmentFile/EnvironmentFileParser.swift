/// Reads the text of a `.env` file, entry by entry; see ``EnvironmentFile`` for the grammar.
struct EnvironmentFileParser {
    /// An entry that cannot be read.
    struct Fault: Error {
        let line: Int
        let problem: String
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var line = 1

    init(_ text: String) {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.unicodeScalars.count)
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            if scalar != "\n" || !isAfterReturn { scalars.append(scalar == "\r" ? "\n" : scalar) }
            isAfterReturn = scalar == "\r"
        }
        self.scalars = scalars
    }

    /// Returns the next entry or fault; nil at the end.
    ///
    /// After a fault, it continues with the next line.
    mutating func next() -> Result<EnvironmentFile.Entry, Fault>? {
        skipToEntry()
        guard current != nil else { return nil }
        let line = line
        do throws(Fault) {
            let name = try self.name()
            let value = try self.value()
            return .success(.init(name: name, value: value, line: line))
        } catch {
            skipLine()
            return .failure(error)
        }
    }

    // MARK: Names

    private mutating func name() throws(Fault) -> String {
        var name = takeWord()
        let isExported = name == "export" && isBlank(current)
        if isExported {
            skipBlanks()
            name = takeWord()
        }
        skipBlanks()
        // The text may be part of a value, such as a key on a line of its own, so it is not repeated.
        guard isName(name) else { throw fault("does not begin with the name of a setting; a line is NAME=value") }
        switch current {
        case "=":
            position += 1
        case ":" where isBlank(peek) || isLineEnd(peek):
            position += 1
        default:
            throw fault("has no “=” after its first word; a line is NAME=value, a comment begins with #")
        }
        return name
    }

    /// Takes a word up to a blank, a separator or the line's end.
    private mutating func takeWord() -> String {
        var word = String.UnicodeScalarView()
        while let scalar = current, !isBlank(scalar), !isLineEnd(scalar), scalar != "=", scalar != ":" {
            word.append(scalar)
            position += 1
        }
        return String(word)
    }

    private func isName(_ word: String) -> Bool {
        guard let first = word.utf8.first, first.isLetter || first == UInt8(ascii: "_") else { return false }
        return word.utf8.allSatisfy { $0.isLetter || $0.isDigit || "_.-".utf8.contains($0) }
    }

    // MARK: Values

    private mutating func value() throws(Fault) -> String {
        let begins = position
        skipBlanks()
        switch current {
        case "\""?, "'"?, "`"?:
            return try quotedValue()
        case "“"?, "”"?, "„"?, "‘"?, "’"?, "«"?:
            throw fault("has a value in typographic quotes; use \" or '")
        case "#"? where position > begins:
            skipLine()
            return ""
        default:
            return plainValue()
        }
    }

    private mutating func plainValue() -> String {
        var value = String.UnicodeScalarView()
        while let scalar = current, !isLineEnd(scalar) {
            if scalar == "#", isBlank(value.last) { break }
            value.append(scalar)
            position += 1
        }
        while isBlank(value.last) { value.removeLast() }
        skipLine()
        return String(value)
    }

    private mutating func quotedValue() throws(Fault) -> String {
        let (quote, begins, beginsOnLine) = (scalars[position], position, line)
        position += 1
        var value = String.UnicodeScalarView()
        while let scalar = current {
            position += 1
            switch scalar {
            case quote:
                guard isRestOfLineEmpty else {
                    // In single quotes and backticks a backslash is literal, except before a quote that text follows.
                    if quote != "\"", value.last == "\\" {
                        value.removeLast()
                        value.append(quote)
                        continue
                    }
                    throw Fault(line: beginsOnLine, problem: "has text after the quote that ends the value")
                }
                skipLine()
                return String(value)
            case "\\" where quote == "\"":
                guard let next = current else { continue }
                if let meant = Self.escapes[next] {
                    value.append(meant)
                    position += 1
                } else {
                    value.append(scalar)
                }
            case "\n":
                line += 1
                value.append(scalar)
            default:
                value.append(scalar)
            }
        }
        // The lines after the quote are read by themselves, so that their faults are reported as well.
        (position, line) = (begins, beginsOnLine)
        throw fault("has a value whose quote \(quote) is not closed")
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "n": "\n", "r": "\r", "t": "\t", "a": "\u{07}", "b": "\u{08}", "f": "\u{0C}", "v": "\u{0B}", "\\": "\\",
        "\"": "\"", "'": "'", "`": "`", "$": "$",
    ]

    // MARK: Lines

    private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private var peek: Unicode.Scalar? { position + 1 < scalars.count ? scalars[position + 1] : nil }

    /// Whether only blanks and a comment are left of the line.
    private var isRestOfLineEmpty: Bool {
        let rest = scalars[position...].first { !isBlank($0) }
        return isLineEnd(rest) || rest == "#"
    }

    /// Skips empty lines, comments, and the blanks before an entry.
    private mutating func skipToEntry() {
        while true {
            skipBlanks()
            guard current == "#" || current == "\n" else { return }
            skipLine()
        }
    }

    private mutating func skipBlanks() {
        while isBlank(current) { position += 1 }
    }

    /// Goes to the beginning of the next line.
    private mutating func skipLine() {
        while let scalar = current {
            position += 1
            guard scalar == "\n" else { continue }
            line += 1
            return
        }
    }

    private func isBlank(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return scalar != "\n" && scalar.properties.isWhitespace
    }

    private func isLineEnd(_ scalar: Unicode.Scalar?) -> Bool { scalar == nil || scalar == "\n" }

    private func fault(_ problem: String) -> Fault { Fault(line: line, problem: problem) }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
