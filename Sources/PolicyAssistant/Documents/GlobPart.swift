/// The pattern of one part of a path, with `*`, `?`, `[a-z]`, `[!a-z]` and the backslash as in gitignore.
enum GlobPart: Sendable, Hashable {
    /// `**`: any number of folders.
    case anyFolders
    case tokens([Token])
    /// A pattern that is not well-formed, which matches nothing.
    case broken

    enum Token: Sendable, Hashable {
        case anyText
        case anyCharacter
        case one(Unicode.Scalar)
        case oneOf([ClosedRange<Unicode.Scalar>], isNegated: Bool)
    }

    init(pattern: Substring.UnicodeScalarView) {
        guard !pattern.elementsEqual("**".unicodeScalars) else {
            self = .anyFolders
            return
        }
        var tokens: [Token] = []
        var rest = pattern
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*":
                if tokens.last != .anyText { tokens.append(.anyText) }
            case "?":
                tokens.append(.anyCharacter)
            case "[":
                guard let token = Self.characterClass(&rest) else {
                    self = .broken
                    return
                }
                tokens.append(token)
            case "\\":
                guard let literal = rest.popFirst() else {
                    self = .broken
                    return
                }
                tokens.append(.one(literal))
            default:
                tokens.append(.one(scalar))
            }
        }
        self = .tokens(tokens)
    }

    func matches(_ name: Substring) -> Bool {
        guard case .tokens(let tokens) = self else { return false }
        return Self.matches(tokens[...], name.unicodeScalars)
    }

    /// Reads what follows an opening bracket, up to the closing one; nil where there is none.
    private static func characterClass(_ rest: inout Substring.UnicodeScalarView) -> Token? {
        let isNegated = rest.first == "!" || rest.first == "^"
        if isNegated { rest.removeFirst() }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while let scalar = rest.popFirst() {
            // A closing bracket at the beginning is literal.
            if scalar == "]", !ranges.isEmpty { return .oneOf(ranges, isNegated: isNegated) }
            guard let low = scalar == "\\" ? rest.popFirst() : scalar else { return nil }
            guard rest.first == "-", let next = rest.dropFirst().first, next != "]" else {
                ranges.append(low...low)
                continue
            }
            rest.removeFirst(2)
            guard let high = next == "\\" ? rest.popFirst() : next else { return nil }
            // A range that runs backwards matches nothing, but what follows it is not at the beginning.
            ranges.append(low <= high ? low...high : "\u{0}"..."\u{0}")
        }
        return nil
    }

    /// Matches by going back to the last `*` only: an earlier one need not match more.
    private static func matches(_ tokens: ArraySlice<Token>, _ name: Substring.UnicodeScalarView) -> Bool {
        var (tokens, name) = (tokens, name)
        var retry: (tokens: ArraySlice<Token>, name: Substring.UnicodeScalarView)?
        while true {
            if tokens.first == .anyText {
                tokens = tokens.dropFirst()
                retry = (tokens, name)
            } else if let token = tokens.first, let scalar = name.first, token.matches(scalar) {
                tokens = tokens.dropFirst()
                name = name.dropFirst()
            } else if tokens.isEmpty, name.isEmpty {
                return true
            } else {
                guard let last = retry, !last.name.isEmpty else { return false }
                retry = (last.tokens, last.name.dropFirst())
                (tokens, name) = (last.tokens, last.name.dropFirst())
            }
        }
    }
}

extension GlobPart.Token {
    fileprivate func matches(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .anyText, .anyCharacter: true
        case .one(let literal): literal == scalar
        case .oneOf(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
        }
    }
}
