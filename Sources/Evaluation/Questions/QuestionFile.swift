internal import FoundationEssentials

/// A file of questions of an evaluation.
///
/// Files whose names end with `.yaml` or `.yml` are promptfoo's configurations; those with `.json` are promptfoo's
/// configurations or lists of questions; all others have one JSON object per line.
public struct QuestionFile: Sendable {
    /// The questions, without drafts.
    public private(set) var questions: [EvaluationQuestion] = []
    /// The number of questions that are drafts.
    public private(set) var drafts = 0
    /// Remarks on parts of the file that are ignored.
    public private(set) var notes: [String] = []

    /// Reads the text of a file.
    ///
    /// - Parameters:
    ///   - text: The file's text.
    ///   - name: The file's name, whose extension decides the format.
    /// - Throws: ``QuestionFileFaults`` with every fault.
    public init(_ text: String, named name: String) throws(QuestionFileFaults) {
        var faults: [String] = []
        let entries: [Entry]
        do throws(QuestionFault) {
            switch name.split(separator: ".").last?.lowercased() {
            case "yaml", "yml":
                entries = try Self.promptfooEntries(PromptfooConfiguration.value(ofYAML: text))
            case "json":
                entries = try Self.entries(ofJSON: text)
            default:
                entries = Self.lines(of: text, &faults)
            }
        } catch {
            throw QuestionFileFaults([error.message])
        }
        var unknown: [String: [String]] = [:]
        for entry in entries {
            do throws(QuestionFault) {
                try add(entry, &unknown)
            } catch {
                faults.append("\(entry.place): \(error.message)")
            }
        }
        for (name, places) in unknown.sorted(by: { $0.key < $1.key }) {
            let more = places.count > 1 ? " and \(places.count - 1) more" : ""
            notes.append("`\(name)` is not read (\(places[0])\(more)).")
        }
        noteUnchecked()
        if faults.isEmpty, questions.isEmpty, drafts == 0 { faults = ["The file has no question."] }
        guard faults.isEmpty else { throw QuestionFileFaults(faults) }
    }

    /// Adds a remark for each question with an unknown document.
    ///
    /// - Parameter paths: The paths of the synced documents.
    public mutating func check(against paths: [String]) {
        for question in questions {
            let unknown = question.files.filter { file in !paths.contains { DocumentPath.matches($0, file) } }
            for file in unknown { notes.append("\(question.id): no synced document has the path \(file).") }
        }
    }

    private struct Entry {
        let place: String
        let fields: [String: FieldValue]
        /// The defaults of promptfoo's tests; nil for an entry of another format.
        var defaults: [String: FieldValue]?

        init(_ place: String, _ fields: [String: FieldValue], defaults: [String: FieldValue]? = nil) {
            self.place = place
            self.fields = fields
            self.defaults = defaults ?? (fields["vars"] != nil || fields["assert"] != nil ? [:] : nil)
        }
    }

    private mutating func add(_ entry: Entry, _ unknown: inout [String: [String]]) throws(QuestionFault) {
        if let defaults = entry.defaults {
            questions.append(try PromptfooTest.question(from: entry.fields, defaults: defaults, at: entry.place))
            return
        }
        for name in entry.fields.keys where !QuestionLine.names.contains(name) {
            unknown[name, default: []].append(entry.place)
        }
        let fields = QuestionFields(values: entry.fields)
        guard try !fields.flag("draft") else {
            drafts += 1
            return
        }
        questions.append(try QuestionLine.question(from: fields, at: entry.place))
    }

    private mutating func noteUnchecked() {
        var counts: [String: Int] = [:]
        for name in questions.flatMap(\.unchecked) { counts[name, default: 0] += 1 }
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
            notes.append("Not checked: \(name) (\(count) of \(questions.count) questions).")
        }
    }

    private static func lines(of text: String, _ faults: inout [String]) -> [Entry] {
        var entries: [Entry] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard !line.allSatisfy(\.isWhitespace) else { continue }
            let place = "line \(number + 1)"
            guard case .fields(let fields)? = try? JSONDecoder().decode(FieldValue.self, from: Data(line.utf8)) else {
                faults.append(
                    #"""
                    \#(place): This is not a JSON object. Each line has one, such as \#
                    {"question": "How much leave do I get?", "file": "leave.md", "must_contain": ["27 days"]}.
                    """#
                )
                continue
            }
            entries.append(Entry(place, fields))
        }
        return entries
    }

    private static func entries(ofJSON text: String) throws(QuestionFault) -> [Entry] {
        guard let root = try? JSONDecoder().decode(FieldValue.self, from: Data(text.utf8)) else {
            throw QuestionFault(
                "This is not valid JSON. For one object per line, the file's name has to end with .jsonl."
            )
        }
        guard case .list(let values) = root else { return try promptfooEntries(root) }
        var entries: [Entry] = []
        for (number, value) in values.enumerated() {
            guard case .fields(let fields) = value else {
                throw QuestionFault("Entry \(number + 1) of the list is not a JSON object.")
            }
            entries.append(Entry("entry \(number + 1)", fields))
        }
        return entries
    }

    private static func promptfooEntries(_ root: FieldValue) throws(QuestionFault) -> [Entry] {
        let (tests, defaults) = try PromptfooConfiguration.tests(in: root)
        return tests.map { Entry($0.place, $0.fields, defaults: defaults) }
    }
}

/// All faults of a file of questions.
public struct QuestionFileFaults: Error, Sendable, CustomStringConvertible {
    /// The faults, each with its line or test and what to do.
    public let faults: [String]

    /// The faults, one per line.
    public var description: String { faults.map { "  \($0)" }.joined(separator: "\n") }

    init(_ faults: [String]) {
        self.faults = faults
    }
}

/// A fault of a question, without its position.
struct QuestionFault: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
