/// Reads the documents of the revision in force: their texts, as upstream has read them, and their topics.
public actor DocumentReader {
    private let files: FilesDatabase
    private let corpusFiles: CorpusFiles
    private let index: VectorStoreIndex
    private let settings: Settings
    private let texts = DocumentTexts()
    private var cached: (revision: Int, topics: [Topic])?

    /// The largest number of documents that are read for topics.
    private static let maximumReadForTopics = 8

    init(files: FilesDatabase, corpusFiles: CorpusFiles, index: VectorStoreIndex, settings: Settings) {
        self.files = files
        self.corpusFiles = corpusFiles
        self.index = index
        self.settings = settings
    }

    /// A document in force.
    public struct Document: Sendable {
        /// The SHA-256 of the document's content, in hexadecimal.
        public let sha256: String
        fileprivate let fileID: String
        fileprivate let vectorStoreID: String
    }

    /// Finds a document, without reading its text.
    ///
    /// - Parameter fileID: The ID of the document's file.
    /// - Returns: The document.
    /// - Throws: ``PolicyAssistantError``, with the code `fileNotFound` where no document in force has the file.
    public nonisolated func document(ofFile fileID: String) async throws -> Document {
        let corpus = try await files.corpus(inForceFor: settings)
        guard let sha256 = try await corpusFiles.digests(ofRevision: corpus.revision)[fileID] else {
            throw PolicyAssistantError(
                .fileNotFound,
                "No document in force has this file. Documents change with each sync."
            )
        }
        return Document(sha256: sha256, fileID: fileID, vectorStoreID: corpus.vectorStoreID)
    }

    /// Returns the text of a document.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - asMarkdown: Whether the text has tables and, between pages, form feeds, where upstream knows both.
    /// - Returns: The text in UTF-8, with the marks of Markdown.
    /// - Throws: ``PolicyAssistantError``, with the code `documentsBusy` where too many other texts are being read.
    public nonisolated func text(of document: Document, asMarkdown: Bool = false) async throws -> [UInt8] {
        try await texts.text(of: .init(sha256: document.sha256, isMarkdown: asMarkdown)) { [index] in
            let text = try await translatingUpstreamErrors {
                try await index.text(of: document.fileID, in: document.vectorStoreID, asMarkdown: asMarkdown)
            }
            guard let text else {
                throw PolicyAssistantError(.upstreamFailed, "Upstream does not give out the text of this document.")
            }
            return text.text
        }
    }

    /// Returns topics of some documents, from their headings; none where they have no headings.
    ///
    /// Up to eight documents are read, once for each revision.
    ///
    /// - Throws: ``PolicyAssistantError``, with the code `notSynced` before the first sync.
    public func topics() async throws -> [Topic] {
        let corpus = try await files.corpus(inForceFor: settings)
        if let cached, cached.revision == corpus.revision { return cached.topics }
        let all = try await files.documents()
        let step = max(1, all.count / Self.maximumReadForTopics)
        let chosen = stride(from: 0, to: all.count, by: step).prefix(Self.maximumReadForTopics).map { all[$0] }
        var outlines: [(file: IndexedDocument, outline: Outline)] = []
        for file in chosen {
            do {
                let text = try await text(
                    of: Document(sha256: file.sha256, fileID: file.fileID, vectorStoreID: corpus.vectorStoreID)
                )
                outlines.append((file, Outline(of: String(decoding: text, as: UTF8.self))))
            } catch let error as PolicyAssistantError where error.code == .upstreamFailed {
                // Upstream does not give out the text of this document.
            }
        }
        let topics = Topic.choose(from: outlines)
        cached = (corpus.revision, topics)
        return topics
    }
}
