internal import OpenAI

/// Verifies that a document's new version is found and its old one is not, by searching as a turn does.
///
/// The sentence to find comes from the file on disk where its type is plain text. The text of other types is the one that
/// upstream has read from the upload, so that a found sentence shows that the document is indexed and in force, and not
/// that it was read well. The old version's text is upstream's in any case. Where upstream does not give out its text, the
/// verification is skipped.
struct DocumentVerification: Sendable {
    let index: VectorStoreIndex
    let corpus: Corpus
    /// The documents in force.
    let documents: CorpusDocuments
    /// The vector store of the revision before.
    let formerStore: String
    /// The assets folder.
    let folder: AssetFolder
    /// The pause before each further try, as a change upstream may take a moment to show in searches.
    var pauses: [Duration] = [.milliseconds(250), .seconds(1), .seconds(3)]

    enum Outcome: Sendable, Hashable {
        case passed
        case failed(String)
        case skipped(String)
    }

    /// A document in force and the version before it, if there was one, which is not deleted yet.
    struct Subject: Sendable {
        let record: IndexedDocument
        let document: ScannedDocument?
        let previous: IndexedDocument?
    }

    /// The types whose files are the text that upstream reads.
    static let plainTypes: Set<String> = ["md", "txt"]
    private static let maximumBytes = 8 << 20

    func verify(_ subject: Subject) async throws -> Outcome {
        let record = subject.record
        guard let text = try await text(of: subject) else { return .skipped("upstream does not give out its text") }
        var previous: IndexedText?
        if let old = subject.previous { previous = try await index.text(of: old.fileID, in: formerStore) }
        let sentences = DistinctiveSentence.choose(from: text.text, absentFrom: previous?.text ?? "", limit: 3)
        guard !sentences.isEmpty || previous != nil else { return .skipped("it has no whole sentence") }
        guard try await isSoon({ try await sentences.isEmpty ? true : isFound(sentences, in: record) }) else {
            return .failed("a sentence of its new text is not found")
        }
        guard let previous, text.isWhole else { return .passed }
        // Upstream may put the same rows and lists into other words than the file has, so its own text counts as well.
        let read = try await index.text(of: record.fileID, in: corpus.vectorStoreID)?.text ?? ""
        let gone = DistinctiveSentence.choose(from: previous.text, absentFrom: "\(text.text)\n\n\(read)", limit: 3)
        guard try await isSoon({ try await !isAnyFound(gone, of: record) }) else {
            return .failed("a sentence that only its old text has is still found")
        }
        return .passed
    }

    private func text(of subject: Subject) async throws -> IndexedText? {
        let type = subject.record.path.split(separator: ".").last?.lowercased() ?? ""
        if Self.plainTypes.contains(type), let document = subject.document,
            let bytes = try? folder.open(document).bytes(upTo: Self.maximumBytes),
            let text = String(validating: bytes, as: UTF8.self), ContentHash.of(text) == subject.record.sha256
        {
            return IndexedText(text: text, isWhole: true)
        }
        return try await index.text(of: subject.record.fileID, in: corpus.vectorStoreID)
    }

    /// Whether one of the sentences is found in the document.
    private func isFound(_ sentences: [DistinctiveSentence], in record: IndexedDocument) async throws -> Bool {
        for sentence in sentences {
            let passages = try await index.search(sentence.text, in: corpus, within: record)
            if passages.contains(where: { isOf(record, $0) && sentence.isHeld(by: $0.text) }) { return true }
        }
        return false
    }

    /// Whether one of the sentences is found in a file that is not in force, or in the document's new version.
    private func isAnyFound(_ sentences: [DistinctiveSentence], of record: IndexedDocument) async throws -> Bool {
        for sentence in sentences {
            let passages = try await index.search(sentence.text, in: corpus)
            let isFound = passages.contains { passage in
                documents.isForeign(passage.fileID, named: passage.filename)
                    || isOf(record, passage) && WordSequence(passage.text).contains(sentence.words)
            }
            if isFound { return true }
        }
        return false
    }

    private func isOf(_ record: IndexedDocument, _ passage: FileSearchResult) -> Bool {
        documents.fileID(passage.fileID, named: passage.filename) == record.fileID
    }

    /// Whether a condition holds now or after one of the ``pauses``.
    private func isSoon(_ condition: () async throws -> Bool) async throws -> Bool {
        for pause in pauses {
            if try await condition() { return true }
            try await Task.sleep(for: pause)
        }
        return try await condition()
    }
}
