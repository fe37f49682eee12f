internal import OpenAI

/// Proves that a document is answered from in its new version and not in its old one, by searching as a turn does.
///
/// What can be proved depends on the type. Text files speak for themselves: a sentence of the file on disk has to be
/// found. Of other types this side reads no text, so the sentence is one that upstream itself has read from the upload,
/// which proves that it is indexed and in force, not that it was read well. The text of the version before is upstream's
/// in any case. Where upstream does not give out what it has read, the check is skipped and said to be.
struct Verification: Sendable {
    let index: any DocumentIndex
    let corpus: Corpus
    /// The documents in force.
    let documents: CorpusDocuments
    /// The store that holds the versions before.
    let formerStore: String
    /// Where the documents lie.
    let folder: AssetFolder
    /// How long to wait before each further try, as what was changed upstream may take a moment to be found.
    var pauses: [Duration] = [.milliseconds(250), .seconds(1), .seconds(3)]

    enum Verdict: Sendable, Hashable {
        case passed
        case failed(String)
        case skipped(String)
    }

    /// A document in force and, if there was one, the version before it, which is not deleted yet.
    struct Subject: Sendable {
        let file: IndexedDocument
        let document: ScannedDocument?
        let previous: IndexedDocument?
    }

    /// Types whose files are the text that upstream reads.
    static let plainTypes: Set<String> = ["md", "txt"]
    private static let maximumBytes = 8 << 20

    func verdict(on subject: Subject) async throws -> Verdict {
        let file = subject.file
        guard let text = try await text(of: subject) else { return .skipped("upstream does not tell its text") }
        var previous: IndexedText?
        if let old = subject.previous { previous = try await index.text(of: old.fileID, in: formerStore) }
        let sentences = DistinctiveSentence.choose(from: text.text, absentFrom: previous?.text ?? "", limit: 3)
        guard !sentences.isEmpty || previous != nil else { return .skipped("it holds no whole sentence") }
        guard try await isSoon({ try await sentences.isEmpty ? true : isFound(sentences, in: file) }) else {
            return .failed("a sentence of its new text is not found")
        }
        guard let previous, text.isWhole else { return .passed }
        // Upstream may put the same rows and lists into other words than the file has, so its own text counts as well.
        let read = try await index.text(of: file.fileID, in: corpus.vectorStoreID)?.text ?? ""
        let gone = DistinctiveSentence.choose(from: previous.text, absentFrom: "\(text.text)\n\n\(read)", limit: 3)
        guard try await isSoon({ try await !isAnyFound(gone, of: file) }) else {
            return .failed("a sentence that only its old text had is still found")
        }
        return .passed
    }

    private func text(of subject: Subject) async throws -> IndexedText? {
        let type = subject.file.path.split(separator: ".").last?.lowercased() ?? ""
        if Self.plainTypes.contains(type), let document = subject.document,
            let bytes = try? folder.open(document).bytes(upTo: Self.maximumBytes),
            let text = String(validating: bytes, as: UTF8.self), ContentHash.of(text) == subject.file.sha256
        {
            return IndexedText(text: text, isWhole: true)
        }
        return try await index.text(of: subject.file.fileID, in: corpus.vectorStoreID)
    }

    /// Whether one of the sentences is found in the document.
    private func isFound(_ sentences: [DistinctiveSentence], in file: IndexedDocument) async throws -> Bool {
        for sentence in sentences {
            let hits = try await index.search(sentence.text, in: corpus, within: file)
            if hits.contains(where: { isOf(file, $0) && sentence.isHeld(by: $0.text) }) { return true }
        }
        return false
    }

    /// Whether one of the sentences is found where it must not be: in a file that is not in force, or in the document's
    /// new version.
    private func isAnyFound(_ sentences: [DistinctiveSentence], of file: IndexedDocument) async throws -> Bool {
        for sentence in sentences {
            let hits = try await index.search(sentence.text, in: corpus)
            let strays = hits.contains { hit in
                documents.isForeign(hit.fileID, named: hit.filename)
                    || isOf(file, hit) && WordSequence(hit.text).contains(sentence.words)
            }
            if strays { return true }
        }
        return false
    }

    private func isOf(_ file: IndexedDocument, _ hit: FileSearchResult) -> Bool {
        documents.fileID(hit.fileID, named: hit.filename) == file.fileID
    }

    private func isSoon(_ condition: () async throws -> Bool) async throws -> Bool {
        for pause in pauses {
            if try await condition() { return true }
            try await Task.sleep(for: pause)
        }
        return try await condition()
    }
}
