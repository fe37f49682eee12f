/// The settings in a `.env` file.
///
/// A line is `NAME=value`, `export NAME=value` or `NAME: value`; blanks around the name and the value are ignored. Lines
/// end with LF, CRLF or CR.
///
/// | value | meaning |
/// |---|---|
/// | `plain # comment` | up to a `#` that follows a blank |
/// | `"double"` | may have line breaks, and the escapes `\n \r \t \a \b \f \v \\ \" \' \$` and `` \` `` |
/// | `'single'`, `` `back` `` | may have line breaks; `\'` is a quote where text follows it |
/// | nothing, or `""` | the setting has its default |
///
/// `$NAME` is not replaced. Of two lines with one name, the later one counts.
struct EnvironmentFile: Sendable {
    /// A setting and its line.
    struct Entry: Sendable, Hashable {
        var name: String
        var value: String
        /// The number of its first line, counted from 1.
        var line: Int
    }

    /// A line that cannot be read, without its value, and why.
    struct Fault: Sendable, Hashable {
        /// The line's number, counted from 1; nil for the whole file.
        var line: Int?
        var problem: String
    }

    /// All settings, in the order of their lines.
    private(set) var entries: [Entry] = []
    /// All lines that cannot be read, in order.
    private(set) var faults: [Fault] = []

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - isRequired: Whether a missing file is a fault.
    init(at path: String, isRequired: Bool) {
        do throws(TextFile.Failure) {
            self.init(try TextFile.text(at: path))
        } catch {
            self.init("")
            if error != .absent || isRequired { faults = [Fault(line: nil, problem: error.problem)] }
        }
    }

    /// Reads a file's text.
    init(_ text: String) {
        var parser = EnvironmentFileParser(text)
        while let line = parser.next() {
            switch line {
            case .success(let entry): entries.append(entry)
            case .failure(let fault): faults.append(Fault(line: fault.line, problem: fault.problem))
            }
        }
    }

    /// The values by their names.
    var values: [String: String] {
        Dictionary(entries.map { ($0.name, $0.value) }) { $1 }
    }
}
