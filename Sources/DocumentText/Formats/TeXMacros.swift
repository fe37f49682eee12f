/// The commands that a LaTeX file defines, which are replaced by what they stand for.
struct TeXMacros {
    private struct Macro {
        let arguments: Int
        /// The value of the first argument where it is left out; nil if it cannot be.
        let standard: [Character]?
        let body: [Character]
    }

    private var macros: [String: Macro] = [:]
    /// How much text is written for commands, and read in search of their ends, at most.
    private var room = 1_000_000

    /// The maximum depth of commands within what commands stand for.
    private static let maximumDepth = 8
    /// A longer group is not a definition.
    private static let longestGroup = 20_000
    private static let longestOption = 200
    private static let definitions: Set<String> = ["newcommand", "renewcommand", "providecommand", "def"]

    /// Replaces the commands that a text defines, and leaves out their definitions.
    static func expanded(_ text: String) -> [Character] {
        var macros = TeXMacros()
        let source = Array(text)
        guard definitions.contains(where: { text.contains("\\\($0)") }) else { return source }
        return macros.expanded(source[...], depth: 0)
    }

    private mutating func expanded(_ source: ArraySlice<Character>, depth: Int) -> [Character] {
        var text: [Character] = []
        var rest = source
        while let character = rest.popFirst() {
            guard character == "\\" else {
                text.append(character)
                continue
            }
            let name = String(rest.prefix { $0.isLetter && $0.isASCII })
            let command = rest
            rest = rest.dropFirst(name.count)
            if Self.definitions.contains(name), define(name, &rest) { continue }
            guard let macro = macros[name], depth < Self.maximumDepth, room > macro.body.count else {
                // A sign such as `\%` is no beginning of another command.
                text.append("\\")
                rest = command
                text += rest.prefix(max(1, name.count))
                rest = rest.dropFirst(max(1, name.count))
                continue
            }
            rest = rest.drop { $0 == " " }
            var arguments = macro.standard.map { [Self.option(&rest) ?? $0] } ?? []
            while arguments.count < macro.arguments { arguments.append(group(&rest) ?? []) }
            let body = Self.filled(macro.body, with: arguments)
            room -= body.count + 1
            text += expanded(body[...], depth: depth + 1)
        }
        return text
    }

    /// Reads a definition; false if it is none.
    private mutating func define(_ command: String, _ rest: inout ArraySlice<Character>) -> Bool {
        var after = rest
        if after.first == "*" { after = after.dropFirst() }
        var name: [Character]
        if command != "def", let braced = group(&after) {
            name = braced
        } else {
            guard after.first == "\\" else { return false }
            name = ["\\"] + after.dropFirst().prefix { $0.isLetter && $0.isASCII }
            after = after.dropFirst(name.count)
        }
        guard name.first == "\\", name.count > 1, name.dropFirst().allSatisfy({ $0.isLetter && $0.isASCII }) else {
            return false
        }
        var arguments = 0
        var standard: [Character]?
        if command == "def" {
            let parameters = after.prefix { $0 != "{" && $0 != "\n" }
            arguments = parameters.count { $0 == "#" }
            after = after.dropFirst(parameters.count)
        } else if after.first == "[" {
            let count = after.prefix { $0 != "]" }
            arguments = Int(String(count.dropFirst())) ?? 0
            after = after.dropFirst(count.count + 1)
            standard = Self.option(&after)
            if standard != nil, arguments < 1 { return false }
        }
        guard let body = group(&after), (0...9).contains(arguments) else { return false }
        macros[String(name.dropFirst())] = Macro(arguments: arguments, standard: standard, body: body)
        rest = after
        return true
    }

    private static func filled(_ body: [Character], with arguments: [[Character]]) -> [Character] {
        guard !arguments.isEmpty else { return body }
        var filled: [Character] = []
        var isMark = false
        for character in body {
            if isMark, let number = character.wholeNumberValue, arguments.indices.contains(number - 1) {
                filled += arguments[number - 1]
                isMark = false
            } else if character == "#" {
                isMark = true
            } else {
                filled.append(character)
                isMark = false
            }
        }
        return filled
    }

    /// The next argument in square brackets, without them; nil if there is none.
    private static func option(_ rest: inout ArraySlice<Character>) -> [Character]? {
        guard rest.first == "[", let end = rest.prefix(longestOption).firstIndex(of: "]") else { return nil }
        defer { rest = rest[(end + 1)...] }
        return Array(rest[(rest.startIndex + 1)..<end])
    }

    /// The next group in braces, without them; nil if there is none.
    private mutating func group(_ rest: inout ArraySlice<Character>) -> [Character]? {
        let start = rest.drop { $0.isWhitespace }
        guard start.first == "{", room > 0 else { return nil }
        var depth = 0
        for place in start.indices.prefix(Self.longestGroup) {
            if start[place] == "{" { depth += 1 } else if start[place] == "}" { depth -= 1 }
            if depth == 0 {
                rest = start[(place + 1)...]
                return Array(start[(start.startIndex + 1)..<place])
            }
        }
        room -= Self.longestGroup
        return nil
    }
}
