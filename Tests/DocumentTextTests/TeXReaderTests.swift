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

    /// The signs of figures and units are not joined with the figures before them.
    @Test(arguments: [
        (#"Up to \SIrange{3}{5}{\percent}, \SI{45}{\minute}, \qty{5}{days}."#, "Up to 3–5 %, 45 min, 5 days."),
        (#"\num{1 200} \euro, \numrange{3}{5} or \qtylist{1;2}{\day}"#, "1200 €, 3–5 or 1, 2 d"),
        (#"\SI[round-mode=none]{80}{\kilo\metre\per\hour}, \qty{20}{\square\metre}"#, "80 km/h, 20 m²"),
        (#"\unit{\degreeCelsius} and \ang{45}"#, "°C and 45°"), (#"$1\frac{1}{2}$ days"#, "1½ days"),
        (#"1\nicefrac{3}{7}, \tfrac12, $\frac{a + b}{12}$"#, "1 3/7, ½, (a + b)/12"),
        (#"a club\textsuperscript{2} of 9 m$^2$ or $30^\circ$C"#, "a club [2] of 9 m² or 30°C"),
        (#"\textsuperscript{st} 1\textsuperscript{st}"#, "st 1st"), (#"\colorbox{red}{5} \rule{2cm}{1pt}6"#, "5 6"),
        (#"\scalebox{0.8}{5}\hspace{2cm}\raisebox{1ex}{6}"#, "5 6"), (#"\verb|x 5| \ding{51}"#, "x 5 ✓"),
        (#"\newcommand{\pay}[2][40]{#1 euros a #2}\pay{night}, \pay[9]{day}"#, "40 euros a night, 9 euros a day"),
    ])
    func keepsFiguresAndUnitsApart(source: String, text: String) throws {
        #expect(try TeXReader.document(from: source).blocks == [.paragraph(text)])
    }

    @Test(arguments: [
        (#"\iffalse Old: 20. \ifx\a\b 21 \fi\fi New: 25."#, "New: 25."),
        (#"\if0 Old. \fi\if00 Shown. \else Not. \fi End."#, "Shown. End."),
        (#"\newif\ifold\ifold Old: 20.\else New: 25.\fi\oldtrue\ifold{} It is.\fi"#, "New: 25. It is."),
        ("\\begin{comment}\nOld: 20.\n\\end{comment}\nNew: 25.", "New: 25."),
        (#"\ifnum1<2 Less.\else More.\fi"#, "Less."), (#"You \iffalse get 20."#, "You get 20."),
        (#"You get \sout{20}\st{21}\xout{22}\phantom{23}\todo[inline]{24?} 25."#, "You get 25."),
        (#"\replaced{25}{20} days\deleted{ off}"#, "25 days"),
    ])
    func leavesOutWhatIsNotTypesetOrStruckOut(source: String, text: String) throws {
        #expect(try TeXReader.document(from: source).blocks == [.paragraph(text)])
    }

    @Test func readsNotesAndStruckTextWithinHeadings() throws {
        let document = try TeXReader.document(
            from: #"\section[Short]{Leave \sout{old}\footnote{From $5$ \textbf{May}.}} Text."#
        )
        #expect(document.blocks == [.heading(level: 1, text: "Leave (From 5 May.)"), .paragraph("Text.")])
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
        "\\section{", "\\title[", "^{", "x^{x}", "\\frac{", "\\frac{1", "\\footnote{a", "\\iffalse", "\\if", "\\fi",
        "\\begin{comment}", "\\multirow{2}{*}{a} & ", "\\begin{tabular}{l}\\multirow{-2}{*}{a} & ", "\\SI{1}{\\",
    ])
    func survivesHostileMarkup(piece: String) throws {
        let document = try TeXReader.document(from: "start " + String(repeating: piece, count: 5_000))
        #expect(document.blocks.first?.text.hasPrefix("start") == true)
    }
}
