/// Reads LaTeX: its sections, lists, tables and text, without commands of layout.
struct TeXReader {
    private let source: [Character]
    private var position = 0
    private var document: DocumentBuilder
    private var text = ""
    private var isListItem = false
    private var table: TableBuilder?
    private var tableRules = TableRules()
    private var cellSpan = 1

    private static let headings: [String: Int] = [
        "title": 1, "part": 1, "chapter": 1, "section": 1, "subsection": 2, "subsubsection": 3, "paragraph": 4,
        "subparagraph": 5,
    ]
    /// Commands whose arguments are not text, with the number of their arguments.
    private static let silent: [String: Int] = [
        "documentclass": 1, "usepackage": 1, "label": 1, "ref": 1, "pageref": 1, "cite": 1, "includegraphics": 1,
        "input": 1, "include": 1, "bibliography": 1, "bibliographystyle": 1, "vspace": 1, "hspace": 1, "setlength": 2,
        "newcommand": 2, "renewcommand": 2, "pagestyle": 1, "thispagestyle": 1, "cline": 1, "cmidrule": 1, "color": 1,
        "textcolor": 1, "href": 1, "fontsize": 2, "setcounter": 2, "addtocounter": 2, "hypersetup": 1, "geometry": 1,
        "st": 1, "sout": 1, "index": 1, "multirow": 2,
    ]
    private static let tables: Set<String> = ["tabular", "tabular*", "tabularx", "longtable", "array", "tabulary"]
    private static let signs: [String: String] = [
        "euro": "€", "texteuro": "€", "EUR": "€", "pounds": "£", "S": "§", "ss": "ß", "ldots": "…", "dots": "…",
        "textbackslash": "\\", "textasciitilde": "~", "quad": " ", "qquad": " ", "copyright": "©", "o": "ø", "ae": "æ",
        "times": "×", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "textdegree": "°", "percent": "%", "newline": " ",
        "linebreak": " ", "textendash": "–", "textemdash": "—",
    ]
    private static let accents: [Character: Character] = [
        "\"": "\u{308}", "'": "\u{301}", "`": "\u{300}", "^": "\u{302}", "~": "\u{303}",
    ]

    private init(_ text: String, limits: ExtractionLimits) {
        source = Self.body(of: text)
        document = DocumentBuilder(limits: limits)
    }

    /// The document in a LaTeX file.
    ///
    /// - Throws: `ExtractionError` if its text exceeds the limits.
    static func document(
        from text: String,
        limits: ExtractionLimits = .standard
    ) throws(ExtractionError) -> ExtractedDocument {
        var reader = TeXReader(text, limits: limits)
        try reader.read()
        return reader.document.document
    }

