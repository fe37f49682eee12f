internal import Dispatch
internal import DocumentText
internal import Logging
internal import ServiceLifecycle
internal import Synchronization

/// Reads the text of attached files in the background.
struct Indexer: Service, CustomStringConvertible {
    let queue: IndexQueue
    let signal: IndexSignal
    /// Lets the passages be encoded that a file has beyond the first.
    let encoding: IndexSignal
    let reader: FileReader
    /// The maximum number of files that are read at once.
    let parallelism: Int
    /// The number of passages whose vectors are computed before a file can be searched.
    let encodedFirst: Int
    let logger: Logger

    /// The number of passages whose vectors are computed before a file can be searched, if it is not set.
    ///
    /// The others are found by their words until they are encoded as well, so that a long file does not delay a sync.
    static let passagesEncodedFirst = 1_000

    /// The name that the service group logs; without it, the group reads all that the service holds.
    var description: String { "indexer" }

    /// Reads files as they are attached until the engine shuts down; unfinished files are read again later.
    func run() async throws {
        let slots = Slots(parallelism)
        let executor = ReadingExecutor()
        await withDiscardingTaskGroup { group in
            signal.wake()
            for await _ in signal.wakeUps.cancelOnGracefulShutdown() {
                for job in await claim(slots.free) {
                    slots.take()
                    group.addTask(executorPreference: executor) {
                        let isSettled = await index(job)
                        slots.give()
                        // A result that could not be stored is retried at the next signal, not at once.
                        if isSettled { signal.wake() }
                    }
                }
            }
            group.cancelAll()
        }
    }

    private func claim(_ limit: Int) async -> [IndexQueue.Job] {
        guard limit > 0 else { return [] }
        do {
            return try await queue.claim(limit)
        } catch {
            report(error, "cannot look for files to index")
            return []
        }
    }

    /// Reads a file; false if the result could not be stored.
    private func index(_ job: IndexQueue.Job) async -> Bool {
        do {
            switch await read(job) {
            case .success(var text):
                let folder = reader.files.folder
                let meanings = try meanings(of: text.passages.prefix(encodedFirst), in: job)
                if !meanings.isEmpty, meanings.count < text.passages.count {
                    text.warnings.append(warning(of: text.passages.count - meanings.count))
                }
                try await queue.complete(job, text, meanings: meanings) { [text] in
                    try folder.keep(text.text, markdown: text.markdown, of: job.fileID)
                }
                encoding.wake()
            case .failure(let error):
                // An error of a cancelled reader says nothing about the file.
                try Task.checkCancellation()
                if error.endedReader, job.attempt < IndexQueue.maximumTries {
                    try await queue.retry(job)
                    return true
                }
                logger.debug("file not indexed", metadata: ["file": "\(job.fileID)", "code": "\(error.code.rawValue)"])
                try await queue.fail(job, code: error.code.rawValue, message: error.message)
            }
            return true
        } catch {
            queue.abandon(job)
            report(error, "cannot index a file", file: job.fileID)
            return false
        }
    }

    private func warning(of count: Int) -> String {
        "The document is long: the engine searches its first \(encodedFirst) passages by their meaning at once, "
            + "and the other \(count) by their words until it has encoded them in the background."
    }

    /// The vectors of passages; none without a sentence encoder.
    private func meanings(of passages: some Sequence<Passage>, in job: IndexQueue.Job) throws -> [PassageVectors] {
        guard let encoder = queue.meanings?.encoder else { return [] }
        let title = DocumentTitle.title(of: job.filename)
        // A long table can consist of the same few passages, again and again.
        var known: [Passage: PassageVectors] = [:]
        return try passages.map { passage in
            try Task.checkCancellation()
            if let vectors = known[passage] { return vectors }
            let vectors = encoder.vectors(of: passage, title: title)
            known[passage] = vectors
            return vectors
        }
    }

    private func read(_ job: IndexQueue.Job) async -> Result<ExtractedText, ExtractionError> {
        do {
            return .success(try await reader.read(job.fileID, named: job.filename))
        } catch {
            return .failure(error)
        }
    }

    private func report(_ error: any Error, _ message: Logger.Message, file: String? = nil) {
        guard !(error is CancellationError) else { return }
        logger.error(
            message,
            metadata: [
                "file": "\(file ?? "-")",
                "error": "\(error.kind)",
            ]
        )
    }
}

/// The number of files that may be read now.
private final class Slots: Sendable {
    private let count: Mutex<Int>

    init(_ count: Int) {
        self.count = Mutex(count)
    }

    var free: Int { count.withLock { $0 } }

    func take() {
        count.withLock { $0 -= 1 }
    }

    func give() {
        count.withLock { $0 += 1 }
    }
}

/// Reads files on its own threads, so that a long document does not delay requests.
final class ReadingExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "engine.reading", qos: .utility, attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { [self] in
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
