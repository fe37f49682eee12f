internal import FoundationEssentials
internal import Logging
internal import PolicyAssistant

/// Writes each log line to standard error as a JSON object with time, level, label, message and the metadata.
struct JSONLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata = Logger.Metadata()
    var metadataProvider: Logger.MetadataProvider?
    private let label: String

    init(label: String) {
        self.label = label
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }
            .merging(event.metadata ?? [:]) { $1 }
            .mapValues(\.description)
        line["time"] = Date.now.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
        line["level"] = event.level.rawValue
        line["label"] = label
        line["message"] = event.message.description
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line) else { return }
        Terminal.noteJSON(String(decoding: data, as: UTF8.self))
    }
}

extension Logger {
    /// Creates the program's logger with the settings' format and level.
    init(_ settings: Settings, label: String = "policy-assistant") {
        switch settings.logFormat {
        case .text: self.init(label: label) { StreamLogHandler.standardError(label: $0) }
        case .json: self.init(label: label) { JSONLogHandler(label: $0) }
        }
        logLevel = settings.logLevel
    }
}
