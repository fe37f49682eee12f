/// Reads LaTeX: its sections, lists, tables and text, without commands of layout.
struct TeXReader {
    let source: [Character]
    var position = 0
    var document: DocumentBuilder
    var text = ""
    private var isListItem = false
    var groups = TeXGroups()
    /// The number of arguments without an end so far.
    var unclosedGroups = 0
    var table: TeXTable?
    /// The names of the open environments within the current cell, which have rows and lines of their own.
    private var innerEnvironments: [String] = []
    private var cellSpan = 1
    private var cellHeight = 1
    /// The number of cells to leave out, which a wide cell covers.
    private var coveredCells = 0

    /// The maximum number of open environments within a cell.
    private static let maximumInnerEnvironments = 32

    private init(_ text: String, limits: ExtractionLimits) {
        source = TeXSource.body(of: text)
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

    private mutating func read() throws(ExtractionError) {
        while position < source.count {
            let character = source[position]
            position += 1
            switch character {
            case "\\": try readCommand()
            case "{": groups.begin(.plain, after: text)
            case "}": try endGroup()
            case "$": break
            case "^": readArgument(.superscript(isExponent: true))
            case "~": text += " "
            case "&" where table != nil: endCell()
            case "\n":
                var isBlankLine = false
                while position < source.count, source[position].isWhitespace {
                    if source[position] == "\n" { isBlankLine = true }
                    position += 1
                }
                if isBlankLine, !groups.hasArgument { try endBlock() }
                text += " "
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

    var peek: Character? { position < source.count ? source[position] : nil }

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
            return readSign(first)
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
        if name == "verb" { return readVerbatim() }
        if peek == "*", name != "multirow" { position += 1 }
        switch name {
        case "begin": try begin(argument())
        case "end": try end(argument())
        case "item": try beginItem()
        case "par": if !groups.hasArgument { try endBlock() }
        case "caption":
            skipOptions()
            readArgument(.caption)
        case "tabularnewline": endRow()
        case _ where TeXCommands.headings[name] != nil:
            if table == nil {
                groups.endAll()
                try endBlock()
            }
            skipOptions()
            readArgument(table == nil ? .heading(level: TeXCommands.headings[name] ?? 1) : .plain)
        case _ where table != nil && readTableCommand(name): break
        default: readInline(name)
        }
        // The blank after a command only ends it.
        if peek == " ", TeXCommands.signs[name] != nil { position += 1 }
    }

    /// Reads a command within a paragraph or a cell.
    private mutating func readInline(_ name: String) {
        if let sign = TeXCommands.signs[name] {
            text += sign
        } else if let count = TeXCommands.silent[name] {
            skipOptions()
            if peek == "(" { _ = group(from: "(", to: ")") }
            for _ in 0..<count { skipArgument() }
            if name == "hspace" { text += " " }
            // The margins of a coloured row.
            if name.hasPrefix("row") || name.hasPrefix("column") || name == "cellcolor" { skipOptions() }
        } else if TeXCommands.notes.contains(name) {
            skipOptions()
            guard peek == "{" else { return }
            text += " ("
            readArgument(.note)
        } else if TeXCommands.superscripts.contains(name) {
            readArgument(.superscript(isExponent: false))
        } else if TeXCommands.fractions.contains(name) {
            skipOptions()
            readArgument(.numerator)
        } else if let accent = TeXCommands.letterAccents[name], peek == "{" || peek == " " {
            readAccent(accent)
        } else if name == "ding" {
            text += TeXCommands.dingbat(argument())
        } else if name == "circ" {
            text += "°"
        } else if name == "replaced" {
            // The new text is before the old one.
            skipOptions()
            let new = argument()
            skipArgument()
            text += new
        } else if TeXCommands.lengths.contains(name) {
            while let next = peek, next.isNumber || "-. ".contains(next) { position += 1 }
            while let next = peek, next.isLetter, next.isASCII { position += 1 }
            text += " "
        } else if let quantity = TeXQuantity(command: name) {
            skipOptions()
            var arguments: [String] = []
            for _ in 0..<quantity.argumentCount {
                skipOptions()
                arguments.append(argument())
            }
            text += quantity.text(arguments)
        } else {
            skipOptions()
        }
    }

    /// Reads a command of tables; false if it is none.
    private mutating func readTableCommand(_ name: String) -> Bool {
        switch name {
        case "multicolumn":
            cellSpan = Int(argument().onOneLine) ?? 1
            _ = argument()
        case "multirow", "multirowcell":
            skipOptions()
            cellHeight = Int(argument().onOneLine) ?? 1
            skipOptions()
            guard name == "multirow" else { break }
            if peek == "*" || peek == "=" { position += 1 } else { _ = argument() }
            skipOptions()
        case "SetCell":
            for part in (option() ?? "").split(separator: ",") {
                let sides = part.split(separator: "=").map(\.onOneLine)
                guard sides.count == 2, let number = Int(sides[1]), number > 1 else { continue }
                if sides[0] == "c" { cellSpan = number } else if sides[0] == "r" { cellHeight = number }
            }
            coveredCells = cellSpan - 1
            skipArgument()
        case "hline", "midrule", "toprule", "bottomrule", "hhline", "cline", "cmidrule":
            // A line is outside of all groups.
            if innerEnvironments.isEmpty { groups.endAll() }
            if name == "hhline" || name.hasPrefix("c") {
                skipOptions()
                if peek == "(" { _ = group(from: "(", to: ")") }
                skipArgument()
            } else {
                skipOptions()
            }
            guard innerEnvironments.isEmpty, name != "toprule", name != "bottomrule" else { break }
            table?.addRule(name == "midrule" ? .midrule : name.hasPrefix("c") ? .partial : .line)
        default:
            guard let part = TeXTable.Part(rawValue: name) else { return false }
            groups.endAll()
            text = ""
            table?.endRow()
            table?.end(part)
        }
        return true
    }

    private mutating func readVerbatim() {
        guard let mark = peek, !mark.isWhitespace else { return }
        position += 1
        while let next = peek, next != mark, next != "\n" {
            text.append(next)
            position += 1
        }
        position += 1
    }

    private mutating func readSign(_ sign: Character) {
        switch sign {
        case "\\":
            if peek == "*" { position += 1 }
            _ = option()
            endRow()
        case ",", ";", ":", " ", "!", "/", "\n": text += sign == "!" || sign == "/" ? "" : " "
        case "(", ")", "[", "]": break
        case "^" where source[position...].starts(with: "{}"), "~" where source[position...].starts(with: "{}"):
            // An accent without a letter is a sign by itself.
            text.append(sign)
            position += 2
        case _ where TeXCommands.accents[sign] != nil:
            if let accent = TeXCommands.accents[sign] { readAccent(accent) }
        default: text.append(sign)
        }
    }

    /// Reads the letter of an accent, with or without braces.
    private mutating func readAccent(_ accent: Character) {
        let isGroup = peek == "{"
        if isGroup || peek == " " { position += 1 }
        if peek == "\\", position + 1 < source.count, "ij".contains(source[position + 1]) { position += 1 }
        guard let letter = peek, letter.isLetter else { return }
        position += 1
        text += String(letter) + String(accent)
        if isGroup, peek == "}" { position += 1 }
    }

    private mutating func begin(_ environment: String) throws(ExtractionError) {
        if table != nil {
            text += " "
            if innerEnvironments.count < Self.maximumInnerEnvironments { innerEnvironments.append(environment) }
        } else {
            groups.endAll()
            try endBlock()
        }
        skipOptions()
        let count = TeXCommands.tables[environment] ?? TeXCommands.environments[environment] ?? 0
        for _ in 0..<count {
            _ = argument()
            skipOptions()
        }
        guard table == nil, TeXCommands.tables[environment] != nil else { return }
        table = TeXTable()
        cellSpan = 1
        cellHeight = 1
        coveredCells = 0
    }

    private mutating func end(_ environment: String) throws(ExtractionError) {
        if let inner = innerEnvironments.lastIndex(of: environment) {
            innerEnvironments.removeSubrange(inner...)
            text += " "
        } else if TeXCommands.tables[environment] != nil {
            try endTable()
        }
        if table == nil { groups.endAll() }
        try endBlock()
    }

    private mutating func beginItem() throws(ExtractionError) {
        let label = option()
        guard table == nil else { return text += text.contains { !$0.isWhitespace } ? "; " : "" }
        groups.endAll()
        try endBlock()
        isListItem = true
        // A mark of the list is not a name.
        guard let label, label.contains(where: { $0.isLetter || $0.isNumber }) else { return }
        text += plain(label) + ": "
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
        // A cell ends outside of all groups.
        guard groups.isEmpty, innerEnvironments.isEmpty else { return text += " " }
        let isCovered = coveredCells > 0 && cellSpan == 1 && text.allSatisfy(\.isWhitespace)
        if isCovered { coveredCells -= 1 } else { table?.addCell(text, spanning: cellSpan, rows: cellHeight) }
        cellSpan = 1
        cellHeight = 1
        text = ""
    }

    /// Ends a row of the table, or a line.
    private mutating func endRow() {
        guard table != nil, groups.isEmpty, innerEnvironments.isEmpty else { return text += " " }
        endCell()
        coveredCells = 0
        table?.endRow()
    }

    private mutating func endTable() throws(ExtractionError) {
        guard table != nil else { return }
        groups.endAll()
        innerEnvironments = []
        // The last row needs no mark of its end.
        if text.contains(where: { !$0.isWhitespace }) { endRow() }
        text = ""
        guard let table else { return }
        self.table = nil
        try document.append(.paragraph(table.caption.onOneLine))
        try table.builder.append(to: &document)
    }

    mutating func endBlock() throws(ExtractionError) {
        guard table == nil else { return }
        let line = text.onOneLine
        text = ""
        try document.append(isListItem ? .listItem(line) : .paragraph(line))
        isListItem = false
    }
}
