/// The texts of documents as upstream has read them, kept in memory by the hash of the document's content.
///
/// However many ask for a text at the same time, upstream is asked once for it, and for a few texts at a time. The texts
/// that nobody has asked for longest make room for others.
actor DocumentTexts {
    /// A text of a document.
    struct Key: Sendable, Hashable {
        /// The hash of the document's content.
        var sha256: String
        /// Whether it is the text as Markdown.
        var isMarkdown = false
    }

    /// How many texts upstream is asked for at a time.
    static let mostFetches = 4
    /// How many texts may wait for upstream to be asked.
    static let mostWaiting = 32

    private let maximumBytes: Int
    private let line = KeyedSemaphore<Int>(
        capacity: mostFetches,
        maximumWaiting: mostWaiting,
        whenFull: .documentsBusy
    )
    private var kept: [Key: (text: [UInt8], lastUse: Int)] = [:]
    private var keptBytes = 0
    private var uses = 0
    private var fetches: [Key: Task<[UInt8], any Error>] = [:]

    /// Creates an empty store of texts.
    ///
    /// - Parameter maximumBytes: How many bytes of text are kept; a text of more than half of it is not.
    init(maximumBytes: Int = 64 << 20) {
        self.maximumBytes = maximumBytes
    }

    /// Returns a text in UTF-8.
    ///
    /// - Parameters:
    ///   - key: Whose text it is, and in which form.
    ///   - fetch: Asks upstream for the text; called unless the text is kept or asked for already.
    /// - Returns: The text.
    /// - Throws: ``PolicyAssistantError`` with the code `documentsBusy` where too many texts are asked for; what `fetch`
    ///   throws; `CancellationError`.
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

    /// Begins to ask for a text, in a task of its own: whoever asked first may leave while others still wait.
    private func begin(
        _ key: Key,
        _ fetch: @escaping @Sendable () async throws -> String
    ) -> Task<[UInt8], any Error> {
        let task = Task {
            defer { fetches[key] = nil }
            let text = Array(try await line.withPermit(0, fetch).utf8)
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
