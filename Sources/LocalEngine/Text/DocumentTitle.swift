/// The title of a document, from the name of its file.
enum DocumentTitle {
    /// Returns the words of a file's name, without its extension: `Travel expenses` for `TravelExpenses.pdf`.
    ///
    /// A sync uploads `travel.pdf` as `travel.<12 hexadecimal digits>.pdf`; these digits are left out. Twelve decimal
    /// digits stay, as they may be a date.
    static func title(of filename: String) -> String {
        var parts = filename.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count > 1, parts.dropLast().contains(where: { !$0.isEmpty }) { parts.removeLast() }
        if parts.count > 1, let token = parts.last, isToken(token) { parts.removeLast() }
        var title = ""
        for character in parts.joined(separator: ".") {
            let isInner = character.isUppercase && title.last?.isLowercase == true
            if isInner { title += " " }
            title.append(character.isLetter || character.isNumber ? character : " ")
        }
        return title.split(separator: " ").joined(separator: " ")
    }

    /// Whether a part of a name is what a sync adds to make it unique.
    private static func isToken(_ part: Substring) -> Bool {
        let digits = Array(part.utf8)
        return digits.count == 12
            && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            && digits.contains { $0 >= 0x61 }
    }
}
