/// The text of inline Markdown, without what is not for ears: marks of emphasis and citation, addresses of links, tags.
enum InlineMarkdown {
    /// Returns the text.
    static func text(of markdown: String) -> String {
        var text = ""
        var rest = Array(markdown)[...]
        while let first = rest.first {
            if let (piece, length) = special(first, rest, after: text.last) {
                text += piece
                rest = rest.dropFirst(length)
            } else {
                text.append(first)
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// What replaces a construct, and the number of characters that it has; nil for a character that is text.
    private static func special(
        _ first: Character,
        _ rest: ArraySlice<Character>,
        after previous: Character?
    ) -> (String, Int)? {
        let next = rest.dropFirst().first
        switch first {
        case "\\": return next.flatMap { $0.isLetter || $0.isNumber ? nil : (String($0), 2) }
        case "*", "`", "~": return ("", 1)
        // `snake_case` is two words; `_emphasis_` is one.
        case "_": return (previous?.isLetter == true && next?.isLetter == true ? " " : "", 1)
        case "!" where next == "[": return link(rest.dropFirst()).map { ($0.text, $0.length + 1) }
        case "[": return citation(rest) ?? link(rest)
        case "【": return rest.firstIndex(of: "】").map { ("", $0 - rest.startIndex + 1) }
        case "<": return tag(rest)
        case "&": return reference(rest)
        case "h", "w": return previous?.isLetter == true ? nil : address(rest)
        default: return "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(first) && previous?.isLetter != false ? ("", 1) : nil
        }
    }

    /// A citation mark such as `[1]`, `[2, 3]` or `[^note]`.
    private static func citation(_ rest: ArraySlice<Character>) -> (String, Int)? {
        guard let end = rest.firstIndex(of: "]") else { return nil }
        let inner = rest[(rest.startIndex + 1)..<end]
        let isNumbers = !inner.isEmpty && inner.allSatisfy { $0.isNumber || ", –-".contains($0) }
        guard inner.first == "^" || isNumbers, rest[(end + 1)...].first != "(" else { return nil }
        return ("", end - rest.startIndex + 1)
    }

    /// A link such as `[text](address)` or `[text][label]`.
    private static func link(_ rest: ArraySlice<Character>) -> (text: String, length: Int)? {
        guard let end = rest.firstIndex(of: "]") else { return nil }
        let text = InlineMarkdown.text(of: String(rest[(rest.startIndex + 1)..<end]))
        let after = rest[(end + 1)...]
        guard let open = after.first, let close = ["(": ")", "[": "]"][open] as Character?,
            let last = after.firstIndex(of: close)
        else { return (text, end - rest.startIndex + 1) }
        return (text, last - rest.startIndex + 1)
    }

    /// A tag such as `<br>`, or an address in angle brackets.
    private static func tag(_ rest: ArraySlice<Character>) -> (String, Int)? {
        guard let next = rest.dropFirst().first, next.isLetter || next == "/", let end = rest.firstIndex(of: ">") else {
            return nil
        }
        let inner = String(rest[(rest.startIndex + 1)..<end])
        let isAddress = inner.contains("@") || inner.contains("://")
        return (isAddress ? text(of: inner) : " ", end - rest.startIndex + 1)
    }

    private static let references = [
        "&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'",
    ]

    private static func reference(_ rest: ArraySlice<Character>) -> (String, Int)? {
        references.first { rest.starts(with: $0.key) }.map { ($0.value, $0.key.count) }
    }

    /// The host of a web address, as the rest of it cannot be remembered.
    private static func address(_ rest: ArraySlice<Character>) -> (String, Int)? {
        let schemes = ["https://", "http://", "www."]
        guard let scheme = schemes.first(where: { rest.starts(with: $0) }) else { return nil }
        let address = rest.prefix { !$0.isWhitespace && !"<>()[]\"”»".contains($0) }
        var length = address.count
        while length > 0, ".,;:!?'*_".contains(rest[rest.startIndex + length - 1]) { length -= 1 }
        let host = rest.prefix(length).dropFirst(scheme == "www." ? 4 : scheme.count).prefix { $0 != "/" && $0 != "?" }
        let name = String(host)
        return (name.hasPrefix("www.") ? String(name.dropFirst(4)) : name, length)
    }
}
