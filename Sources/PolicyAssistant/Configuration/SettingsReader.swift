internal import Configuration

/// Reads variables strictly: one that is absent or empty takes its default, one that is present and wrong is a fault.
///
/// Faults are collected, not thrown, so that a person can mend all of them in one go.
struct SettingsReader {
    private let config: ConfigReader
    private(set) var faults: [ConfigurationFaults.Fault] = []

    init(config: ConfigReader) {
        self.config = config
    }

    /// Returns a variable's text without surrounding white space and quotes, or nil where it is absent or empty.
    ///
    /// The `.env` parser hands quotes on as they stand; a value in a pair of them is meant without.
    func text(_ name: String, isSecret: Bool = false) -> String? {
        let key = ConfigKey(name.lowercased().split(separator: "_").map(String.init))
        guard var value = config.string(forKey: key, isSecret: isSecret)?[...] else { return nil }
        value = value.trimmingWhitespace()
        for quote in ["\"", "'"] where value.count >= 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
            value = value.dropFirst().dropLast()
            break
        }
        return value.isEmpty ? nil : String(value)
    }

    mutating func fault(_ name: String, _ problem: String) {
        faults.append(.init(name: name, problem: problem))
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>, default fallback: Int) -> Int {
        guard let text = text(name) else { return fallback }
        guard let value = Int(text), range.contains(value) else {
            fault(name, "“\(text)” is not a whole number from \(range.lowerBound) to \(range.upperBound)")
            return fallback
        }
        return value
    }

    mutating func boolean(_ name: String, default fallback: Bool) -> Bool {
        guard let text = text(name) else { return fallback }
        switch text.lowercased() {
        case "true", "yes", "1", "on": return true
        case "false", "no", "0", "off": return false
        default:
            fault(name, "“\(text)” is neither true nor false")
            return fallback
        }
    }

    mutating func choice(_ name: String, of choices: [String], default fallback: String) -> String {
        guard let text = text(name) else { return fallback }
        guard choices.contains(text) else {
            fault(name, "“\(text)” is not one of \(choices.joined(separator: ", "))")
            return fallback
        }
        return text
    }
}

extension Substring {
    /// Returns what is left without the white space around it.
    func trimmingWhitespace() -> Substring {
        var trimmed = drop(while: \.isWhitespace)
        while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
        return trimmed
    }
}
