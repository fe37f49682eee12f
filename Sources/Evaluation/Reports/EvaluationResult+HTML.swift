extension EvaluationResult {
    /// The result as a self-contained page, without scripts and external resources.
    public var html: String {
        let wrong = questions.filter { $0.right == false }
        let noted = questions.filter { $0.right != false && !$0.notes.isEmpty }
        let rest = questions.filter { $0.right != false && $0.notes.isEmpty }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Evaluation: \(HTML.escaped(subject.file))</title>
            <style>\(HTML.style)</style>
            </head>
            <body>
            <main>
            <h1>Evaluation of \(HTML.escaped(subject.file))</h1>
            <p class="about">\(HTML.escaped(subject.madeAt)) · answered by \(HTML.escaped(subject.answeredBy)) · \
            policy-assistant \(HTML.escaped(subject.program))</p>
            <p class="headline">\(HTML.escaped(headline))</p>
            <h2>Measures</h2>
            \(HTML.table(head: ["Name", "Measure", "Count", "Share"], rows))
            \(kinds.isEmpty ? "" : "<h2>Kinds</h2>\n" + HTML.table(head: ["Kind", "Right", "Strictly"], kindRows))
            \(comparison == nil ? "" : "<h2>Baseline</h2>\n<p class=\"lines\">\(HTML.escaped(comparisonText))</p>")
            \(section("Not right", wrong, isOpen: true))
            \(section("Right, with notes", noted, isOpen: false))
            \(section("Others", rest, isOpen: false))
            \(notes.isEmpty ? "" : "<h2>Ignored</h2>\n" + HTML.list(notes, "notes"))
            </main>
            </body>
            </html>

            """
    }

    private func section(_ title: String, _ questions: [QuestionResult], isOpen: Bool) -> String {
        guard !questions.isEmpty else { return "" }
        return "<h2>\(HTML.escaped(title)) (\(questions.count))</h2>\n"
            + questions.map { HTML.question($0, isOpen: isOpen) }.joined(separator: "\n")
    }
}
