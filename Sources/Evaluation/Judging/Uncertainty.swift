/// Tells whether an answer begins by saying that it may not be one.
enum Uncertainty {
    private static let beginnings = [
        "i am not sure", "i'm not sure", "i’m not sure", "not sure", "ich bin nicht sicher", "ich bin mir nicht sicher",
        "je ne suis pas sûr", "no estoy segur", "non sono sicur", "ik weet niet zeker", "não tenho a certeza",
        "não tenho certeza",
    ]

    static func isExpressed(in text: String) -> Bool {
        let words = text.drop { !$0.isLetter && !$0.isNumber && $0 != "_" }.prefix(40).lowercased()
        return beginnings.contains { words.hasPrefix($0) }
    }
}
