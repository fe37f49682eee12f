internal import ArgumentParser
internal import PolicyAssistant
internal import WorkQueue

struct Status: Command {
    static let configuration = CommandConfiguration(
        abstract: "Show what is synced, and the number of threads."
    )

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: [.redis, .upstream, .channels])
        let report = try await Runtime.with(settings, isIdle: true) { runtime in
            async let files = runtime.assistant.files.documents()
            async let threads = runtime.assistant.threads.count()
            async let undeleted = runtime.assistant.threads.pendingDeletionCount()
            async let queue = runtime.assistant.queueStatus()
            return Report(
                settings: settings,
                corpus: try await runtime.assistant.files.corpus(),
                files: try await files,
                threads: try await threads,
                undeletedThreads: try await undeleted,
                queue: try await queue.map(QueueReport.init)
            )
        }
        try Terminal.output(report, asJSON: json, text: \.text)
    }

    private struct Report: Encodable, Sendable {
        let upstream: String
        let `protocol`: String
        let model: String
        /// Who writes the answers: `engine`, or the name of a model.
        let writtenBy: String
        let revision: Int
        let syncedAt: String?
        let vectorStoreID: String?
        let files: Int
        let bytes: Int
        let threads: Int
        /// The number of threads that are still to be deleted upstream.
        let undeletedThreads: Int
        /// The text messages in the queue; nil without a provider of them.
        let queue: QueueReport?

        init(
            settings: Settings,
            corpus: Corpus?,
            files: [IndexedDocument],
            threads: Int,
            undeletedThreads: Int,
            queue: QueueReport?
        ) {
            upstream = settings.upstreamIdentity
            `protocol` = settings.upstreamProtocol.rawValue
            model = settings.model
            writtenBy = settings.answerAuthor
            revision = corpus?.revision ?? 0
            syncedAt = corpus?.syncedAt.timestamp
            vectorStoreID = corpus?.vectorStoreID
            self.files = files.count
            bytes = files.reduce(0) { $0 + $1.bytes }
            self.threads = threads
            self.undeletedThreads = undeletedThreads
            self.queue = queue
        }

        var text: String {
            """
            upstream      \(upstream)
            protocol      \(`protocol`)
            model         \(model)
            answers       \(writtenBy == AnswerAuthor.engine ? "quoted by the engine" : "written by \(writtenBy)")
            corpus        \(syncedAt.map { "revision \(revision), synced \($0)" } ?? "not synced yet: run policy-assistant sync")
            vector store  \(vectorStoreID ?? "none")
            documents     \(files), \(bytes) bytes
            threads       \(threads)\(undeletedThreads > 0 ? ", \(undeletedThreads) more to be deleted upstream" : "")
            """ + (queue.map { "\nqueue         \($0.text)" } ?? "")
        }
    }

    private struct QueueReport: Encodable, Sendable {
        let messages: Int
        let dead: Int
        let oldestSeconds: Int64

        init(_ status: WorkQueueStatus) {
            messages = status.depth
            dead = status.dead
            oldestSeconds = status.oldestAge.components.seconds
        }

        var text: String {
            "\(messages) messages" + (messages > 0 ? ", the oldest of \(oldestSeconds) s" : "")
                + (dead > 0 ? ", \(dead) more given up" : "")
        }
    }
}
