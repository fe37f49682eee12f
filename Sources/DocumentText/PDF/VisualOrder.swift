/// Text as a page shows it from left to right, also where it is read from the right.
enum VisualOrder {
    /// The text in the order in which it is read.
    ///
    /// Figures and Latin words within it are read from the left.
    static func logical(_ shown: String) -> String {
        var read: [Character] = []
        var run: [Character] = []
        for character in shown.reversed() {
            // Figures apart from one another are read one by one, from the right.
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

    /// Adds a run that is read from the left; marks at its end belong to what follows.
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
    /// Whether the sign is a letter of Hebrew, Arabic or a script like them, also in the shape that it takes in print.
    var isWrittenFromTheRight: Bool {
        switch value {
        case 0x0660...0x0669, 0x06F0...0x06F9: false
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC: true
        default: false
        }
    }
}
