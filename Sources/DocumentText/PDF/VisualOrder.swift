/// Converts text from visual order, as a page shows it from left to right, to reading order.
enum VisualOrder {
    /// The text in reading order.
    ///
    /// Figures and Latin words in it are read from the left.
    static func logical(_ shown: String) -> String {
        var read: [Character] = []
        var run: [Character] = []
        for character in shown.reversed() {
            // Separate figures are read one by one, from the right.
            let isInner =
                !run.isEmpty && ".,:/-–%+'’".contains(character) || character == " " && run.last?.isLetter == true
            if isReadFromTheLeft(character) || isInner {
                run.append(character)
            } else {
                flush(&run, into: &read)
                read.append(mirrored[character] ?? character)
            }
        }
        flush(&run, into: &read)
        return String(read)
    }

    /// Adds a run that is read from the left; punctuation at its end belongs to the rest.
    private static func flush(_ run: inout [Character], into read: inout [Character]) {
        var marks: [Character] = []
        while let last = run.last, !isReadFromTheLeft(last) {
            marks.append(last)
            run.removeLast()
        }
        read += run.reversed() + marks.reversed()
        run = []
    }

    private static func isReadFromTheLeft(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first, !scalar.isWrittenFromTheRight else { return false }
        return character.isNumber || character.isLetter
    }

    private static let mirrored: [Character: Character] = [
        "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "«": "»", "»": "«", "<": ">", ">": "<",
    ]
}

extension Unicode.Scalar {
    /// Whether the scalar is a letter of a right-to-left script, presentation forms included.
    var isWrittenFromTheRight: Bool {
        switch value {
        case 0x0660...0x0669, 0x06F0...0x06F9: false
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC: true
        default: false
        }
    }
}
