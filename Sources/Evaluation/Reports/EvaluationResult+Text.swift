internal import FoundationEssentials

extension EvaluationResult {
    /// The result for a terminal: the measures, the kinds, the comparison, and each wrong question with the reasons.
    public var text: String {
        [headline, table, kindsTable, comparisonText, missesText].filter { !$0.isEmpty }
            .joined(separator: "\n\n")
    }

    /// The number of right questions, as a sentence.
    var headline: String {
        let times = subject.repeats == 1 ? "asked once" : "each asked \(subject.repeats) times"
        var sentence = "\(Text.count(questions.count, "question")), \(times): \(measures.right.count) right"
        if let interval = measures.right.interval, let value = measures.right.value {
            sentence += " (\(Text.percent(value)); 95 % interval \(Text.interval(interval)))"
        }
        let wrong = measures.right.total - measures.right.count
        sentence += ", \(wrong) not"
        let unchecked = questions.count - measures.right.total
        if unchecked > 0 { sentence += ", \(unchecked) with nothing to check" }
        if drafts > 0 { sentence += "; \(Text.count(drafts, "draft")) not asked" }
        return sentence + "."
    }

    /// The measures with a value, as rows.
    var rows: [[String]] {
        var rows = measures.all.compactMap { measure -> [String]? in
            guard let value = measure.share.value else { return nil }
            return [
                measure.name, measure.title, "\(measure.share.count) of \(measure.share.total)", Text.percent(value),
            ]
        }
        rows.append(["median_seconds", "median time of an answer", "", Text.seconds(medianSeconds)])
        rows.append(["p95_seconds", "95th percentile of the time of an answer", "", Text.seconds(p95Seconds)])
        if errors > 0 { rows.append(["errors", "errors instead of an answer", "\(errors)", ""]) }
        return rows
    }

    private var table: String { Self.aligned(rows) }

    private var kindsTable: String {
        guard !kinds.isEmpty else { return "" }
        return Self.aligned([["kind", "right", "strictly"]] + kindRows)
    }

    /// The kinds, with the right questions, and with the strictly right ones: in the answer's own text, or refused.
    var kindRows: [[String]] {
        kinds.map { kind in
            [
                kind.kind, "\(kind.right.count) of \(kind.right.total)", "\(kind.strict.count) of \(kind.strict.total)",
            ]
        }
    }

    var comparisonText: String {
        guard let comparison else { return "" }
        var text = """
            Compared with the baseline on \(Text.count(comparison.compared, "question")): \(comparison.better.count) better, \
            \(comparison.worse.count) worse (p = \(Text.probability(comparison.probability))).
            """
        if comparison.isSignificantlyWorse { text += " The difference is significant." }
        if !comparison.worse.isEmpty { text += "\nWorse: \(comparison.worse.joined(separator: ", "))" }
        if !comparison.better.isEmpty { text += "\nBetter: \(comparison.better.joined(separator: ", "))" }
        if comparison.added + comparison.removed > 0 {
            text += "\nNot compared: \(comparison.added) new, \(comparison.removed) no longer in the file."
        }
        return text
    }

    private var missesText: String {
        let wrong = questions.filter { $0.right == false }
        guard !wrong.isEmpty else { return "" }
        return "Not right:\n"
            + wrong.map { question in
                let asked = (question.before + [question.question]).joined(separator: " → ")
                return (["  \(question.id)  \(asked)"] + question.misses.map { "      \($0)" }).joined(separator: "\n")
            }.joined(separator: "\n")
    }

    private static func aligned(_ rows: [[String]]) -> String {
        let widths = (0..<(rows.first?.count ?? 0)).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let line = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}

/// The formats of numbers in reports.
enum Text {
    /// A share in per cent: an integer, except for shares close to 0 and 100 %.
    static func percent(_ share: Double) -> String {
        let percent = share * 100
        let whole = percent.rounded()
        guard percent != whole, whole < 1 || whole > 99 || abs(percent - whole) > 0.05 else { return "\(Int(whole)) %" }
        return "\((percent * 10).rounded() / 10) %"
    }

    static func interval(_ range: ClosedRange<Double>) -> String {
        "\(Int((range.lowerBound * 100).rounded())) to \(Int((range.upperBound * 100).rounded())) %"
    }

    static func seconds(_ seconds: Double) -> String {
        seconds < 1 ? "\(Int((seconds * 1000).rounded())) ms" : "\((seconds * 100).rounded() / 100) s"
    }

    static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    static func probability(_ probability: Double) -> String {
        probability < 0.001 ? "less than 0.001" : "\((probability * 1000).rounded() / 1000)"
    }
}
