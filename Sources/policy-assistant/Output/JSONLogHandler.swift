internal import FoundationEssentials
internal import Logging

/// Writes each log line as a JSON object on standard error: time, level, label, message and the metadata's keys.
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
