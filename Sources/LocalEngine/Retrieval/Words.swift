private import Foundation

/// The words of a text, as the index sees them: in lower case and without accents.
enum Words {
    /// All words of a text, in order.
    static func all(in text: some StringProtocol) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isWordScalar(scalar) {
                word.append(scalar)
            } else if !word.isEmpty {
                words.append(folded(String(word)))
                word = String.UnicodeScalarView()
            }
        }
        if !word.isEmpty { words.append(folded(String(word))) }
        return words
    }

    /// The words that say what a text is about: all but those that hold any text together.
    static func content(of text: some StringProtocol) -> [String] {
        all(in: text).filter { !StopWords.contains($0) }
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x00...0x7F: false
        default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
    }

    private static func folded(_ word: String) -> String {
        let lowercased = word.lowercased()
        guard !lowercased.utf8.allSatisfy({ $0 < 0x80 }) else { return lowercased }
        return lowercased.folding(options: .diacriticInsensitive, locale: nil)
    }
}
