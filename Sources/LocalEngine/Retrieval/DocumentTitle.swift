/// What the name of a file says of its content.
enum DocumentTitle {
    /// The words of a file name, without its extension: `Travel expenses` for `TravelExpenses.pdf`.
    static func title(of filename: String) -> String {
        let stem = filename.lastIndex(of: ".").map { $0 > filename.startIndex ? filename[..<$0] : filename[...] }
        var title = ""
        for character in stem ?? filename[...] {
            let isInner = character.isUppercase && title.last?.isLowercase == true
            if isInner { title += " " }
            title.append(character.isLetter || character.isNumber ? character : " ")
        }
        return title.split(separator: " ").joined(separator: " ")
    }
}
