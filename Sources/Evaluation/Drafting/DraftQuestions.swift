internal import FoundationEssentials

/// Drafts questions from the headings of documents, for a person to edit.
///
/// The question is the heading's words, and the answer is the first sentence below it.
public enum DraftQuestions {
    /// Returns a draft per line.
    ///
    /// - Parameter documents: The paths of the documents, and their texts with headings in Markdown.
    /// - Returns: The lines, and the paths of the documents without a heading that has a text below it.
    /// - Throws: `EncodingError`, never for texts.
    public static func lines(
        from documents: [(path: String, text: String)]
    ) throws -> (lines: [String], without: [String]) {
        let sections = documents.map { Section.sections(of: $0.text) }
        // A heading of several documents, such as “Purpose and scope”, is not a question about one of them.
        var documentsWith: [String: Int] = [:]
        for headings in sections.map({ Set($0.map { $0.heading.lowercased() }) }) {
            for heading in headings { documentsWith[heading, default: 0] += 1 }
        }
        var (lines, without): ([String], [String]) = ([], [])
        for (document, sections) in zip(documents, sections) {
            let own = sections.filter { documentsWith[$0.heading.lowercased()] == 1 }
            if own.isEmpty { without.append(document.path) }
            lines += try own.map { try line($0, document.path) }
        }
        return (lines, without)
    }

    /// A draft as a line of JSON, with its fields in reading order.
    private static func line(_ section: Section, _ path: String) throws -> String {
        func json(_ text: String) throws -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            return String(decoding: try encoder.encode(text), as: UTF8.self)
        }
        return """
            {"question": \(try json(section.question)), "answer": \(try json(section.firstSentence)), \
            "file": \(try json(path)), "must_contain": [], "kind": "plain", "draft": true}
            """
    }
}
