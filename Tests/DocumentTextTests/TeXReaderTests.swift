import Testing

@testable import DocumentText

@Suite struct TeXReaderTests {
    @Test func readsSectionsTextListsAndTables() throws {
        let document = try TeXReader.document(
            from: #"""
                \documentclass[a4paper]{article}
                \usepackage{booktabs}
                \title{Leave \emph{rules}}
                \begin{document}
                \maketitle
                \section*{Care}
                You get \textbf{ten~days} a year, 50\,\% paid\footnote{From 2026.}. % a remark
                It costs 5\,\euro{} -- no more.

                \begin{itemize}
                \item one \cite{a}
                \item[b] two
                \end{itemize}
                \begin{tabular}{lr}
                \toprule
                \multicolumn{2}{c}{Days} \\ \midrule
                Junior & 26 days \\
                Senior & 30 days \\
                \end{tabular}
                F\"unf.
                \end{document}
                Not read.
                """#
        )
        #expect(
            document.blocks == [
                .heading(level: 1, text: "Leave rules"), .heading(level: 1, text: "Care"),
                .paragraph("You get ten days a year, 50 % paid (From 2026.). It costs 5 € – no more."),
                .listItem("one"), .listItem("b: two"), .paragraph("Days"), .tableRow("Junior: 26 days"),
                .tableRow("Senior: 30 days"), .paragraph("Fünf."),
            ]
        )
    }

    /// What a command stands for may be a figure.
    @Test(arguments: [
        (#"\newcommand{\days}{28}\begin{document}You get \days{} days.\end{document}"#, "You get 28 days."),
        (#"\def\days{28}You get \days\ days."#, "You get 28 days."),
        (#"\newcommand*{\pay}[2]{#1 euros a #2}It costs \pay{40}{night}."#, "It costs 40 euros a night."),
        (#"\newcommand\a{5}\newcommand\b{\a0}\renewcommand{\a}{7}Up to \b{} km."#, "Up to 70 km."),
        (#"\newcommand{\a}{\a\a}Endless\a."#, "Endless."), (#"50\% of \unknown{pay}"#, "50% of pay"),
    ])
    func replacesTheCommandsThatAFileDefines(source: String, text: String) throws {
        #expect(try TeXReader.document(from: source).blocks == [.paragraph(text)])
    }

    @Test(arguments: [
        (
            #"\hline Grade & Days \\ \hline A & 26 \\ B & 30 \\ \hline"#,
            ["Grade: A; Days: 26", "Grade: B; Days: 30"]
        ),
        (#"\toprule Grade & Days \\ \midrule A & 26 \\ \bottomrule"#, ["Grade: A; Days: 26"]),
        (
            #"\hline Payday & Friday \\ \hline Bonus & May \\ \hline Gift & June \\ \hline"#,
            ["Payday: Friday", "Bonus: May", "Gift: June"]
        ),
    ])
    func takesTheRowAboveTheOnlyLineForAHeader(rows: String, lines: [String]) throws {
        let document = try TeXReader.document(from: #"\begin{tabular}{lr}"# + rows + #"\end{tabular}"#)
        #expect(document.blocks.map(\.text) == lines)
    }

    @Test(arguments: [
        "\\", "{", "\\def\\a{", "\\newcommand{\\a}[9]{\\a{#1}}\\a{", "\\begin{tabular}", "\\item", "&", "$", "%",
        "\\section{", "\\title[",
    ])
    func survivesHostileMarkup(piece: String) throws {
        let document = try TeXReader.document(from: "start " + String(repeating: piece, count: 5_000))
        #expect(document.blocks.first?.text.hasPrefix("start") == true)
    }
}
