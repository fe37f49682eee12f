internal import Logging
internal import PolicyAssistant

extension Logger {
    /// Makes the program's logger as the settings want it.
    init(_ settings: Settings, label: String = "policy-assistant") {
        switch settings.logFormat {
        case .text: self.init(label: label) { StreamLogHandler.standardError(label: $0) }
        case .json: self.init(label: label) { JSONLogHandler(label: $0) }
        }
        logLevel = settings.logLevel
    }
}
