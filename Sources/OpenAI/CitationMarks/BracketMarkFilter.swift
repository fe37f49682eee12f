/// Removes marks in brackets: `【4:0†leave.md】`, `【turn0file1】`.
struct BracketMarkFilter: Sendable {
    /// What may still become a mark; starts with its bracket.
    private var held: [PositionedScalar] = []
    private var hasDagger = false

    /// The maximum length of a mark, in scalars; anything longer is text.
    private static let maximumLength = 300

    var isIdle: Bool { held.isEmpty }

    mutating func feed(_ scalars: [PositionedScalar]) -> [PositionedScalar] {
        var text: [PositionedScalar] = []
        text.reserveCapacity(scalars.count)
        for element in scalars {
            if element.scalar == "【" {
                // A bracket within a bracket: the first one started no mark.
                text += finish()
                held = [element]
            } else if held.isEmpty {
                text.append(element)
            } else {
                held.append(element)
                if element.scalar == "†" { hasDagger = true }
                if element.scalar == "】", hasDagger || isReference {
                    (held, hasDagger) = ([], false)
                } else if element.scalar == "】" || held.count > Self.maximumLength {
                    text += finish()
                }
            }
        }
        return text
    }

    /// Returns what is held: without an end it is no mark.
    mutating func finish() -> [PositionedScalar] {
        defer { (held, hasDagger) = ([], false) }
        return held
    }

    /// Whether there are only references between the brackets.
    private var isReference: Bool {
        let content: [Unicode.Scalar] = held.dropFirst().dropLast().map(\.scalar)
        let words = content.split { (scalar: Unicode.Scalar) in scalar == " " || scalar == "," || scalar == ";" }
        return !words.isEmpty && words.allSatisfy { CitationReference.isResult([Unicode.Scalar]($0)) }
    }
}
