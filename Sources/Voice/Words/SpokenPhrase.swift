/// The sentences that the assistant says itself.
public enum SpokenPhrase {
    /// What is said if a recording contains no words.
    public static func nothingHeard(in language: Language) -> String {
        switch language {
        case .english: "I heard nothing that I understood. Please ask again."
        case .german: "Ich habe nichts verstanden. Bitte fragen Sie noch einmal."
        }
    }

    /// What is said if an answer fails after it began.
    public static func interrupted(in language: Language) -> String {
        switch language {
        case .english: "I am sorry, the answer was interrupted. Please ask again."
        case .german: "Die Antwort wurde leider unterbrochen. Bitte fragen Sie noch einmal."
        }
    }

    /// Names the documents that an answer is based on.
    ///
    /// - Parameters:
    ///   - filenames: The paths of the documents, in the order of their first mention, each as often as it is cited.
    ///   - language: The language of the answer.
    /// - Returns: A sentence such as `From the travel policy.`; nil without documents.
    public static func sources(_ filenames: [String], in language: Language) -> String? {
        var names: [String] = []
        for filename in filenames {
            let name = DocumentName.spoken(filename)
            if !name.isEmpty, !names.contains(name) { names.append(name) }
        }
        guard let last = names.last else { return nil }
        let several = names.count > 1
        let joined = several ? names.dropLast().joined(separator: ", ") : last
        switch language {
        case .english:
            let described = names.map { DocumentName.isNamedByKind($0) ? "the \($0)" : "the document \($0)" }
            guard several, let end = described.last else { return "From \(described[0])." }
            return "From \(described.dropLast().joined(separator: ", ")) and \(end)."
        case .german:
            return several ? "Aus den Dokumenten \(joined) und \(last)." : "Aus dem Dokument \(last)."
        }
    }
}

/// The names of documents as they are said.
enum DocumentName {
    /// The name of a file without its folder, extension and marks: `travel/travel-policy.md` is `travel policy`.
    static func spoken(_ path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let stem = file.lastIndex(of: ".").map { file[..<$0] } ?? file[...]
        let words = stem.split { "-_ .".contains($0) }
        // Numbers that order files are not part of their names.
        let named = words.drop { $0.allSatisfy(\.isNumber) }
        return (named.isEmpty ? words[...] : named).joined(separator: " ")
    }

    /// Whether a name says what the document is, as in `travel policy`.
    static func isNamedByKind(_ name: String) -> Bool {
        let kinds = [
            "policy", "policies", "guide", "guideline", "guidelines", "handbook", "manual", "rules", "code",
            "procedure",
            "regulation", "regulations", "agreement", "faq",
        ]
        return kinds.contains { name.lowercased().hasSuffix($0) }
    }
}
