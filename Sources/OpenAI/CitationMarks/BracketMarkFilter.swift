/// Takes out marks in brackets: `【4:0†leave.md】`, `【turn0file1】`.
struct BracketMarkFilter: Sendable {
    /// What may still turn out to be a mark; begins with its bracket.
    private var held: [PlacedScalar] = []
    private var hasDagger = false

    /// The longest mark, in scalars; what goes on beyond is text that only looks like one.
    private static let longestMark = 300

    var isIdle: Bool { held.isEmpty }

    mutating func feed(_ scalars: [PlacedScalar]) -> [PlacedScalar] {
        var text: [PlacedScalar] = []
        text.reserveCapacity(scalars.count)
        for element in scalars {
            if element.scalar == "【" {
                // A bracket within a bracket: the first began no mark.
                text += finish()
                held = [element]
            } else if held.isEmpty {
                text.append(element)
            } else {
                held.append(element)
                if element.scalar == "†" { hasDagger = true }
                if element.scalar == "】", hasDagger || isReference {
                    (held, hasDagger) = ([], false)
                } else if element.scalar == "】" || held.count > Self.longestMark {
                    text += finish()
                }
            }
        }
        return text
    }

    /// Returns what is held still: no mark, since its end did not come.
    mutating func finish() -> [PlacedScalar] {
        defer { (held, hasDagger) = ([], false) }
        return held
    }

    /// Whether there is nothing but references between the brackets.
    private var isReference: Bool {
        let content: [Unicode.Scalar] = held.dropFirst().dropLast().map(\.scalar)
        let words = content.split { (scalar: Unicode.Scalar) in scalar == " " || scalar == "," || scalar == ";" }
        return !words.isEmpty && words.allSatisfy { CitationReference.isSource([Unicode.Scalar]($0)) }
    }
}
