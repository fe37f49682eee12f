internal import OpenAI

/// The document of a probe, in a vector store.
struct ProbeDocument: Sendable {
    let fileID: String
    let storeID: String

    static let question = "How often is the office plant Gertrude watered?"
    static let text = "# Office plants\n\nThe office plant Gertrude is watered every 17 days by the facilities team.\n"
    static let otherText = "# Parking\n\nThe barrier of the car park opens at 6:40 on working days.\n"

    /// The corpus whose only document it is.
    func corpus(assistantID: String? = nil) -> Corpus {
        Corpus(
            revision: 1,
            vectorStoreID: storeID,
            assistantID: assistantID,
            upstreamProtocol: nil,
            baseURL: "",
            instructionsSHA256: "",
            syncedAt: nil
        )
    }
}

/// Files, vector stores and searches, as syncs use them.
extension ProbeRun {
    private static let scheme = RevisionScheme.attributes

    /// - Returns: The document, if it could be indexed.
    mutating func checkDocuments() async throws -> ProbeDocument? {
        let (openAI, resources) = (openAI, resources)
        let upload = { @Sendable (number: Int, text: String) in
            try await resources.create(.file, id: \.id) {
                try await openAI.files.upload(Array(text.utf8), filename: "\(resources.name)-\(number).md")
            }
        }
        let file = try await check(.files, within: limits.call) {
            let file = try await upload(1, ProbeDocument.text)
            return (file.id, "uploaded")
        }
        let store = try await check(.vectorStores, within: limits.call) {
            let store = try await resources.create(.vectorStore, id: \.id) {
                try await openAI.vectorStores.create(name: resources.name, metadata: ["app": "policy-assistant-probe"])
            }
            return (store.id, "created")
        }
        guard let file, let store else {
            let reason = file == nil ? "there are no files" : "there are no vector stores"
            skip([.indexing, .attributes, .batches, .content, .search, .filters], reason)
            return nil
        }
        let sent = Self.scheme.attributes(path: "plants.md", sha256: resources.name, since: 1)
        let attached = try await check(.indexing, within: limits.indexing) {
            _ = try await openAI.vectorStores.attach(file, to: store, attributes: sent)
            let attached = try await openAI.vectorStores.settledFile(file, in: store)
            return (attached, "indexed")
        }
        guard let attached else {
            skip([.attributes, .batches, .content, .search, .filters], "the file is not indexed")
            return nil
        }
        _ = try await check(.attributes, within: limits.call) {
            guard attached.attributes == sent else {
                throw ProbeFailure.unexpected(
                    "the file has \(attached.attributes.count) of \(sent.count) attributes as sent"
                )
            }
            return ((), "kept")
        }
        try await checkBatch(store, upload)
        try await checkSearch(file, store)
        return ProbeDocument(fileID: file, storeID: store)
    }

    private mutating func checkBatch(
        _ store: String,
        _ upload: @escaping @Sendable (_ number: Int, _ text: String) async throws -> OpenAIFile
    ) async throws {
        let (openAI, resources) = (openAI, resources)
        _ = try await check(.batches, within: limits.indexing) {
            let file = try await upload(2, ProbeDocument.otherText)
            let sent = Self.scheme.attributes(path: "parking.md", sha256: resources.name, since: 2)
            let batch = try await openAI.vectorStores.createBatch(of: [BatchFile(file.id, attributes: sent)], in: store)
            if batch.fileCounts.total == 0, batch.status == .completed {
                throw ProbeFailure.unexpected("the files of a batch are ignored; they are attached one by one")
            }
            let attached = try await openAI.vectorStores.settledFile(file.id, in: store)
            guard attached.attributes == sent else {
                throw ProbeFailure.unexpected("the files of a batch lose attributes; they are attached one by one")
            }
            return ((), "indexed, attributes kept")
        }
    }

    private mutating func checkSearch(_ file: String, _ store: String) async throws {
        let openAI = openAI
        let name = "\(resources.name)-1.md"
        @Sendable func finds(filter: SearchFilter?) async throws -> Bool {
            try await openAI.vectorStores.search(
                store,
                query: ProbeDocument.question,
                maximumResults: 10,
                filter: filter
            )
            .contains { $0.fileID == file || $0.filename == name || $0.text.contains("Gertrude") }
        }
        _ = try await check(.content, within: limits.call) {
            let text = try await openAI.vectorStores.text(of: file, in: store).text
            guard text.contains("Gertrude") else { throw ProbeFailure.unexpected("not the file's text") }
            return ((), "as uploaded")
        }
        _ = try await check(.search, within: limits.call) {
            guard try await finds(filter: nil) else { throw ProbeFailure.unexpected("the file is not found") }
            return ((), "found")
        }
        _ = try await check(.filters, within: limits.call) {
            guard try await finds(filter: Self.scheme.filter(forRevision: 1)) else {
                throw ProbeFailure.unexpected("a filter hides a file whose attributes it selects")
            }
            guard try await !finds(filter: Self.scheme.filter(forRevision: 0)) else {
                throw ProbeFailure.unexpected("a filter is ignored")
            }
            return ((), "obeyed")
        }
    }
}

extension VectorStoresAPI {
    /// Waits until a file is indexed.
    ///
    /// - Throws: ``ProbeFailure`` if it cannot be indexed; `OpenAIError`.
    fileprivate func settledFile(_ id: String, in store: String) async throws -> VectorStoreFile {
        let file = try await waitForFile(id, in: store, timeout: .seconds(600), interval: .milliseconds(250))
        guard file.status == .completed else {
            let reason = file.lastError.map { ": \($0.code.rawValue)" } ?? ""
            throw ProbeFailure.unexpected("indexing ended with \(file.status.rawValue)\(reason)")
        }
        return file
    }
}
