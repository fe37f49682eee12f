/// Reads the signs of fonts that have signs in the places of letters, and of the private places of Unicode, for which
/// `pdftohtml` has no text.
enum PDFSymbols {
    /// The tables of the signs of a font, by the name of the font; the first one that has a sign applies.
    static func tables(of family: String) -> [String] {
        let name = (family.split(separator: "+").last ?? "").lowercased().filter { $0.isLetter || $0.isNumber }
        if name.hasPrefix("wingdings2") { return ["wingdings 2"] }
        if name.hasPrefix("wingdings3") { return [] }
        if name.hasPrefix("wingdings") { return ["wingdings"] }
        if name.hasPrefix("webdings") { return ["webdings"] }
        if name.hasPrefix("symbol") { return ["symbol"] }
        // LibreOffice takes the signs of both fonts from its own one.
        return name.hasPrefix("opensymbol") || name.hasPrefix("starsymbol") ? ["wingdings", "symbol"] : []
    }

    /// The text of signs.
    ///
    /// - Parameters:
    ///   - signs: The text as `pdftohtml` tells it.
    ///   - tables: The tables of the signs of its font.
    /// - Returns: The text.
    static func text(_ signs: String, _ tables: [String]) -> String {
        let isOfLetters = tables.isEmpty || tables.contains("symbol")
        guard !isOfLetters || signs.utf8.contains(where: privateBytes.contains) else { return signs }
        return String(signs.map { sign(of: $0, tables, isOfLetters: isOfLetters) })
    }

    /// The first bytes of the private places.
    private static let privateBytes: ClosedRange<UInt8> = 0xEE...0xEF
    /// The signs that are bullets, and no others.
    private static let bullets: Set<Character> = ["◆", "❖", "➢", "●", "▪", "·"]
    /// The first private place of the figures of Adobe's fonts that have lower cases, and of their small capitals.
    private static let firstFigure: UInt32 = 0xF730
    private static let firstCapital: UInt32 = 0xF761

    private static func sign(of character: Character, _ tables: [String], isOfLetters: Bool) -> Character {
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else { return character }
        switch scalar.value {
        case 0xF020...0xF0FF,
            0x21...0xFF where !isOfLetters:
            for table in tables {
                let code = 0xF000 | scalar.value & 0xFF
                let sign = WordSymbols.text(of: String(code, radix: 16), in: table)
                if let sign = sign.first, sign != " " { return bullets.contains(sign) ? "•" : sign }
            }
            return scalar.value < 0x100 ? " " : character
        case firstFigure..<firstFigure + 10:
            return Character(UnicodeScalar(UInt8(0x30 + scalar.value - firstFigure)))
        case firstCapital..<firstCapital + 26:
            return Character(UnicodeScalar(UInt8(0x41 + scalar.value - firstCapital)))
        default: return character
        }
    }

    /// The signs that are bullets where each is before a text, and those of them that can also tell a choice.
    private static let bulletsBeforeText: Set<String> = ["✓", "→", "⇒", "➔", "➤", "★"]
    private static let choices: Set<String> = ["✓"]
    /// The signs that show that check marks tell a choice.
    private static let otherChoices: Set<Character> = ["✔", "✗", "✘", "☒", "☑", "☐", "×"]
    /// The maximum gap between a bullet and its text, in type sizes.
    private static let maximumGap = 4.0

    /// Replaces the signs before the texts of lists by the usual bullet.
    static func replaceBullets(of pages: inout [PDFPage]) {
        func isBullet(_ run: PDFRun) -> Bool { bulletsBeforeText.contains(run.text.onOneLine) }
        guard pages.contains(where: { $0.runs.contains(where: isBullet) }) else { return }
        let areChoices = pages.contains { $0.runs.contains { $0.text.contains(where: otherChoices.contains) } }
        for page in pages.indices {
            let runs = pages[page].runs
            for index in runs.indices where isBullet(runs[index]) {
                let sign = runs[index]
                guard !areChoices || !choices.contains(sign.text.onOneLine) else { continue }
                // The row's other texts are near the sign in most files, and so are those that are compared.
                let near = runs[max(0, index - 12)..<min(runs.count, index + 13)].filter { run in
                    run.y.overlap(sign.y) > min(run.y.length, sign.y.length) * 0.5 && run.x != sign.x
                }
                let isFirst = near.allSatisfy { $0.x.lowerBound > sign.x.lowerBound && !isBullet($0) }
                let gaps = near.map { $0.x.lowerBound - sign.x.upperBound }
                guard isFirst, let gap = gaps.min(), gap < sign.size * maximumGap else { continue }
                pages[page].runs[index].text = "•"
            }
        }
    }
}