    /// The text without comments and without the preamble, except for the title; commands that it defines are replaced.
    private static func body(of text: String) -> [Character] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line -> Substring? in
            var isEscaped = false
            for index in line.indices {
                if line[index] == "%", !isEscaped {
                    // A line that is only a comment does not end a paragraph.
                    return line[..<index].allSatisfy(\.isWhitespace) ? nil : line[..<index]
                }
                isEscaped = line[index] == "\\" && !isEscaped
            }
            return line
        }
        let whole = String(TeXMacros.expanded(lines.joined(separator: "\n")))
        guard let start = whole.firstRange(of: "\\begin{document}") else { return Array(whole) }
        let end = whole.firstRange(of: "\\end{document}")?.lowerBound ?? whole.endIndex
        let title = whole[..<start.lowerBound].firstRange(of: "\\title{").map { range in
            let rest = whole[range.upperBound..<start.lowerBound].prefix { $0 != "\n" }
            var depth = 1
            let title = rest.prefix { character in
                if character == "{" { depth += 1 } else if character == "}" { depth -= 1 }
                return depth > 0
            }
            return "\\title{\(title)}\n\n"
        }
        guard start.upperBound <= end else { return Array(whole) }
        return Array((title ?? "") + whole[start.upperBound..<end])
    }

    private mutating func read() throws(ExtractionError) {
        while position < source.count {
            let character = source[position]
            position += 1
            switch character {
            case "\\": try readCommand()
            case "{", "}", "$": break
            case "~": text += " "
            case "&" where table != nil: endCell()
            case "\n":
                var isBlankLine = false
                while position < source.count, source[position].isWhitespace {
                    if source[position] == "\n" { isBlankLine = true }
                    position += 1
                }
                if isBlankLine, table == nil { try endBlock() } else { text += " " }
            case "-": text += dash()
            case "`" where peek == "`", "'" where peek == "'":
                position += 1
                text += character == "`" ? "“" : "”"
            default: text.append(character)
            }
        }
        try endTable()
        try endBlock()
    }

    private var peek: Character? { position < source.count ? source[position] : nil }

    private mutating func dash() -> String {
        guard peek == "-" else { return "-" }
        position += 1
        guard peek == "-" else { return "–" }
        position += 1
        return "—"
    }

    private mutating func readCommand() throws(ExtractionError) {
        guard let first = peek else { return }
        guard first.isLetter else {
            position += 1
            return try readSign(first)
        }
        var name = ""
        while let next = peek, next.isLetter, next.isASCII {
            name.append(next)
            position += 1
        }
        if name.isEmpty {
            text.append(first)
            position += 1
            return
        }
        if peek == "*" { position += 1 }
        if let level = Self.headings[name] {
            try endBlock()
            text = argument()
            let title = plain(text)
            text = ""
            return try document.append(.heading(level: level, text: title))
        }
        switch name {
        case "begin": try begin(argument())
        case "end": try end(argument())
        case "item":
            try endBlock()
            isListItem = true
            if let label = option() { text += plain(label) + ": " }
        case "par": try endBlock()
        case "footnote": text += " (" + plain(argument()) + ")"
        case "multicolumn":
            cellSpan = Int(argument()) ?? 1
            _ = argument()
        case "hline", "midrule": tableRules.noteRule(isOfBooktabs: name == "midrule")
        case "toprule", "bottomrule", "endhead", "endfirsthead", "centering", "noindent": break
        default:
            if let sign = Self.signs[name] {
                text += sign
            } else if let count = Self.silent[name] {
                while option() != nil {}
                for _ in 0..<count { _ = argument() }
            } else {
                while option() != nil {}
            }
        }
        // The blank after a command only ends it.
        if peek == " ", Self.signs[name] != nil { position += 1 }
    }

    private mutating func readSign(_ sign: Character) throws(ExtractionError) {
        switch sign {
        case "\\" where table != nil:
            _ = option()
            endCell()
            tableRules.endRow()
            table?.beginRow()
        case "\\":
            _ = option()
            text += " "
        case ",", ";", ":", " ", "!", "/", "\n": text += sign == "!" || sign == "/" ? "" : " "
        case "(", ")", "[", "]": break
        case _ where Self.accents[sign] != nil:
            if peek == "{" { position += 1 }
            guard let letter = peek, let accent = Self.accents[sign] else { return }
            position += 1
            text += String(letter) + String(accent)
        default: text.append(sign)
        }
    }

    private mutating func begin(_ environment: String) throws(ExtractionError) {
        try endBlock()
        while option() != nil {}
        if Self.tables.contains(environment) {
            if ["tabular*", "tabularx", "tabulary"].contains(environment) { _ = argument() }
            _ = argument()
            try endTable()
            table = TableBuilder()
            tableRules = TableRules()
            table?.beginRow()
        } else if peek == "{", ["minipage", "multicols", "adjustbox"].contains(environment) {
            _ = argument()
        }
    }

    private mutating func end(_ environment: String) throws(ExtractionError) {
        if Self.tables.contains(environment) { try endTable() }
        try endBlock()
    }

    /// The next argument in braces; empty if there is none.
    private mutating func argument() -> String {
        group(from: "{", to: "}") ?? ""
    }

    /// The next argument in square brackets; nil if there is none.
    private mutating func option() -> String? {
        group(from: "[", to: "]")
    }

    private mutating func group(from opening: Character, to closing: Character) -> String? {
        guard peek == opening else { return nil }
        var depth = 0
        let start = position + 1
        // Longer text is not an argument.
        for index in position..<min(source.count, position + 20_000) {
            if source[index] == opening { depth += 1 }
            if source[index] == closing { depth -= 1 }
            if depth == 0 {
                position = index + 1
                return String(source[start..<index])
            }
        }
        return nil
    }

    /// An argument's text without commands, except for their arguments.
    private func plain(_ markup: String) -> String {
        var kept = ""
        var isCommand = false
        for character in markup {
            if character == "\\" {
                isCommand = true
            } else if isCommand, character.isLetter {
                continue
            } else {
                isCommand = false
                if !"{}$".contains(character) { kept.append(character == "~" ? " " : character) }
            }
        }
        return kept.onOneLine
    }

    private mutating func endCell() {
        table?.addCell(text, spanning: cellSpan)
        tableRules.cells += 1
        cellSpan = 1
        text = ""
    }

    private mutating func endTable() throws(ExtractionError) {
        guard table != nil else { return }
        if text.contains(where: { !$0.isWhitespace }) { endCell() }
        text = ""
        if tableRules.markHeader { table?.firstRowIsHeader = true }
        try table?.append(to: &document)
        table = nil
    }

    private mutating func endBlock() throws(ExtractionError) {
        guard table == nil else { return }
        let line = text.onOneLine
        text = ""
        try document.append(isListItem ? .listItem(line) : .paragraph(line))
        isListItem = false
    }

    /// The lines across a table, which may show that its first row is a header.
    private struct TableRules {
        /// The number of cells of the current row so far.
        var cells = 0
        private var rows = 0
        private var firstRowCells = 0
        private var ruledRows: Set<Int> = []
        private var isOfBooktabs = false

        mutating func endRow() {
            if rows == 0 { firstRowCells = cells }
            rows += 1
            cells = 0
        }

        mutating func noteRule(isOfBooktabs: Bool) {
            ruledRows.insert(rows)
            if rows == 1, isOfBooktabs { self.isOfBooktabs = true }
        }

        /// Whether a line is below the first row, and not below each of the others.
        var markHeader: Bool {
            let inner = 1..<max(rows, 1)
            return firstRowCells > 1 && ruledRows.contains(1)
                && (isOfBooktabs || rows > 2 && !inner.allSatisfy(ruledRows.contains))
        }
    }
}
