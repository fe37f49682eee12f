/// Shows the documents of the revision in force: their text, as upstream has read it, and what they are about.
public actor Library {
    private let files: FilesDatabase
    private let corpusFiles: CorpusFiles
    private let index: any DocumentIndex
    private let settings: Settings
    private var cached: (revision: Int, topics: [Topic])?

    /// The most documents that are read for topics.
    private static let mostReadForTopics = 8

    init(files: FilesDatabase, corpusFiles: CorpusFiles, index: any DocumentIndex, settings: Settings) {
        self.files = files
        self.corpusFiles = corpusFiles
        self.index = index
        self.settings = settings
    }

    /// Returns the text of a document.
    ///
    /// - Parameter fileID: The file that holds the document.
    /// - Returns: The text, which may have Markdown's marks.
    /// - Throws: ``PolicyAssistantError``, with the code `fileNotFound` where no document in force has the file.
    public nonisolated func text(ofFile fileID: String) async throws -> String {
        let corpus = try await files.corpus(heldAsIn: settings)
        guard try await corpusFiles.paths(ofRevision: corpus.revision)[fileID] != nil else {
            throw PolicyAssistantError(
                .fileNotFound,
                "No document has this file, or not any more: documents change with each sync."
            )
        }
        return try await text(ofFile: fileID, in: corpus)
    }

    /// Returns what some of the documents are about, by their headings; nothing where they have none.
    ///
    /// A few documents are read once for each revision.
    ///
    /// - Throws: ``PolicyAssistantError``
    public func topics() async throws -> [Topic] {
        let corpus = try await files.corpus(heldAsIn: settings)
        if let cached, cached.revision == corpus.revision { return cached.topics }
        let all = try await files.files()
        let step = max(1, all.count / Self.mostReadForTopics)
        let chosen = stride(from: 0, to: all.count, by: step).prefix(Self.mostReadForTopics).map { all[$0] }
        var outlines: [(file: TrackedFile, outline: Outline)] = []
        for file in chosen {
            do {
                outlines.append((file, Outline(of: try await text(ofFile: file.fileID, in: corpus))))
            } catch let error as PolicyAssistantError where error.code == .upstreamFailed {
                // A document whose text upstream does not give is no reason to suggest nothing of the others.
            }
        }
        let topics = Topic.choose(from: outlines)
        cached = (corpus.revision, topics)
        return topics
    }

    private nonisolated func text(ofFile fileID: String, in corpus: Corpus) async throws -> String {
        let text = try await translatingUpstreamErrors { try await index.text(of: fileID, in: corpus.vectorStoreID) }
        guard let text else {
            throw PolicyAssistantError(.upstreamFailed, "Upstream does not give out the text of this document.")
        }
        return text.text
    }
}
