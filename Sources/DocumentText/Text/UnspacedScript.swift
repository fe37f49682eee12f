/// Scripts that are written without blanks between words: Chinese, Japanese, Thai, Lao, Burmese and Khmer.
///
/// Korean is one of them here: it has blanks, but particles and endings are written together with the word before them.
/// The borders of words depend on their meaning. So each pair of adjacent letters counts as a word, by which questions
/// and texts are compared.
package enum UnspacedScript {
    /// Whether a character is a letter of such a script, or a mark on one.
    package static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x0E01: false
        // Thai, Lao, Myanmar, Khmer: letters and the marks on them.
        case 0x0E01...0x0E3A, 0x0E40...0x0E4E, 0x0E81...0x0EDF, 0x1000...0x103F, 0x1050...0x109F, 0x1780...0x17D3: true
        // Hiragana, Katakana with its half-width forms, and Bopomofo.
        case 0x3041...0x309F, 0x30A1...0x30FA, 0x30FC...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF, 0xFF66...0xFF9F: true
        // Chinese characters.
        case 0x3005...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFD: true
        default: isKorean(scalar)
        }
    }

    /// Whether a character is a letter of Korean, whose lines are joined with a blank.
    static func isKorean(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x11FF, 0x3131...0x318E, 0xAC00...0xD7A3: true
        default: false
        }
    }

    /// The words of a run of such letters: the pairs, or the letter if there is only one.
    ///
    /// Marks on letters are left out, since the index does not take them for letters.
    package static func words(of run: some Sequence<Unicode.Scalar>) -> [String] {
        let letters = run.filter { !isMark($0) }
        guard letters.count > 1 else { return letters.map { String($0) } }
        return zip(letters, letters.dropFirst()).map { first, second in
            String(String.UnicodeScalarView([first, second]))
        }
    }

    /// The text with blanks around the words of such scripts, for an index that finds words between blanks.
    package static func separated(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: contains) else { return text }
        var separated = ""
        var run: [Unicode.Scalar] = []
        func end() {
            guard !run.isEmpty else { return }
            separated += " \(words(of: run).joined(separator: " ")) "
            run = []
        }
        for scalar in text.unicodeScalars {
            if contains(scalar) {
                run.append(scalar)
            } else {
                end()
                separated.unicodeScalars.append(scalar)
            }
        }
        end()
        return separated
    }

    /// Whether a pair of letters is a function word's.
    ///
    /// It has a letter of pronouns, particles or question words, or is in hiragana only, as particles and endings are,
    /// or is part of a question word or an ending of Korean.
    package static func isFunctionWord(_ word: String) -> Bool {
        let scalars = word.unicodeScalars
        return functionPairs.contains(word) || scalars.contains(where: functionLetters.contains)
            || !scalars.isEmpty && scalars.allSatisfy { (0x3041...0x309F).contains($0.value) }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static let functionPairs: Set<String> = [
        "언제", "어디", "누가", "누구", "무엇", "얼마", "며칠", "어떻", "떻게", "입니", "니까", "니다", "합니", "나요", "인가", "은가", "가요",
    ]
    private static let functionLetters = Set(
        "的了是吗嗎呢吧啊么麼什几幾哪谁誰怎我你您他她它们們有在和与與或及多少最何のはがをにでとへやも는를을".unicodeScalars
    )
}
