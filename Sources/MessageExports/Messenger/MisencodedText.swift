/// Text whose UTF-8 was taken for Latin-1, as Messenger writes it: `ð\u{9F}\u{98}\u{82}` in place of 😂.
enum MisencodedText {
    /// Returns the text as it was meant; a text that is right already stays as it is.
    ///
    /// A text is mis-encoded if all its characters are bytes, some of them beyond ASCII, that are valid UTF-8. Right texts
    /// in Latin-1 letters are no such bytes: after a letter such as é no continuation byte follows.
    static func repaired(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) else { return text }
            bytes.append(byte)
        }
        return String(validating: bytes, as: UTF8.self) ?? text
    }
}
