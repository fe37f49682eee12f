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

    @Test(arguments: ["\\", "{", "\\begin{tabular}", "\\item", "&", "$", "%", "\\section{", "\\title["])
    func survivesHostileMarkup(piece: String) throws {
        let document = try TeXReader.document(from: "start " + String(repeating: piece, count: 5_000))
        #expect(document.blocks.first?.text.hasPrefix("start") == true)
    }
}
