internal import FoundationEssentials

/// The questions of an evaluation, as a file holds them.
///
/// Files whose names end with `.yaml` or `.yml` are promptfoo's configurations; those that end with `.json` are
/// promptfoo's, too, or lists of questions; all others hold one JSON object a line.
public struct QuestionFile: Sendable {
    /// The questions, without drafts.
    public private(set) var questions: [EvaluationQuestion] = []
    /// How many questions are marked as drafts.
    public private(set) var drafts = 0
    /// What of the file is passed over, for a person to read.
    public private(set) var notes: [String] = []

    /// Reads the text of a file.
    ///
    /// - Parameters:
    ///   - text: The file's text.
    ///   - name: The file's name, by whose ending the format is known.
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
        if faults.isEmpty, questions.isEmpty, drafts == 0 { faults = ["The file holds no question."] }
        guard faults.isEmpty else { throw QuestionFileFaults(faults) }
    }

    /// Notes questions that name documents that there are not.
    ///
    /// - Parameter paths: The paths of the documents that are answered from.
    public mutating func check(against paths: [String]) {
        for question in questions {
            let unknown = question.files.filter { file in !paths.contains { DocumentPath.matches($0, file) } }
            for file in unknown { notes.append("\(question.id): no document that is synced is called \(file).") }
        }
    }

    private struct Entry {
        let place: String
        let fields: [String: FieldValue]
        /// What promptfoo's configuration gives all of its tests; nil for an entry of another format.
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
                    \#(place): This is no JSON object. Each line holds one, such as \#
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
            throw QuestionFault("This is no JSON. For one object a line, let the file's name end with .jsonl.")
        }
        guard case .list(let values) = root else { return try promptfooEntries(root) }
        var entries: [Entry] = []
        for (number, value) in values.enumerated() {
            guard case .fields(let fields) = value else {
                throw QuestionFault("Entry \(number + 1) of the list is no JSON object.")
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
