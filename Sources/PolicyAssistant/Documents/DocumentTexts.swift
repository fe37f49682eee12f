/// A cache of documents' texts as upstream has read them.
///
/// Callers that request the same text at the same time share one request to upstream, and a few requests run at a time. The
/// least recently used texts are removed first.
actor DocumentTexts {
    /// The key of a text.
    struct Key: Sendable, Hashable {
        /// The SHA-256 of the document's content, in hexadecimal.
        var sha256: String
        /// Whether the text is requested as Markdown.
        var isMarkdown = false
    }

    /// The number of texts that are requested from upstream at a time.
    static let maximumFetches = 4
    /// The number of texts that may wait to be requested.
    static let maximumWaiting = 32

    private let maximumBytes: Int
    private let requests = KeyedSemaphore<Int>(
        capacity: maximumFetches,
        maximumWaiting: maximumWaiting,
        whenFull: .documentsBusy
    )
    private var kept: [Key: (text: [UInt8], lastUse: Int)] = [:]
    private var keptBytes = 0
    private var uses = 0
    private var fetches: [Key: Task<[UInt8], any Error>] = [:]

    /// Creates an empty cache.
    ///
    /// - Parameter maximumBytes: The size of all texts in bytes; a text of more than half of it is not kept.
    init(maximumBytes: Int = 64 << 20) {
        self.maximumBytes = maximumBytes
    }

    /// Returns a text in UTF-8.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - fetch: Requests the text from upstream; called unless the text is cached or requested already.
    /// - Returns: The text.
    /// - Throws: ``PolicyAssistantError`` with the code `documentsBusy` where too many requests wait; what `fetch` throws;
    ///   `CancellationError`.
    func text(of key: Key, fetch: @escaping @Sendable () async throws -> String) async throws -> [UInt8] {
        uses += 1
        if let text = kept[key]?.text {
            kept[key]?.lastUse = uses
            return text
        }
        let text = try await (fetches[key] ?? begin(key, fetch)).value
        try Task.checkCancellation()
        return text
    }

    /// Requests a text in a task of its own: the first caller may be cancelled while others still wait.
    private func begin(
        _ key: Key,
        _ fetch: @escaping @Sendable () async throws -> String
    ) -> Task<[UInt8], any Error> {
        let task = Task {
            defer { fetches[key] = nil }
            let text = Array(try await requests.withPermit(0, fetch).utf8)
            keep(text, as: key)
            return text
        }
        fetches[key] = task
        return task
    }

    private func keep(_ text: [UInt8], as key: Key) {
        guard text.count <= maximumBytes / 2, kept[key] == nil else { return }
        kept[key] = (text, uses)
        keptBytes += text.count
        while keptBytes > maximumBytes, let oldest = kept.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            kept[oldest.key] = nil
            keptBytes -= oldest.value.text.count
        }
    }
}

extension PolicyAssistantError {
    fileprivate static let documentsBusy = PolicyAssistantError(
        .documentsBusy,
        "Too many documents are being read at this moment. Try again in a few seconds.",
        retryAfter: .seconds(2)
    )
}
