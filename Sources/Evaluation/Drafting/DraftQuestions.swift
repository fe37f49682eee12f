internal import FoundationEssentials

/// Proposes questions from the headings of documents, for a person to edit.
///
/// Nothing is made up: the question is the heading's words, and the answer the first sentence below it.
public enum DraftQuestions {
    /// Returns one proposal a line, each marked as a draft.
    ///
    /// - Parameter documents: The paths of the documents and their texts, headings marked as Markdown marks them.
    /// - Returns: The lines, and the paths of the documents that have no heading with a text below.
    /// - Throws: `EncodingError`, which texts never cause.
    public static func lines(
        from documents: [(path: String, text: String)]
    ) throws -> (lines: [String], without: [String]) {
        let sections = documents.map { Section.sections(of: $0.text) }
        // A heading that several documents have, such as “Purpose and scope”, is no question about any of them.
        var documentsWith: [String: Int] = [:]
        for headings in sections.map({ Set($0.map { $0.heading.lowercased() }) }) {
            for heading in headings { documentsWith[heading, default: 0] += 1 }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var (lines, without): ([String], [String]) = ([], [])
        for (document, sections) in zip(documents, sections) {
            let own = sections.filter { documentsWith[$0.heading.lowercased()] == 1 }
            if own.isEmpty { without.append(document.path) }
            for section in own {
                let draft = Draft(question: section.question, answer: section.firstSentence, file: document.path)
                lines.append(String(decoding: try encoder.encode(draft), as: UTF8.self))
            }
        }
        return (lines, without)
    }

    private struct Draft: Encodable {
        let question: String
        let answer: String
        let file: String
        let mustContain: [String] = []
        let kind = "plain"
        let draft = true

        private enum CodingKeys: String, CodingKey {
            case question, answer, file, kind, draft
            case mustContain = "must_contain"
        }
    }
}
