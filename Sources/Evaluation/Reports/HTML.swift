/// The elements of a report's page.
///
/// All texts are escaped.
enum HTML {
    /// The text escaped for content and for quoted attributes.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    static func table(head: [String], _ rows: [[String]]) -> String {
        let columns = head.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
        let lines = rows.map { row in "<tr>" + row.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>" }
        return """
            <table>
            <thead><tr>\(columns)</tr></thead>
            <tbody>
            \(lines.joined(separator: "\n"))
            </tbody>
            </table>
            """
    }

    static func list(_ texts: [String], _ name: String) -> String {
        guard !texts.isEmpty else { return "" }
        return "<ul class=\"\(escaped(name))\">" + texts.map { "<li>\(escaped($0))</li>" }.joined() + "</ul>"
    }

    static func question(_ question: QuestionResult, isOpen: Bool) -> String {
        let kind = question.kind.map { " <span class=\"kind\">\(escaped($0))</span>" } ?? ""
        var parts = [
            """
            <details\(isOpen ? " open" : "")>
            <summary><span class="place">\(escaped(question.id))</span> \(escaped(question.question))\(kind)</summary>
            """
        ]
        if !question.before.isEmpty { parts.append("<p>Asked before:</p>\n" + list(question.before, "before")) }
        parts += [list(question.misses, "misses"), list(question.notes, "notes"), demand(question)]
        let answers = question.answers.map(answer)
        // Repeats that are word for word the same are shown once.
        let different = answers.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        parts += different
        return (parts.filter { !$0.isEmpty } + ["</details>"]).joined(separator: "\n")
    }

    private static func demand(_ question: QuestionResult) -> String {
        guard !question.isOutOfScope else { return "<p>To be refused.</p>" }
        let files = question.files.joined(separator: " or ")
        let parts = [question.expectedAnswer, files.isEmpty ? nil : files].compactMap(\.self)
        return parts.isEmpty ? "" : "<p>Wanted: \(escaped(parts.joined(separator: " · ")))</p>"
    }

    private static func answer(_ answer: QuestionResult.Answer) -> String {
        guard answer.error == nil else { return "" }
        let citations = answer.citations.map { citation in
            let mark =
                switch citation.isVerbatim {
                case true?: " <span class=\"right\">word for word</span>"
                case false?: " <span class=\"wrong\">not in these words</span>"
                case nil: ""
                }
            let quote = citation.quote.isEmpty ? "" : "<q>\(escaped(citation.quote))</q>"
            return "<li><b>\(escaped(citation.filename))</b>\(mark) \(quote)</li>"
        }
        return """
            <blockquote>\(escaped(answer.text))</blockquote>
            <ol class="citations">\(citations.joined())</ol>
            """
    }

    static let style = """
        :root { color-scheme: light dark; --line: #8884; --soft: #8882; --bad: #b3261e; --good: #1b6e3c }
        @media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --good: #7fd8a3 } }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 0 }
        main { max-width: 60rem; margin: 0 auto; padding: 1.5rem }
        h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem }
        .about { opacity: .75 } .headline { font-size: 1.1rem; font-weight: 600 }
        table { border-collapse: collapse; width: 100% }
        th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line) }
        td:nth-child(n+3) { white-space: nowrap }
        details { border: 1px solid var(--line); border-radius: 8px; padding: .6rem .9rem; margin: .6rem 0 }
        summary { cursor: pointer; font-weight: 600 }
        .place, .kind { font-weight: 400; opacity: .75; font-size: .875rem } .place { margin-right: .4rem }
        .misses { color: var(--bad) } .right { color: var(--good) } .wrong { color: var(--bad) }
        blockquote { margin: .6rem 0; padding: .5rem .9rem; background: var(--soft); white-space: pre-wrap }
        .lines { white-space: pre-wrap } li { overflow-wrap: anywhere }
        """
}
