/// Metrics in Prometheus' text format, version 0.0.4.
struct PrometheusText {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var description = ""

    /// Begins a family, whose samples are to follow.
    mutating func begin(_ name: String, _ kind: PrometheusKind, help: String?) {
        if let help { description += "# HELP \(name) \(Self.escaped(help, quotes: false))\n" }
        description += "# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func sample(_ name: String, _ labels: PrometheusLabels, _ value: Double) {
        description += labels.text.isEmpty ? name : "\(name){\(labels.text)}"
        description += " \(Self.number(value))\n"
    }

    /// A family of one sample.
    mutating func single(_ name: String, _ kind: PrometheusKind, help: String, _ value: Double) {
        begin(name, kind, help: help)
        sample(name, PrometheusLabels(), value)
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map(String.init) ?? value.description
    }

    /// The name with `_` for every character that a metric's name may not have.
    static func name(_ name: String) -> String { cleaned(name, allowingColon: true) }

    /// The name with `_` for every character that a label's name may not have.
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
