/// A path as a key of dictionaries and an order of lists.
///
/// To Swift, strings that look alike are equal; to a file system they are two files: `é.md` may be spelled with one
/// code point or with two.
struct ExactPath: Sendable, Hashable, Comparable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: ExactPath, right: ExactPath) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    static func < (left: ExactPath, right: ExactPath) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
    }
}

extension String {
    /// The rest after a prefix, byte for byte; nil where the text does not begin with it.
    ///
    /// What follows may begin with a mark that Swift takes for a part of the prefix's last character.
    func suffix(afterPrefix prefix: String) -> String? {
        guard utf8.starts(with: prefix.utf8) else { return nil }
        return String(Substring(utf8.dropFirst(prefix.utf8.count)))
    }
}
