internal import Configuration

/// Reads variables: one that is absent or empty has its default, and one with a wrong value is a fault.
///
/// Faults are collected and not thrown, so that all of them can be fixed at once.
struct SettingsReader {
    private let config: ConfigReader
    private(set) var faults: [ConfigurationFaults.Fault] = []
    /// Warnings: what is odd but no fault.
    private(set) var warnings: [String] = []

    init(config: ConfigReader) {
        self.config = config
    }

    /// Returns a variable's text, or nil where it is absent or empty.
    func text(_ name: String, isSecret: Bool = false) -> String? {
        let key = ConfigKey(name.lowercased().split(separator: "_").map(String.init))
        guard let value = config.string(forKey: key, isSecret: isSecret), !value.isEmpty else { return nil }
        return value
    }

    mutating func fault(_ name: String, _ problem: String) {
        faults.append(.init(name: name, problem: problem))
    }

    mutating func warn(_ warning: String) {
        warnings.append(warning)
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>, default fallback: Int) -> Int {
        guard let text = text(name) else { return fallback }
        if let value = Int(text), range.contains(value) { return value }
        if ServiceLink(text) != nil {
            let service = ServiceLink.service(of: name).map { " named \($0)" } ?? ""
            fault(
                name,
                "“\(text)” is what Kubernetes sets in a pod beside a Service\(service); set \(name) to the number of the "
                    + "port, or enableServiceLinks: false in the pod's spec"
            )
        } else {
            fault(name, "\(quoted(text)) is not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return fallback
    }

    mutating func boolean(_ name: String, default fallback: Bool) -> Bool {
        guard let text = text(name) else { return fallback }
        switch text.lowercased() {
        case "true", "yes", "1", "on": return true
        case "false", "no", "0", "off": return false
        default:
            fault(name, "\(quoted(text)) is neither true nor false")
            return fallback
        }
    }

    /// Reads a host's name or address, without brackets.
    mutating func host(_ name: String, default fallback: String) -> String {
        guard let text = text(name) else { return fallback }
        let host = HostName.withoutBrackets(text)
        guard HostName.isValid(host) else {
            fault(name, "\(quoted(text)) is not a host's name or address alone; a port has a setting of its own")
            return fallback
        }
        return host
    }

    /// Reads the value of a header field; a fault does not repeat it.
    mutating func headerValue(_ name: String, isSecret: Bool = false) -> String? {
        guard let text = text(name, isSecret: isSecret) else { return nil }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            fault(name, "has a blank, a line break or a character beyond ASCII; copy the value alone, without quotes")
            return nil
        }
        return text
    }

    /// Returns the name of a header, without a colon; nil for `Authorization`, which is the default.
    mutating func headerName(_ name: String) -> String? {
        guard let text = text(name), text.lowercased() != "authorization" else { return nil }
        let isName = text.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || byte == UInt8(ascii: "-")
        }
        guard isName else {
            fault(name, "\(quoted(text)) is not the name of a header such as api-key")
            return nil
        }
        return text
    }

    /// Returns a value as a fault shows it: not at all where it is long, or may contain credentials.
    func quoted(_ value: String) -> String {
        let isHarmless = value.unicodeScalars.count <= 100 && !value.contains { "@?=".contains($0) }
        return isHarmless ? "“\(value)”" : "the value"
    }

    /// Returns a path as a fault shows it: not at all where it is a URL, which may contain credentials.
    func quotedPath(_ path: String) -> String {
        path.contains("://") ? "the value, a URL," : "“\(path)”"
    }

    /// Reads one of an enum's raw values.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String,
        default fallback: Choice
    ) -> Choice where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue)
        return Choice(rawValue: choice(name, of: names, default: fallback.rawValue)) ?? fallback
    }

    mutating func choice(_ name: String, of choices: [String], default fallback: String) -> String {
        guard let text = text(name) else { return fallback }
        guard choices.contains(text) else {
            fault(name, "\(quoted(text)) is not one of \(choices.joined(separator: ", "))")
            return fallback
        }
        return text
    }
}

extension String {
    /// The value of a variable of the environment, without white space around it and without the quotes that Docker's
    /// `--env-file` keeps.
    var asEnvironmentValue: String {
        let value = self[...].trimmingWhitespace()
        for quote in ["\"", "'"] where value.count >= 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
            return String(value.dropFirst().dropLast())
        }
        return String(value)
    }
}

extension Substring {
    /// Returns the text without the white space around it.
    func trimmingWhitespace() -> Substring {
        var trimmed = drop(while: \.isWhitespace)
        while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
        return trimmed
    }
}
