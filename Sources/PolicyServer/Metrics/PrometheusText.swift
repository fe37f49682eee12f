/// Metrics in Prometheus' text format, version 0.0.4.
struct PrometheusText {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var description = ""

    /// Begins a family, whose samples follow.
    mutating func begin(_ name: String, _ kind: PrometheusKind, help: String?) {
        if let help { description += "# HELP \(name) \(Self.escaped(help, quotes: false))\n" }
        description += "# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func sample(_ name: String, _ labels: PrometheusLabels, _ value: Double) {
        description += labels.text.isEmpty ? name : "\(name){\(labels.text)}"
        description += " \(Self.number(value))\n"
    }

    /// Writes a family of one sample.
    mutating func single(_ name: String, _ kind: PrometheusKind, help: String, _ value: Double) {
        begin(name, kind, help: help)
        sample(name, PrometheusLabels(), value)
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map(String.init) ?? value.description
    }

    /// Returns a name with `_` in place of every character that is invalid in a metric's name.
    static func name(_ name: String) -> String { cleaned(name, allowingColon: true) }

    /// Returns a name with `_` in place of every character that is invalid in a label's name.
    static func labelName(_ name: String) -> String { cleaned(name, allowingColon: false) }

    private static func cleaned(_ name: String, allowingColon: Bool) -> String {
        let characters = name.unicodeScalars.map { scalar -> Character in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_": Character(scalar)
            case ":" where allowingColon: ":"
            default: "_"
            }
        }
        return (characters.first?.isNumber ?? true ? "_" : "") + String(characters)
    }

    static func escaped(_ text: String, quotes: Bool = true) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

/// The kinds of metric, as the text format names them.
enum PrometheusKind: String {
    case counter, gauge, histogram
}

/// A series' labels in the text format, sorted by name: `route="/chat",status="200"`.
struct PrometheusLabels: Hashable, Comparable {
    let text: String

    init(_ dimensions: [(String, String)] = []) {
        text =
            dimensions
            .map { (PrometheusText.labelName($0.0), $0.1) }
            .sorted { $0.0 < $1.0 }
            .map { "\($0.0)=\"\(PrometheusText.escaped($0.1))\"" }
            .joined(separator: ",")
    }

    private init(text: String) {
        self.text = text
    }

    /// Returns the labels with another one appended.
    func with(_ name: String, _ value: String) -> PrometheusLabels {
        let label = "\(name)=\"\(value)\""
        return PrometheusLabels(text: text.isEmpty ? label : "\(text),\(label)")
    }

    static func < (left: PrometheusLabels, right: PrometheusLabels) -> Bool { left.text < right.text }
}
