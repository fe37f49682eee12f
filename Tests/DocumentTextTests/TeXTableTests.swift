import Testing

@testable import DocumentText

@Suite struct TeXTableTests {
    private func lines(_ source: String) throws -> [String] {
        try TeXReader.document(from: source).blocks.map(\.text)
    }

    @Test(arguments: [
        #"\multirow{2}{*}{North} & Oslo & \cellcolor[gray]{0.9}180 \\ & Bergen & 150 \\"#,
        #"\multirow{2}*{North} & Oslo & \cellcolor{red!20}180 \\ \cmidrule(lr){2-3} & Bergen & 150 \\"#,
        #"\rowcolor{red} & Oslo & 180 \\ \rule{0pt}{2ex}\multirow{-2}{*}{North} & Bergen & 150 \\"#,
    ])
    func carriesACellToTheRowsThatItCovers(rows: String) throws {
        let table =
            #"\begin{tabular}{llr}Region & City & Limit \\ \midrule "# + rows + #"South & Rome & 160 \\ \end{tabular}"#
        #expect(
            try lines(table) == [
                "Region: North; City: Oslo; Limit: 180", "Region: North; City: Bergen; Limit: 150",
                "Region: South; City: Rome; Limit: 160",
            ]
        )
    }

    @Test(arguments: [
        #"\toprule Country & \multicolumn{2}{c}{Per diem} \\ \cmidrule(lr){2-3} & Full & Half \\ \midrule"#,
        #"\hline \multirow{2}{*}{Country} & \multicolumn{2}{c|}{Per diem} \\ \cline{2-3} & Full & Half \\ \hline"#,
    ])
    func readsAHeaderOfTwoRows(header: String) throws {
        let rows = #" Italy & 42 & 28 \\ \hline Spain & 34 & \\ \hline "#
        #expect(
            try lines(#"\begin{tabular}{|l|r|r|}"# + header + rows + #"\end{tabular}"#) == [
                "Country: Italy; Per diem Full: 42; Per diem Half: 28", "Country: Spain; Per diem Full: 34",
            ]
        )
    }

    @Test func keepsTheLinesOfAnEnvironmentInItsCell() throws {
        let cells = ["Grade", #"Days\\ (a year)\strut"#, "Pay"].map {
            #"\begin{minipage}[b]{\linewidth}\raggedright "# + $0 + #"\end{minipage}"#
        }
        let table =
            #"\begin{longtable}{lll} \toprule "# + cells.joined(separator: " & ")
            + #" \\ \midrule \endhead A & 30 & 5 \\ B & 24 & 4 \\ \bottomrule \end{longtable}"#
        #expect(
            try lines(table) == ["Grade: A; Days (a year): 30; Pay: 5", "Grade: B; Days (a year): 24; Pay: 4"]
        )
        let list = #"\begin{itemize}[noitemsep] \item Meals \\ at home \item Hotel\end{itemize}"#
        let other =
            #"\begin{tabular}{ll} Who & What \\ \hline All & "# + list + #" \\ Guests & Nothing \\ \end{tabular}"#
        #expect(try lines(other) == ["Who: All; What: Meals at home ; Hotel", "Who: Guests; What: Nothing"])
    }

    @Test func takesNoRowsOfFiguresAboveALineForAHeader() throws {
        let table = #"\begin{tabular}{lr}A & 5 \\ B & 6 \\ \midrule Total & 11 \\ \end{tabular}"#
        #expect(try lines(table) == ["A: 5", "B: 6", "Total: 11"])
    }

    @Test func takesARowWithAnEmptyCornerForAHeader() throws {
        let rows = #"\hline & 2025 & 2026 \\ \hline Graz & 29 & 30 \\ \hline Linz & & 26 \\ \hline"#
        #expect(
            try lines(#"\begin{tabular}{|l|c|c|}"# + rows + #"\end{tabular}"#)
                == ["Graz; 2025: 29; 2026: 30", "Linz; 2026: 26"]
        )
    }

    @Test func readsThePartsOfALongTableOnce() throws {
        let table = #"""
            \begin{longtable}{lr}
            \caption{Leave}\label{t}\\
            \toprule Kind & Days \\ \midrule
            \endfirsthead
            \multicolumn{2}{c}{continued} \\ \toprule Kind & Days \\ \midrule
            \endhead
            \midrule \multicolumn{2}{r}{Continued on next page} \\
            \endfoot
            \bottomrule
            \endlastfoot
            Wedding & 2 \\
            Move & one \\
            \end{longtable}
            """#
        #expect(try lines(table) == ["Leave", "Kind: Wedding; Days: 2", "Kind: Move; Days: one"])
    }

    @Test(arguments: [
        #"\makecell[l]{one \\ paid}"#, #"\begin{tabular}[c]{@{}l@{}}one \\ paid\end{tabular}"#,
        #"\parbox{3cm}{one \\ paid}"#,
    ])
    func keepsTheLinesOfACellTogether(cell: String) throws {
        let table = #"\begin{tabularx}{\linewidth}"# + "\n" + #"{lX}Kind & Days \\ \midrule Move & "# + cell
        #expect(
            try lines(table + #" \\ Birth & ten \\ \end{tabularx}"#) == [
                "Kind: Move; Days: one paid", "Kind: Birth; Days: ten",
            ]
        )
    }

    @Test func readsTablesOfTabularray() throws {
        let table = #"""
            \begin{tblr}{colspec={lll}, hlines}
            \SetCell[r=2]{l} Kind & \SetCell[c=2]{c} Days & \\ \hline
             & Full & Half \\ \hline
            Move & 2 & 1 \\
            Birth & 10 & 5 \\
            \end{tblr}
            """#
        #expect(
            try lines(table) == [
                "Kind: Move; Days Full: 2; Days Half: 1", "Kind: Birth; Days Full: 10; Days Half: 5",
            ]
        )
    }

    @Test func theLastRowNeedsNoMarkOfItsEnd() throws {
        let table = #"""
            \begin{tabular}{ll}
            Role & Extension \\ \hline
            First aid & 7711 \\
            Fire warden & 7722
            \end{tabular}
            """#
        #expect(try lines(table) == ["Role: First aid; Extension: 7711", "Role: Fire warden; Extension: 7722"])
    }
}
