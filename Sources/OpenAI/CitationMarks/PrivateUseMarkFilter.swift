/// Removes marks between private-use characters, and these characters everywhere else.
///
/// A mark is U+E200, a kind such as `filecite` or `navlist`, fields that each start with U+E202, and U+E201; marks may
/// be nested.
struct PrivateUseMarkFilter: Sendable {
    /// What may still become a mark; starts with U+E200.
    private var held: [PositionedScalar] = []
    /// Where in `held` the open marks start, the outermost first.
    private var openings: [Int] = []

    private static let opening: Unicode.Scalar = "\u{E200}"
    private static let closing: Unicode.Scalar = "\u{E201}"
    private static let separator: Unicode.Scalar = "\u{E202}"
    /// The kinds whose fields are references, so that their marks are short.
    private static let kindsOfReferences: Set = ["cite", "filecite"]
    /// The maximum length of marks, in scalars: of those kinds, and of the others, which may hold titles.
    private static let (maximumReferenceLength, maximumLength) = (300, 2_000)

    var isIdle: Bool { held.isEmpty }

    mutating func feed(_ scalars: [PositionedScalar]) -> [PositionedScalar] {
        var text: [PositionedScalar] = []
        text.reserveCapacity(scalars.count)
        for element in scalars {
            switch element.scalar {
            case Self.opening:
                openings.append(held.count)
                held.append(element)
            case Self.closing where !openings.isEmpty:
                text += close()
            case Self.separator where !openings.isEmpty:
                held.append(element)
            case let scalar where scalar.isMarkControl:
                break
            default:
                if openings.isEmpty { text.append(element) } else { held.append(element) }
            }
            if cannotBecomeMark { text += release(atEnd: false) }
        }
        return text
    }

    /// Returns the text of a mark without an end.
    mutating func finish() -> [PositionedScalar] { release(atEnd: true) }

    /// Ends the innermost mark; returns text when the outermost one has ended.
    private mutating func close() -> [PositionedScalar] {
        let start = openings.removeLast()
        let body = held[(start + 1)...]
        let rest = body.dropFirst(Self.kind(of: body).count)
        let isClear = rest.first.map { $0.scalar == Self.separator || $0.scalar == ":" } ?? true
        let isMark = rest.count < body.count && isClear
        let text = isMark ? [] : Self.text(of: held[start...], atEnd: false)
        held.replaceSubrange(start..., with: text)
        guard openings.isEmpty else { return [] }
        defer { held = [] }
        return held
    }

    /// Whether what is held cannot become a mark: it is too long, or a paragraph ends in it.
    private var cannotBecomeMark: Bool {
        guard !held.isEmpty else { return false }
        if held.count > 1, held[held.count - 1].scalar == "\n", held[held.count - 2].scalar == "\n" { return true }
        guard held.count > Self.maximumReferenceLength else { return false }
        let kind = Self.kind(of: held[1...])
        let hasFields = held.dropFirst(1 + kind.count).first?.scalar == Self.separator
        let isLong = hasFields && !Self.kindsOfReferences.contains(Self.string(kind))
        return held.count > (isLong ? Self.maximumLength : Self.maximumReferenceLength)
    }

    private mutating func release(atEnd: Bool) -> [PositionedScalar] {
        defer { (held, openings) = ([], []) }
        return Self.text(of: held[...], atEnd: atEnd)
    }

    /// The text of marks without an end: all but the private-use characters, kinds and references.
    private static func text(of held: ArraySlice<PositionedScalar>, atEnd: Bool) -> [PositionedScalar] {
        var text: [PositionedScalar] = []
        var rest = held
        while let element = rest.popFirst() {
            switch element.scalar {
            case opening: rest = afterKind(rest, atEnd: atEnd)
            case separator: rest = afterReferences(rest, atEnd: atEnd)
            default: text.append(element)
            }
        }
        return text
    }

    private static func afterKind(_ rest: ArraySlice<PositionedScalar>, atEnd: Bool) -> ArraySlice<PositionedScalar> {
        let kind = kind(of: rest)
        let next = rest.dropFirst(kind.count)
        guard !kind.isEmpty else { return afterReferences(rest, atEnd: atEnd) }
        switch next.first?.scalar {
        case separator, opening: return next
        case nil: return atEnd || kindsOfReferences.contains(string(kind)) ? next : rest
        case ":": return next.dropFirst().drop(while: \.scalar.isOfReference)
        default:
            // Such as `filecite turn0file1`, or text that only looks like a kind.
            guard kindsOfReferences.contains(string(kind)) else { return afterReferences(rest, atEnd: atEnd) }
            guard next.first?.scalar == " " else { return next }
            let references = afterReferences(next.dropFirst(), atEnd: atEnd)
            return references.count < next.count - 1 ? references : next
        }
    }

    private static func afterReferences(_ rest: ArraySlice<PositionedScalar>, atEnd: Bool) -> ArraySlice<
        PositionedScalar
    > {
        let word = rest.prefix(while: \.scalar.isOfReference).map(\.scalar)
        let next = rest.dropFirst(word.count)
        let isCut = atEnd && next.isEmpty && CitationReference.isReferencePrefix(word)
        return isCut || CitationReference.isReference(word) ? next : rest
    }

    /// The kind that a mark's content begins with; empty where it begins with none.
    private static func kind(of body: ArraySlice<PositionedScalar>) -> ArraySlice<PositionedScalar> {
        body.prefix { $0.scalar.isLowercaseLetter || $0.scalar == "_" }
    }

    private static func string(_ scalars: ArraySlice<PositionedScalar>) -> String {
        String(String.UnicodeScalarView(scalars.map(\.scalar)))
    }
}
