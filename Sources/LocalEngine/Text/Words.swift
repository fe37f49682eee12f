internal import DocumentText
private import Foundation

/// The words of a text, as the index sees them: in lower case and without accents.
///
/// In scripts without spaces, ``UnspacedScript`` defines the words.
enum Words {
    /// All words of a text, in order.
    static func all(in text: some StringProtocol) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        var isUnspaced = false
        func end() {
            guard !word.isEmpty else { return }
            words += isUnspaced ? UnspacedScript.words(of: word) : [folded(String(word))]
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            let isOfUnspaced = UnspacedScript.contains(scalar)
            if isOfUnspaced != isUnspaced { end() }
            isUnspaced = isOfUnspaced
            if isOfUnspaced || isWordScalar(scalar) {
                word.append(scalar)
            } else {
                end()
            }
        }
        end()
        return words
    }

    /// The words that show the subject of a text: all but function words.
    ///
    /// The function words are those of the text's language if it has at least two of them.
    static func content(of text: some StringProtocol) -> [String] {
        let words = all(in: text).filter { !StopWords.contains($0) }
        guard let language = TextLanguage(of: text, fewest: 2), language != .english, language != .german else {
            return words
        }
        let functionWords = TextLanguage.functionWords(of: language)
        return words.filter { !functionWords.contains($0) }
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

extension String {
    /// The text, or its beginning and its end if it is longer than a question needs to be: 2048 bytes.
    ///
    /// The work for a question grows with its words, and a long text asks its question at the beginning or at the end.
    var boundedForSearch: String {
        let half = 1024
        guard utf8.count > 2 * half else { return self }
        let beginning = unicodeScalars[..<scalarStart(before: utf8.index(startIndex, offsetBy: half))]
        let end = unicodeScalars[scalarStart(before: utf8.index(endIndex, offsetBy: -half))...]
        return "\(Substring(beginning)) \(Substring(end))"
    }

    /// The start of the scalar that a place in the bytes is in.
    private func scalarStart(before place: Index) -> Index {
        var place = place
        while place > startIndex, utf8[place] & 0xC0 == 0x80 { place = utf8.index(before: place) }
        return place
    }
}
