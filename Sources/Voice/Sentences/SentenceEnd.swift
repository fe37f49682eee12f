/// Decides whether a mark in a text ends a sentence.
struct SentenceEnd {
    let language: Language

    /// Units, which have no full stop of their own.
    private static let units: Set<String> = ["h", "m", "g", "l", "km", "cm", "mm", "kg", "gb", "mb", "kb", "kwh"]

    /// A decision.
    enum Verdict: Hashable {
        /// The mark ends a sentence, whatever follows.
        case end
        /// It does not.
        case noEnd
        /// That depends on what follows, which has not been received; without anything more, it does.
        case open
    }

    /// The marks that may end a sentence.
    static let marks: Set<Character> = [".", "?", "!", "…", "。", "？", "！"]
    /// What may close a sentence after its mark.
    static let closers: Set<Character> = ["\"", "'", "”", "’", "“", "»", "«", ")", "]", "*", "_", "`"]

    /// Decides about a mark.
    ///
    /// - Parameters:
    ///   - before: The text of the line up to and with the mark.
    ///   - isQuoted: Whether closing quotes or brackets follow the mark.
    ///   - next: What follows after white space, up to the next white space; nil if nothing was received yet.
    /// - Returns: The decision.
    func verdict(before: some StringProtocol, isQuoted: Bool, next: Substring?) -> Verdict {
        guard let mark = before.last else { return .noEnd }
        if mark == "…" || before.hasSuffix("...") || (isQuoted && mark != ".") { return unlessLowercase(next) }
        guard mark == "." else { return .end }
        return stop(after: before.dropLast(), next: next)
    }

    private func unlessLowercase(_ next: Substring?) -> Verdict {
        guard let next else { return .open }
        return next.first?.isLowercase == true ? .noEnd : .end
    }

    /// Decides about a full stop after a text.
    private func stop(after text: some StringProtocol, next: Substring?) -> Verdict {
        let abbreviations = Abbreviations.of(language)
        let word = Self.lastWord(of: text)
        guard let last = word.last else { return .end }
        let plain = word.lowercased()
        if last.isNumber, plain.allSatisfy(\.isNumber) { return number(plain, after: text.dropLast(plain.count), next) }
        // `per km.`, and `within 1 h.`, where the letter is no initial.
        if Self.units.contains(plain), plain.count > 1 || Self.trimmed(text.dropLast()).last?.isNumber == true {
            return .end
        }
        // The parts of `z. B.` and of `J. Smith` are single letters.
        if plain.count == 1, last.isLetter {
            // `Art. 324a.` and `the bank's.` end with no initial.
            if let previous = text.dropLast().last, previous.isNumber || previous == "'" || previous == "’" {
                return next.map { isBeginning($0) ? .end : .noEnd } ?? .open
            }
            return letter(last, after: text.dropLast(), next, names: abbreviations.beforeLetter)
        }
        // HR and EU are words of their own, not abbreviations with a full stop.
        if word.count > 1, word.allSatisfy(\.isUppercase) { return .end }
        if abbreviations.neverLast.contains(plain) { return .noEnd }
        if abbreviations.beforeNumber.contains(plain) {
            guard let next else { return .open }
            return next.first?.isNumber == true ? .noEnd : isBeginning(next) ? .end : .noEnd
        }
        if abbreviations.sometimesLast.contains(plain) || plain.contains(".") || Self.hasNoVowel(plain) {
            guard let next else { return .open }
            return isBeginning(next) ? .end : .noEnd
        }
        return .end
    }

    private func letter(
        _ letter: Character,
        after text: some StringProtocol,
        _ next: Substring?,
        names: Set<String>
    ) -> Verdict {
        let isName = letter.isUppercase && names.contains(Self.lastWord(of: Self.trimmed(text)).lowercased())
        guard isName else { return .noEnd }
        return next.map { isBeginning($0) ? .end : .noEnd } ?? .open
    }

    /// Decides about a full stop after a number, which may be an ordinal.
    private func number(_ digits: String, after text: some StringProtocol, _ next: Substring?) -> Verdict {
        // `3.50` and `31.12.2026` go on; years and large numbers are no ordinals.
        let isPartOfNumber = text.last.map { $0 == "." || $0 == "," } ?? false
        guard language == .german, digits.count <= 2 || isPartOfNumber else {
            guard let next else { return .open }
            return next.first?.isLowercase == true ? .noEnd : .end
        }
        guard let next, let first = next.first else { return .open }
        let word = Self.letters(of: next).lowercased()
        if first.isLowercase || Abbreviations.afterGermanOrdinal.contains(word) { return .noEnd }
        // `vom 1. bis 15. Januar`; and `am 1. 3. 2026`.
        if first.isNumber || !first.isLetter && first != "„" && first != "«" && first != "\"" { return .noEnd }
        if Abbreviations.germanBeginnings.contains(word) { return .end }
        let previous = Self.lastWord(of: Self.trimmed(text)).lowercased()
        return Abbreviations.beforeGermanOrdinal.contains(previous) ? .noEnd : .end
    }

    /// Whether a word looks like the beginning of a sentence.
    private func isBeginning(_ word: Substring) -> Bool {
        guard let first = word.first(where: { !Self.closers.contains($0) && $0 != "(" && $0 != "„" && $0 != "«" })
        else {
            return true
        }
        guard first.isUppercase else { return first.isNumber ? false : !first.isLetter }
        return language != .german || Abbreviations.germanBeginnings.contains(Self.letters(of: word).lowercased())
    }

    /// Whether a word consists of consonants: then it is an abbreviation that no list has.
    private static func hasNoVowel(_ word: String) -> Bool {
        word.count > 1 && word.allSatisfy { $0.isLetter && !"aeiouyäöüàéèáíóú".contains($0) }
    }

    /// The letters and inner full stops at the end of a text, or its digits.
    private static func lastWord(of text: some StringProtocol) -> String {
        var word: [Character] = []
        for character in text.reversed() {
            let fits =
                character.isLetter || character.isNumber || character == "–" && word.isEmpty
                || character == "." && word.last?.isLetter == true
            guard fits else { break }
            if let last = word.last, last.isNumber != character.isNumber, character != "." { break }
            word.append(character)
        }
        if word.last == "." { word.removeLast() }
        return String(word.reversed())
    }

    private static func letters(of word: Substring) -> Substring {
        word.drop { !$0.isLetter }.prefix { $0.isLetter }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = String(text)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
