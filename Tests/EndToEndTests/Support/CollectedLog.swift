import Logging
import Synchronization

/// The lines of a log, in the test's own process.
final class CollectedLog: Sendable {
    private let collected = Mutex<[String]>([])

    /// The lines: the level in capital letters and the message, without metadata.
    var lines: [String] { collected.withLock(\.self) }

    var logger: Logger {
        var logger = Logger(label: "collected") { _ in Handler(log: self) }
        logger.logLevel = .debug
        return logger
    }

    private struct Handler: LogHandler {
        let log: CollectedLog
        var logLevel = Logger.Level.debug
        var metadata = Logger.Metadata()

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let level = event.level == .warning ? "WARN" : event.level.rawValue.uppercased()
            let metadata = (event.metadata ?? [:]).map { " \($0)=\($1)" }.joined()
            log.collected.withLock { $0.append("\(level) \(event.message)\(metadata)") }
        }
    }
}
