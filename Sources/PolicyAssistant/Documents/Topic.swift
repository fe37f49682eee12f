/// A topic of a document: one of its headings.
public struct Topic: Sendable, Hashable {
    /// The ID of the document's file.
    public var fileID: String
    /// The document's path below the assets folder.
    public var path: String
    /// The document's title, where it has one.
    public var title: String?
    /// The heading.
    public var heading: String
    /// A question that the heading suggests, in the document's language.
    public var question: String
}

extension Topic {
    /// The largest number of topics.
    static let most = 8

    /// Chooses headings that yield questions, from each document in turn, the best first.
    ///
    /// A heading that several documents share, such as “Purpose and scope”, is not chosen.
    static func choose(from documents: [(file: IndexedDocument, outline: Outline)]) -> [Topic] {
        var documentsWith: [String: Int] = [:]
        for (_, outline) in documents {
            for section in Set(outline.sections.map { $0.lowercased() }) { documentsWith[section, default: 0] += 1 }
        }
        let topics = documents.map { file, outline in
            outline.sections
                .filter { documentsWith[$0.lowercased()] == 1 }
                .compactMap { heading in
                    SuggestedQuestion(heading: heading, title: outline.title, language: outline.language)
                        .map { (heading, $0) }
                }
                .enumerated().sorted { ($0.element.1.quality, $0.offset) < ($1.element.1.quality, $1.offset) }
                .map { _, suggestion in
                    Topic(
                        fileID: file.fileID,
                        path: file.path,
                        title: outline.title,
                        heading: suggestion.0,
                        question: suggestion.1.text
                    )
                }
        }
        let longest = topics.map(\.count).max() ?? 0
        let inTurn = (0..<longest).flatMap { place in topics.compactMap { $0.dropFirst(place).first } }
        return Array(inTurn.prefix(most))
    }
}
