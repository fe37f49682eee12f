/// The texts of documents as upstream has read them, kept in memory by the hash of the document's content.
///
/// However many ask for a text at the same time, upstream is asked once for it, and for a few texts at a time. The texts
/// that nobody has asked for longest make room for others.
actor DocumentTexts {
    /// How many texts upstream is asked for at a time.
    static let mostFetches = 4
    /// How many texts may wait for upstream to be asked.
    static let mostWaiting = 32

    private let maximumBytes: Int
    private let line = Turnstile<Int>(capacity: mostFetches, longestLine: mostWaiting)
    private var kept: [String: (text: [UInt8], lastUse: Int)] = [:]
    private var keptBytes = 0
    private var uses = 0
    private var fetches: [String: Task<[UInt8], any Error>] = [:]

    /// Creates an empty store of texts.
    ///
    /// - Parameter maximumBytes: How many bytes of text are kept; a text of more than half of it is not.
    init(maximumBytes: Int = 64 << 20) {
        self.maximumBytes = maximumBytes
    }

    /// Returns a text in UTF-8.
    ///
    /// - Parameters:
    ///   - sha256: The hash of the document's content.
    ///   - fetch: Asks upstream for the text; called unless the text is kept or asked for already.
    /// - Returns: The text.
    /// - Throws: ``PolicyAssistantError`` with the code `documentsBusy` where too many texts are asked for; what `fetch`
    ///   throws; `CancellationError`.
    func text(of sha256: String, fetch: @escaping @Sendable () async throws -> String) async throws -> [UInt8] {
        uses += 1
        if let text = kept[sha256]?.text {
            kept[sha256]?.lastUse = uses
            return text
        }
        let text = try await (fetches[sha256] ?? begin(sha256, fetch)).value
        try Task.checkCancellation()
        return text
    }

    /// Begins to ask for a text, in a task of its own: whoever asked first may leave while others still wait.
    private func begin(
        _ sha256: String,
        _ fetch: @escaping @Sendable () async throws -> String
    ) -> Task<[UInt8], any Error> {
        let task = Task {
            defer { fetches[sha256] = nil }
            do {
                let text = Array(try await line.pass(0, fetch).utf8)
                keep(text, as: sha256)
                return text
            } catch is LineTooLong {
                throw PolicyAssistantError(
                    .documentsBusy,
                    "Too many documents are being read at this moment. Try again in a few seconds.",
                    retryAfter: .seconds(2)
                )
            }
        }
        fetches[sha256] = task
        return task
    }

    private func keep(_ text: [UInt8], as sha256: String) {
        guard text.count <= maximumBytes / 2, kept[sha256] == nil else { return }
        kept[sha256] = (text, uses)
        keptBytes += text.count
        while keptBytes > maximumBytes, let oldest = kept.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            kept[oldest.key] = nil
            keptBytes -= oldest.value.text.count
        }
    }
}
