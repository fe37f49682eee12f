/// A series' labels as the text format writes them: `route="/chat",status="200"`, by name.
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

    /// The labels with one more at their end.
    func with(_ name: String, _ value: String) -> PrometheusLabels {
        let label = "\(name)=\"\(value)\""
        return PrometheusLabels(text: text.isEmpty ? label : "\(text),\(label)")
    }

    static func < (left: PrometheusLabels, right: PrometheusLabels) -> Bool { left.text < right.text }
}
