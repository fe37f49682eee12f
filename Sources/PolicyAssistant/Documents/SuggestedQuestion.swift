/// A question that an employee might ask about a part of a document, derived from the part's heading by rules.
struct SuggestedQuestion: Sendable, Hashable {
    /// How natural a question is; the best first.
    enum Quality: Int, Comparable {
        /// The heading is a question: `How much leave you have`.
        case asked
        /// The heading names a subject: `Carrying leave over`.
        case named
        /// The heading needs the document's title to be understood: `Approval`.
        case titled

        static func < (left: Quality, right: Quality) -> Bool { left.rawValue < right.rawValue }
    }

    let text: String
    let quality: Quality

    private init(_ text: String, _ quality: Quality) {
        (self.text, self.quality) = (text, quality)
    }

    /// Creates the question; nil for a heading that yields none, such as `Purpose and scope`.
    ///
    /// - Parameters:
    ///   - heading: The heading, without a number.
    ///   - title: The document's title.
    ///   - language: The document's language.
    init?(heading: String, title: String?, language: TextLanguage) {
        let isShouted = heading.contains(where: \.isLetter) && heading == heading.uppercased()
        let words = (isShouted ? heading.lowercased() : heading).split(separator: " ").map { String($0) }
        let bare = words.map { $0.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "'" || $0 == "’" } }
        let content = bare.filter { !$0.isEmpty && !Self.functionWords.contains($0) }
        guard !content.isEmpty, !content.allSatisfy(Self.generalWords.contains),
            !bare.contains(where: Self.pronouns.contains),
            !Self.summaries.contains(where: bare.joined(separator: " ").contains)
        else { return nil }
        if heading.last == "?" {
            guard words.count > 2 else { return nil }
            self.init(words.joined(separator: " ").capitalizedFirst, .asked)
            return
        }
        let question =
            switch language {
            case .german: Self.german(words, bare)
            case .english, .other: Self.english(words, bare, content, title)
            }
        guard let question else { return nil }
        self = question
    }

    private static func english(
        _ words: [String],
        _ bare: [String],
        _ content: [String],
        _ title: String?
    ) -> SuggestedQuestion? {
        if let first = bare.first, interrogatives.contains(first) {
            return interrogative(words, bare, content).map { SuggestedQuestion($0.capitalizedFirst + "?", .asked) }
        }
        var subject = inFirstPerson(words)
        if bare.first != "i" { subject[0] = subject[0].lowercasedFirst }
        let about = subject.joined(separator: " ")
        if content.count > 1 { return SuggestedQuestion("What are the rules for \(about)?", .named) }
        guard let title else { return nil }
        let kind = title.split(separator: " ").last?.lowercased() ?? ""
        let document = documentKinds.contains(kind) ? "the \(title)" : "“\(title)”"
        return SuggestedQuestion("What does \(document) say about \(about)?", .titled)
    }

    /// The question of a heading that begins with an interrogative, without the question mark.
    private static func interrogative(_ words: [String], _ bare: [String], _ content: [String]) -> String? {
        switch bare[0] {
        case "who" where words.count > 3, "which" where words.count > 2:
            return inFirstPerson(words).joined(separator: " ")
        case "when", "if":
            guard words.count > 2, !content.isEmpty else { return nil }
            let condition = inFirstPerson(words)
            return "What happens \(condition[0].lowercased()) \(condition.dropFirst().joined(separator: " "))"
        case "how" where bare.count > 2 && bare[1] == "to":
            return "How do I " + inFirstPerson(words).dropFirst(2).joined(separator: " ")
        case "what" where content.count > 1: return ofThirdPerson(words, bare)
        case "how", "why": return ofFirstPerson(words, bare)
        default: return nil
        }
    }

    /// `How much leave do I have` of `How much leave you have`, `Why do we pay a bonus` of `Why we pay a bonus`.
    private static func ofFirstPerson(_ words: [String], _ bare: [String]) -> String? {
        guard let place = bare.firstIndex(where: { ["you", "we"].contains($0) }), place > 0, place + 1 < words.count,
            bare[0] == "why" || place > 1
        else { return nil }
        let asked = words[..<place].joined(separator: " ")
        let person = bare[place] == "you" ? "I" : "we"
        let rest = inFirstPerson(Array(words[(place + 1)...]))
        guard auxiliaries.contains(bare[place + 1]) else {
            return "\(asked) do \(person) \(rest.joined(separator: " "))"
        }
        let verb = bare[place + 1] == "are" && person == "I" ? "am" : bare[place + 1]
        return ([asked, verb, person] + rest.dropFirst()).joined(separator: " ")
    }

    /// `What does the budget pay for` of `What the budget pays for`.
    private static func ofThirdPerson(_ words: [String], _ bare: [String]) -> String? {
        guard (4...5).contains(words.count), ["the", "a", "an", "our", "your"].contains(bare[1]),
            bare[3].hasSuffix("s"), !bare[3].hasSuffix("ss"), !auxiliaries.contains(bare[3])
        else { return nil }
        let stem = bare[3].dropLast()
        let endsInSibilant = ["sse", "she", "che", "xe", "zze", "oe"].contains { stem.hasSuffix($0) }
        let verb = stem.hasSuffix("ie") ? stem.dropLast(2) + "y" : endsInSibilant ? stem.dropLast() : stem
        let subject = inFirstPerson(Array(words[1...2]))
        return (["What does"] + subject + [String(verb)] + words.dropFirst(4)).joined(separator: " ")
    }

    /// Puts words into the first person: `you are` becomes `I am`.
    private static func inFirstPerson(_ words: [String]) -> [String] {
        var turned: [String] = []
        for word in words {
            switch word.lowercased() {
            case "are" where turned.last == "I": turned.append("am")
            case "you": turned.append("I")
            case "your": turned.append("my")
            case "yours": turned.append("mine")
            case "yourself": turned.append("myself")
            default: turned.append(word)
            }
        }
        return turned
    }

    private static func german(_ words: [String], _ bare: [String]) -> SuggestedQuestion? {
        guard let first = bare.first, !germanOpenings.contains(first) else { return nil }
        let subject = ["die", "das", "ihre", "ihr", "eine"].contains(first) ? [first] + words.dropFirst() : words
        return SuggestedQuestion("Welche Regeln gelten für \(subject.joined(separator: " "))?", .named)
    }

    private static let interrogatives: Set<String> = [
        "who", "whom", "whose", "what", "when", "where", "which", "why", "how", "if",
    ]
    private static let auxiliaries: Set<String> = [
        "are", "is", "can", "could", "may", "might", "must", "should", "will", "would",
    ]
    /// Pronouns, whose noun the heading does not name.
    private static let pronouns: Set<String> = [
        "it", "its", "they", "them", "their", "this", "these", "those", "he", "she", "es", "diese", "dieser", "dieses",
    ]
    /// The headings of parts that sum up others.
    private static let summaries = ["at a glance", "in brief", "in short", "auf einen blick", "im überblick"]
    /// The last words of documents' titles.
    private static let documentKinds: Set<String> = [
        "policy", "policies", "guide", "guideline", "guidelines", "code", "conduct", "handbook", "rules", "regulations",
        "agreement", "manual", "plan", "charter", "statement",
    ]
    /// Words without a meaning of their own.
    private static let functionWords: Set<String> = [
        "a", "an", "the", "and", "or", "of", "for", "to", "in", "on", "at", "by", "with", "from", "about", "what",
        "when",
        "how", "who", "where", "which", "why", "if", "much", "many", "you", "your", "we", "our", "us", "i", "my", "is",
        "are", "be", "do", "does", "have", "has", "get", "can", "may", "must", "that", "not", "und", "oder", "der",
        "die",
        "das", "den", "dem", "des", "von", "zu", "zum", "zur", "für", "mit", "im", "am", "auf", "bei", "wie",
        "was", "wer", "wann", "wo",
    ]
    /// The words of headings that any document may have, and that nobody asks about.
    private static let generalWords: Set<String> = [
        "purpose", "scope", "introduction", "overview", "background", "summary", "general", "provisions", "principles",
        "questions", "question", "faq", "contact", "contacts", "definitions", "definition", "terms", "review",
        "reviews",
        "version", "history", "changes", "references", "appendix", "annex", "contents", "conclusion", "objective",
        "objectives", "aim", "aims", "applicability", "application", "policy", "document", "limits", "privacy",
        "fairness",
        "notes", "related", "documents", "zweck", "geltung", "geltungsbereich", "einleitung", "überblick",
        "allgemeines",
        "grundsätze", "fragen", "kontakt", "begriffe", "anhang", "inkrafttreten", "schlussbestimmungen", "inhalt",
        "ziel", "ziele", "änderungen", "hinweise", "ansprechpartner",
    ]
    /// The first words of German headings that are no nouns, or whose article has to be declined.
    private static let germanOpenings: Set<String> = [
        "wie", "was", "wer", "wen", "wem", "wann", "wo", "wohin", "warum", "weshalb", "wozu", "welche", "welcher",
        "welches", "wenn", "falls", "der", "ein", "ihr", "so",
    ]
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

    /// The text with a small first letter, unless it begins with an abbreviation such as `HR`.
    fileprivate var lowercasedFirst: String {
        let letters = drop { !$0.isLetter }
        guard letters.first?.isUppercase == true, letters.dropFirst().first?.isUppercase != true else { return self }
        return prefix(1).lowercased() + dropFirst()
    }
}
