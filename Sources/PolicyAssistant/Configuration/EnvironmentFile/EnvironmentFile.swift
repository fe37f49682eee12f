/// The settings that a `.env` file holds.
///
/// A line is `NAME=value`, `export NAME=value` or `NAME: value`; blanks around the name and the value do not count. Lines
/// end with LF, CRLF or CR.
///
/// | value | meaning |
/// |---|---|
/// | `plain # comment` | up to a `#` that follows a blank |
/// | `"double"` | may hold line breaks, and the escapes `\n \r \t \a \b \f \v \\ \" \' \$` and `` \` `` |
/// | `'single'`, `` `back` `` | may hold line breaks; `\'` stands for a quote where the text goes on after it |
/// | nothing, or `""` | the setting has its default |
///
/// `$NAME` is not replaced. Of two lines for one name the later one holds.
struct EnvironmentFile: Sendable {
    /// A setting and where it stands.
    struct Entry: Sendable, Hashable {
        var name: String
        var value: String
        /// The line on which it begins, counted from 1.
        var line: Int
    }

    /// A line that cannot be read, and why; never its value.
    struct Fault: Sendable, Hashable {
        /// The line, counted from 1; nil where the whole file is meant.
        var line: Int?
        var problem: String
    }

    /// All settings, in the order of their lines.
    private(set) var entries: [Entry] = []
    /// All that cannot be read, in the order of the lines.
    private(set) var faults: [Fault] = []

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - isRequired: Whether it is a fault that there is no such file.
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
